package io.dragoman.schema;

/**
 * A part of an upload that cannot be taken.
 *
 * @param line   of the uploaded text, from 1; null when it did not come as text
 * @param column of that line, from 1; null when unknown
 * @param path   where in the upload, such as {@code tables[3].columns[0].name} or {@code statement 12}
 * @param reason what is wrong
 */
public record Rejection(Integer line, Integer column, String path, String reason) {
}
