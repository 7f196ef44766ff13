package io.dragoman.feedback;

import io.dragoman.dialect.Finding;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.feedback.Feedback.Status;
import io.dragoman.pipeline.QueryCheck;
import io.dragoman.pipeline.QueryCheck.Place;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.security.AuditLog;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What people say of answers, and what curators make of it. Every method works for the present caller. Thread-safe. */
@Service
public class Feedbacks {

    private final FeedbackStore store;
    private final QueryRuns runs;
    private final QueryCheck checks;
    private final Promotion promotion;
    private final TransactionTemplate transaction;
    private final AuditLog audit;

    Feedbacks(FeedbackStore store, QueryRuns runs, QueryCheck checks, Promotion promotion, TransactionTemplate transaction,
            AuditLog audit) {
        this.store = store;
        this.runs = runs;
        this.checks = checks;
        this.promotion = promotion;
        this.transaction = transaction;
        this.audit = audit;
    }

    /**
     * Keeps what the caller says of a run, in place of what the caller said of it before. A correction is checked, and kept
     * whatever the checks say.
     *
     * @throws FailureException {@code NOT_FOUND} for a run that the caller does not see; {@code VALIDATION_FAILED} for
     *                          feedback that says nothing or too much
     */
    public Feedback give(Submission given) {
        Submission checked = checked(given);
        Caller caller = CurrentCall.current();
        QueryState run = runs.find(checked.queryId())
                .orElseThrow(() -> FailureException.notFound("run", String.valueOf(checked.queryId())));
        List<Finding> findings = checked.correction() == null || run.retrieval() == null ? List.of()
                : checks.inspect(checked.correction(), place(run));
        return transaction.execute(status -> {
            UUID id = store.put(checked, caller, findings);
            return store.find(id, caller).orElseThrow();
        });
    }

    /** Feedback that the caller sees, the latest first: people see their own, curators that on the groups they see. */
    public List<Feedback> list(Filter filter, int limit, int offset) {
        return store.list(filter, CurrentCall.current(), limit, offset);
    }

    /** How much of it there is. */
    public long count(Filter filter) {
        return store.count(filter, CurrentCall.current());
    }

    /**
     * That feedback.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public Feedback get(UUID id) {
        return store.find(id, CurrentCall.current()).orElseThrow(() -> notFound(id));
    }

    /** What the caller said of a run; empty when nothing. */
    public Optional<Feedback> own(UUID run) {
        return store.own(run, CurrentCall.current());
    }

    /** How feedback that the caller sees came to be what it is, in order. */
    public List<Change> history(UUID id) {
        return store.history(get(id).id());
    }

    /**
     * Takes feedback back, by who gave it.
     *
     * @throws FailureException {@code NOT_FOUND}, or {@code CONFLICT} while it is promoted to an example
     */
    public void withdraw(UUID id) {
        Caller caller = CurrentCall.current();
        Feedback feedback = get(id);
        boolean own = caller.userId() != null && store.giver(id).filter(caller.userId()::equals).isPresent();
        if (!own && !caller.is(Role.ADMIN)) {
            throw notFound(id);
        }
        transaction.executeWithoutResult(status -> {
            if (!store.delete(id)) {
                throw new FailureException(ErrorCode.CONFLICT, "A curator made an example of this feedback, so it stays.",
                        Map.of("id", id.toString()));
            }
            audit.changed("feedback.withdrawn", id.toString(), Map.of("query_id", feedback.queryId().toString()));
        });
    }

