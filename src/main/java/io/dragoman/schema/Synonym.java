package io.dragoman.schema;

import java.util.UUID;

/**
 * Another word for a table, a column or a value, taught by a curator or learnt from use.
 *
 * @param id     the stored id; null before it is stored
 * @param term   the word or phrase that people say
 * @param target what they mean: {@code table}, {@code table.column}, or {@code table.column=value}
 */
public record Synonym(UUID id, String term, String target) {
}
