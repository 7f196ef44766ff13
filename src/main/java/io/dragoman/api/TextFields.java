package io.dragoman.api;

import java.util.Map;

/**
 * The fields of a request whose format knows texts alone, such as XML or message properties: the record that they are read
 * into says which of them are numbers and truth values.
 *
 * @param fields texts, lists and maps of fields by their names on the wire
 */
public record TextFields(Map<String, Object> fields) {
}
