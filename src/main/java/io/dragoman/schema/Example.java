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
 * @param feedbackId  the feedback that it was made of; null for one that a curator wrote or changed
 */
public record Example(UUID id, String question, String query, String dialect, String explanation, UUID feedbackId) {

    /** One that a curator wrote. */
    public Example(UUID id, String question, String query, String dialect, String explanation) {
        this(id, question, query, dialect, explanation, null);
    }
}
