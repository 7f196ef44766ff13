package io.dragoman.schema;

import java.util.UUID;

/**
 * A few-shot example: a question with the query that answers it.
 *
 * @param id          the stored id; null before it is stored
 * @param question    in plain language
 * @param query       the query that answers it
 * @param dialect     the query's language; null means the group's only one
 * @param explanation why the query is so; null when nobody said
 */
public record Example(UUID id, String question, String query, String dialect, String explanation) {
}
