package io.dragoman.pipeline;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Validation.Result;
import io.dragoman.policy.PolicyRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** How often a question may go round, and what is said when it may not any more. The limits are in the routes and the policy. */
@Component("budgets")
class Budgets {

    private final Function<QueryState, PolicyRules> policy;

    @Autowired
    Budgets(PolicyGate policy) {
        this(policy::rules);
    }

    /** @param policy the rules for a run, whose limits hold besides those of the routes */
    Budgets(Function<QueryState, PolicyRules> policy) {
        this.policy = policy;
    }

    /**
     * Whether a question may be read again over all tables of the group: words were not understood, or too little of it
     * was used.
     *
     * @param least the least confidence of a reading that is gone on with
     */
    public boolean widen(QueryState state, double least, int escalations, int total) {
        boolean lost = state.clarification() != null && !state.clarification().unknown().isEmpty();
        return (lost || doubtful(state, least)) && escalationLeft(state, escalations, total);
    }

    /** Whether too little of the question was used to go on with the reading. */
    public boolean doubtful(QueryState state, double least) {
        return state.analysis() != null && state.analysis().confidence() < least;
    }

    /** Whether the draft may be mended. */
    public boolean refine(QueryState state, int refinements, int total) {
        return state.validation() != null && state.validation().result() == Result.INVALID_REFINABLE
                && state.refinements() < least(refinements, policy.apply(state).refinements()) && roundLeft(state, total);
    }

    /**
     * Whether an LLM may be asked once more for a reply that could not be used, which takes a refinement.
     *
     * @param taken so many were taken since the state was made
     */
    boolean repair(QueryState state, int taken, int refinements, int total) {
        PolicyRules rules = policy.apply(state);
        return state.refinements() + taken < least(refinements, rules.refinements())
                && rounds(state) + taken < least(total, rules.rounds());
    }

    /** Whether the question may be analysed again, for a draft that cannot be mended or has been mended too often. */
    public boolean escalate(QueryState state, int escalations, int total) {
        Result result = state.validation() == null ? null : state.validation().result();
        return (result == Result.INVALID_ESCALATE || result == Result.INVALID_REFINABLE)
                && escalationLeft(state, escalations, total);
    }

    private boolean escalationLeft(QueryState state, int escalations, int total) {
        return state.escalations() < least(escalations, policy.apply(state).escalations()) && roundLeft(state, total);
    }

    private boolean roundLeft(QueryState state, int total) {
        return rounds(state) < least(total, policy.apply(state).rounds());
    }

    private static int least(int limit, Integer ofPolicy) {
        return ofPolicy == null ? limit : Math.min(limit, ofPolicy);
    }

    /** Whether any round is left for an invalid draft. */
    public boolean another(QueryState state, int refinements, int escalations, int total) {
        return refine(state, refinements, total) || escalate(state, escalations, total);
    }

    /**
     * Ends a run whose draft is not valid.
     *
     * @throws FailureException always: {@code UNSAFE_QUERY}, {@code POLICY_VIOLATION} or {@code GENERATION_FAILED}
     */
    public void exhausted(QueryState state) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("stage", "validate");
        if (state.validation().result() == Result.REFUSED) {
            throw Refusal.of(state.draft().query(), state.validation().findings());
        }
        details.put("reason", rounds(state) == 0 ? "The first draft is not valid, and no other round is allowed."
                : "No valid query after " + state.refinements() + " refinements and " + state.escalations()
                        + " escalations.");
        details.put("attempts", attempts(state.attempts()));
        throw new FailureException(ErrorCode.GENERATION_FAILED,
                "No valid query could be written. The details list what was tried and why it failed.", details);
    }

    private static int rounds(QueryState state) {
        return state.refinements() + state.escalations();
    }

    private static List<Map<String, Object>> attempts(List<Attempt> attempts) {
        return attempts.stream().map(attempt -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("number", attempt.number());
            one.put("query", attempt.query());
            one.put("result", attempt.result().name());
            one.put("findings", attempt.findings());
            return one;
        }).toList();
    }
}
