package io.dragoman.feedback;

import java.util.UUID;

/**
 * Feedback as it is given; at least one of the last three is there.
 *
 * @param queryId    the run that it is about
 * @param rating     1 for good, -1 for bad; null for neither
 * @param correction what the query should be; null when nobody says
 * @param comment    null for none
 */
public record Submission(UUID queryId, Integer rating, String correction, String comment) {

    /** The most characters of a comment. */
    public static final int LONGEST_COMMENT = 4_000;
    /** The most characters of a correction: as many as an example may have. */
    public static final int LONGEST_CORRECTION = io.dragoman.schema.SchemaLimits.TEXT;
}