    /**
     * Decides on feedback. Promoting writes an example of the schema group once its query passed the checks, also those of
     * the datasource; deciding otherwise takes the example back. Deciding the same again changes nothing.
     *
     * @throws FailureException {@code FORBIDDEN}, {@code NOT_FOUND}; {@code UNSAFE_QUERY}, {@code POLICY_VIOLATION} or
     *                          {@code VALIDATION_FAILED} for a query that cannot be promoted; {@code CONFLICT} when the
     *                          feedback changed meanwhile, or a curator's own example answers the question otherwise
     */
    public Feedback review(UUID id, Review review) {
        Caller curator = CurrentCall.current();
        curator.require(Role.CURATOR);
        Feedback before = get(id);
        Example example = review.promotes(before) ? example(before, review) : null;
        List<Finding> findings = example == null ? before.findings() : checks.check(example.query(), place(before));
        if (example != null) {
            QueryCheck.require("correction", example.query(), findings);
        }
        return transaction.execute(status -> {
            Feedback now = store.lock(id, curator).orElseThrow(() -> notFound(id));
            if (!now.updatedAt().equals(before.updatedAt())) {
                throw new FailureException(ErrorCode.CONFLICT, "The feedback changed while you looked at it. Look again.",
                        Map.of("id", id.toString()));
            }
            store.reviewed(id, review, review.correction(), findings, curator);
            if (now.status() != review.status()) {
                store.note(id, new Change(null, curator.name(), action(review.status()), null, null, review.comment()));
            }
            if (example != null) {
                promotion.promote(now, example, curator);
            } else {
                promotion.demote(now, curator);
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("decision", action(review.status()));
            details.put("promoted", example != null);
            details.put("schema_group", now.schemaGroup());
            audit.changed("feedback.reviewed", id.toString(), details);
            return store.find(id, curator).orElseThrow();
        });
    }

    private Example example(Feedback feedback, Review review) {
        String query = review.correction() != null ? review.correction() : feedback.rightQuery();
        if (query == null) {
            throw FailureException.invalid("correction", "There is no query to promote: the feedback has no correction and"
                    + " does not call the run's query good. Give one in 'correction'.");
        }
        if (feedback.schemaGroup() == null) {
            throw FailureException.invalid("promote_to_example", "The run is about no schema group that could have the example.");
        }
        if (review.question() == null && !standsAlone(feedback)) {
            throw FailureException.invalid("question", "The question says what it means only together with what was said"
                    + " before it. Give a 'question' for the example that stands alone.");
        }
        return new Example(null, review.question() != null ? review.question() : feedback.question(), query,
                checks.dialect(place(feedback)), null, feedback.id());
    }

    /** Whether the run's question means the same without the conversation and the feedback it came from. */
    private boolean standsAlone(Feedback feedback) {
        return CurrentCall.server(() -> runs.find(feedback.queryId()))
                .filter(run -> run.retry() == null && (run.intent() == null || !run.intent().followUp())).isPresent();
    }

    private static Place place(Feedback feedback) {
        return new Place(feedback.schemaGroup(), feedback.dialect(), feedback.datasource());
    }

    private static Place place(QueryState run) {
        return new Place(run.retrieval().group(), run.draft() == null ? null : run.draft().dialect(),
                run.analysis() == null ? null : run.analysis().datasource());
    }

    private static String action(Status status) {
        return switch (status) {
            case ACCEPTED -> "accepted";
            case REJECTED -> "rejected";
            case OPEN -> "reopened";
        };
    }

    private static Submission checked(Submission given) {
        if (given.rating() != null && given.rating() != 1 && given.rating() != -1) {
            throw FailureException.invalid("rating", "'rating' has to be 1 (good) or -1 (bad).");
        }
        String correction = text("correction", given.correction(), Submission.LONGEST_CORRECTION);
        String comment = text("comment", given.comment(), Submission.LONGEST_COMMENT);
        if (given.rating() == null && correction == null && comment == null) {
            throw FailureException.invalid("rating", "Give a 'rating', a 'correction' or a 'comment'.");
        }
        return new Submission(given.queryId(), given.rating(), correction, comment);
    }

    private static String text(String field, String text, int most) {
        String problem = SchemaLimits.problem(text, most);
        if (problem != null) {
            throw FailureException.invalid(field, "'" + field + "' " + problem + ".");
        }
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static FailureException notFound(UUID id) {
        return FailureException.notFound("feedback", id.toString());
    }
}
