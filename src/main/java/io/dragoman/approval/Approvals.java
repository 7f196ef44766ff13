package io.dragoman.approval;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.QueryState.Decision;
import io.dragoman.security.AuditLog;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Queries that wait for a person, and what people decide. Thread-safe. */
@Service("approvals")
public class Approvals {

    /** The most characters of a comment. */
    public static final int LONGEST_COMMENT = 4_000;

    private final ApprovalStore store;
    private final QueryPipeline pipeline;
    private final QueryRuns runs;
    private final TransactionTemplate transaction;
    private final AuditLog audit;

    Approvals(ApprovalStore store, QueryPipeline pipeline, QueryRuns runs, TransactionTemplate transaction, AuditLog audit) {
        this.store = store;
        this.pipeline = pipeline;
        this.runs = runs;
        this.transaction = transaction;
        this.audit = audit;
    }

    /** For the route: keeps a run that waits, and that somebody has to decide on it; both or neither. */
    public void request(QueryState state, @ExchangeProperty(QueryPipeline.LISTENER) ProgressListener listener) {
        transaction.executeWithoutResult(status -> {
            runs.keep(state, listener);
            store.request(state.id(), state.draft().query());
        });
    }

    /**
     * For the route: keeps what was decided, and the run as it goes on; both or neither.
     *
     * @throws FailureException {@code CONFLICT} when somebody else was faster
     */
    public void claim(QueryState state) {
        transaction.executeWithoutResult(status -> {
            if (!store.decide(state.id(), state.approval().decision())) {
                throw new FailureException(ErrorCode.CONFLICT, "Somebody has decided on this run already.",
                        Map.of("id", state.id().toString()));
            }
            runs.keep(state, ProgressListener.NONE);
            Decision decision = state.approval().decision();
            CurrentCall.get().by(decision.userId(), decision.by()).run(() -> audit.changed(
                    decision.approved() ? "query.approved" : "query.rejected", state.id().toString(),
                    Map.of("edited", decision.editedQuery() != null)));
        });
    }

    /** The queries that wait and that the caller may see, the longest waiting first. */
    public List<PendingApproval> pending(Caller caller, int limit, int offset) {
        return store.pending(caller.schemaGroups(), limit, offset).stream()
                .flatMap(waiting -> runs.find(waiting.run()).stream().map(run -> of(run, waiting.since()))).toList();
    }

    /** How many queries wait that the caller may see. */
    public long count(Caller caller) {
        return store.count(caller.schemaGroups());
    }

    /**
     * Approves the query of a run, which then goes on: it is executed and answered when that was asked for.
     *
     * @param comment     null for none
     * @param editedQuery what is to be run in its place, once it passed the checks; null for the query as it is
     * @param listener    hears of the stages
     * @throws FailureException {@code FORBIDDEN}, {@code NOT_FOUND}, {@code CONFLICT} when the run does not wait,
     *                          {@code UNSAFE_QUERY}, {@code POLICY_VIOLATION} or {@code VALIDATION_FAILED} for the edited query
     */
    public QueryState approve(UUID run, Caller caller, String comment, String editedQuery, String traceId,
            ProgressListener listener) {
        return decide(run, caller, true, comment, editedQuery, traceId, listener);
    }

    /**
     * Rejects the query of a run, which ends with that.
     *
     * @param editedQuery what the person would rather have seen; it is kept, not run; null for nothing
     * @throws FailureException {@code FORBIDDEN}, {@code NOT_FOUND}, or {@code CONFLICT} when the run does not wait
     */
    public QueryState reject(UUID run, Caller caller, String comment, String editedQuery, String traceId) {
        return decide(run, caller, false, comment, editedQuery, traceId, ProgressListener.NONE);
    }

    private QueryState decide(UUID run, Caller caller, boolean approved, String comment, String editedQuery, String traceId,
            ProgressListener listener) {
        caller.require(Role.APPROVER);
        if (runs.find(run).filter(state -> state.retrieval() == null || caller.sees(state.retrieval().group())).isEmpty()) {
            throw FailureException.notFound("run", run.toString());
        }
        Decision decision = new Decision(approved, caller.name(), caller.userId(), blankToNull(comment),
                blankToNull(editedQuery), Instant.now());
        return pipeline.decide(run, decision, traceId, listener);
    }

    private static PendingApproval of(QueryState run, Instant since) {
        return new PendingApproval(run.id(), run.question().text(), run.question().caller().name(),
                run.approval() == null ? null : run.approval().reason(), run.draft().query(), run.draft().dialect(),
                run.retrieval().group(), run.analysis().datasource(), run.question().execute(),
                run.validation().findings(), since);
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
