package io.dragoman.schema;

import java.util.List;
import java.util.UUID;

/**
 * A way to join two tables of a schema group, usually a foreign key.
 *
 * @param id            the stored id; null before it is stored
 * @param sourceTable   the table that refers
 * @param sourceColumns the referring columns, paired by position with {@code targetColumns}
 * @param targetTable   the table referred to
 * @param targetColumns the columns referred to
 * @param type          {@code many_to_one}, {@code one_to_many}, {@code one_to_one}, {@code many_to_many}, or
 *                      {@code as_of} (kdb+: the last column pair is the time, matched to the latest not after it)
 */
public record Relationship(UUID id, String sourceTable, List<String> sourceColumns, String targetTable,
        List<String> targetColumns, String type) {

    /** Copies the lists. */
    public Relationship {
        sourceColumns = List.copyOf(sourceColumns);
        targetColumns = List.copyOf(targetColumns);
    }
}
