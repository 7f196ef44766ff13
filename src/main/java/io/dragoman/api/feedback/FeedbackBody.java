package io.dragoman.api.feedback;

import io.dragoman.failure.FailureException;
import io.dragoman.feedback.Submission;
import java.util.UUID;

/**
 * Feedback as every door takes it: the body of {@code POST /feedback}. What may be left out is null.
 *
 * @param queryId    the run
 * @param rating     1 for good, -1 for bad
 * @param correction what the query should be
 */
public record FeedbackBody(UUID queryId, Integer rating, String correction, String comment) {

    /**
     * Checks that a run is named; {@link io.dragoman.feedback.Feedbacks#give} checks the rest.
     *
     * @throws FailureException {@code VALIDATION_FAILED} with the field
     */
    public FeedbackBody {
        if (queryId == null) {
            throw FailureException.invalid("query_id", "'query_id' is missing: which run is it about?");
        }
    }

    /** What the service takes. */
    public Submission toSubmission() {
        return new Submission(queryId, rating, correction, comment);
    }
}
