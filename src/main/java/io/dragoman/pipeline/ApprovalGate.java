package io.dragoman.pipeline;

import io.dragoman.dialect.Finding;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.QueryState.Approval;
import io.dragoman.pipeline.QueryState.Decision;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.pipeline.QueryState.Validation.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a person has to approve a valid query, and what becomes of a run when one did. */
@Component("approvalGate")
class ApprovalGate {

    private static final long ESTIMATE_TIMEOUT_MS = 5_000;

    private final PolicyGate policy;

    ApprovalGate(PolicyGate policy) {
        this.policy = policy;
    }

    /** Says that somebody has to approve the query, unless that is said already or nobody has to: neither caller nor policy. */
    public QueryState mark(QueryState state) {
        if (state.approval() != null) {
            return state;
        }
        Optional<String> reason = state.question().requireApproval() ? Optional.of("The caller asked for approval.")
                : state.question().execute() ? policy.requiresApproval(state, ESTIMATE_TIMEOUT_MS) : Optional.empty();
        return reason.map(why -> state.revise().approval(new Approval(why, null)).done()).orElse(state);
    }

    /** The run as it goes on after a decision: with the edited query in place of its own, and ended when it was rejected. */
    static QueryState decided(QueryState waiting, Decision decision, String traceId) {
        Revision revision = waiting.revise().traceId(traceId)
                .approval(new Approval(waiting.approval().reason(), decision))
                .status(decision.approved() ? Status.RUNNING : Status.REJECTED);
        if (decision.approved() && decision.editedQuery() != null) {
            Draft draft = waiting.draft();
            Draft edited = new Draft(decision.editedQuery(), draft.dialect(), null, List.of(), null, draft.engine(),
                    draft.model(), 1);
            revision.withoutDraft().draft(edited).candidates(List.of(edited));
        }
        return revision.done();
    }

    /**
     * Lets an edited query through only when it is valid.
     *
     * @throws FailureException {@code UNSAFE_QUERY}, {@code POLICY_VIOLATION}, or {@code VALIDATION_FAILED} with the findings
     */
    public void requireValid(QueryState state) {
        if (state.validation().result() == Result.VALID) {
            return;
        }
        if (state.validation().result() == Result.REFUSED) {
            throw Refusal.of(state.draft().query(), state.validation().findings());
        }
        String first = state.validation().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR).map(Finding::message).findFirst().orElse("");
        throw new FailureException(ErrorCode.VALIDATION_FAILED, "The edited query is not valid: " + first,
                Map.of("field", "edited_query", "findings", state.validation().findings()));
    }
}
