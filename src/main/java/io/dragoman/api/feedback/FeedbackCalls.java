package io.dragoman.api.feedback;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.api.query.Fields;
import io.dragoman.api.query.Ids;
import io.dragoman.failure.FailureException;
import io.dragoman.feedback.Change;
import io.dragoman.feedback.Feedback;
import io.dragoman.feedback.Feedbacks;
import io.dragoman.feedback.Filter;
import io.dragoman.feedback.Review;
import io.dragoman.feedback.Submission;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.SchemaGroups;
import io.dragoman.schema.SchemaLimits;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Feedback as doors call it. */
@Component("feedbackCalls")
public final class FeedbackCalls {

    private final Feedbacks feedbacks;
    private final SchemaGroups groups;

    FeedbackCalls(Feedbacks feedbacks, SchemaGroups groups) {
        this.feedbacks = feedbacks;
        this.groups = groups;
    }

    /** The body of {@code POST /feedback/{id}/review}. What may be left out is null. */
    record ReviewBody(String decision, Boolean promoteToExample, String comment, String question, String correction) {
        ReviewBody {
            Fields.text("decision", decision, 20);
            Fields.optional("comment", comment, Submission.LONGEST_COMMENT);
            Fields.optional("question", question, SchemaLimits.TEXT);
            Fields.optional("correction", correction, Submission.LONGEST_CORRECTION);
        }

        Review review() {
            return new Review(status("decision", decision), promoteToExample, blankToNull(comment), blankToNull(question),
                    blankToNull(correction));
        }
    }

    /** One feedback with its history. */
    record FeedbackDetail(@JsonUnwrapped FeedbackReply feedback, List<Change> history) {
    }

    /** What became of it. */
    record Withdrawn(UUID id, boolean deleted) {
    }

    /** Keeps feedback on a run. */
    public FeedbackReply give(FeedbackBody body) {
        return FeedbackReply.of(feedbacks.give(body.toSubmission()));
    }

    /** Feedback, the latest first. */
    public Listing<FeedbackReply> list(@Header("schema_group_id") String group, @Header("status") String status,
            @Header("rating") String rating, @Header("since") String since, @Header("query_id") String queryId,
            @ExchangeProperty("page") Page page) {
        Filter filter = new Filter(group(group), given(status) ? status("status", status) : null,
                given(rating) ? rating(rating) : null, Fields.time("since", since),
                given(queryId) ? Ids.uuid("run", queryId) : null);
        return new Listing<>(feedbacks.list(filter, page.limit(), page.offset()).stream().map(FeedbackReply::of).toList(),
                feedbacks.count(filter));
    }

    /** One feedback and how it came to be what it is. */
    public FeedbackDetail read(@Header("id") String id) {
        Feedback feedback = feedbacks.get(Ids.uuid("feedback", id));
        return new FeedbackDetail(FeedbackReply.of(feedback), feedbacks.history(feedback.id()));
    }

    /** Takes feedback back. */
    public Withdrawn withdraw(@Header("id") String id) {
        UUID feedback = Ids.uuid("feedback", id);
        feedbacks.withdraw(feedback);
        return new Withdrawn(feedback, true);
    }

    /** Decides on feedback. */
    public FeedbackReply review(ReviewBody body, @Header("id") String id) {
        return FeedbackReply.of(feedbacks.review(Ids.uuid("feedback", id), body.review()));
    }

    private String group(String idOrName) {
        return !given(idOrName) ? null : groups.find(idOrName).map(SchemaGroup::name)
                .orElseThrow(() -> FailureException.notFound("schema group", idOrName));
    }

    private static Feedback.Status status(String field, String name) {
        try {
            return Feedback.Status.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw FailureException.invalid(field, "'" + field + "' has to be accepted, rejected or open.");
        }
    }

    private static int rating(String text) {
        return switch (text) {
            case "1" -> 1;
            case "-1" -> -1;
            default -> throw FailureException.invalid("rating", "'rating' has to be 1 or -1.");
        };
    }

    private static boolean given(String text) {
        return text != null && !text.isEmpty();
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
