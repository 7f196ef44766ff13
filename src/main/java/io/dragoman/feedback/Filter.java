package io.dragoman.feedback;

import java.time.Instant;
import java.util.UUID;

/**
 * Which feedback is looked for; null is any.
 *
 * @param schemaGroup the name of a schema group
 * @param rating      1 or -1
 * @param since       given or changed then or later
 * @param queryId     of the run
 */
public record Filter(String schemaGroup, Feedback.Status status, Integer rating, Instant since, UUID queryId) {

    /** Anything. */
    public static final Filter ALL = new Filter(null, null, null, null, null);
}
