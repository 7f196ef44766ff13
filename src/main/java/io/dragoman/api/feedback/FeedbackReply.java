package io.dragoman.api.feedback;

import io.dragoman.dialect.Finding;
import io.dragoman.feedback.Feedback;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Feedback on the wire. */
public record FeedbackReply(UUID id, UUID queryId, String question, String query, String dialect, String schemaGroup,
        String datasource, String engine, Integer rating, String correction, String comment, String author, String status,
        List<Finding> findings, String reviewedBy, Instant reviewedAt, String reviewComment, boolean promoted, UUID exampleId,
        Instant createdAt, Instant updatedAt) {

    /** That feedback. */
    public static FeedbackReply of(Feedback feedback) {
        return new FeedbackReply(feedback.id(), feedback.queryId(), feedback.question(), feedback.query(), feedback.dialect(),
                feedback.schemaGroup(), feedback.datasource(), feedback.engine(), feedback.rating(), feedback.correction(),
                feedback.comment(), feedback.author(), feedback.status().name().toLowerCase(Locale.ROOT), feedback.findings(),
                feedback.reviewedBy(), feedback.reviewedAt(), feedback.reviewComment(), feedback.promoted(),
                feedback.exampleId(), feedback.createdAt(), feedback.updatedAt());
    }
}
