package io.dragoman.conversation;

import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.pipeline.QueryState;

/**
 * What a run leaves for the question after it.
 *
 * @param plan       that a follow-up changes; null when an LLM wrote the query without one
 * @param group      the schema group that it was about
 * @param datasource that it was for; null when none is known
 */
record ThreadContext(LogicalPlan plan, String group, String datasource) {

    private static final int PLAN_BYTES = 6_000;

    /** Null when the run did not come to a schema group. */
    static ThreadContext of(QueryState run) {
        LogicalPlan plan = run.draft() != null && run.draft().plan() != null ? run.draft().plan()
                : run.analysis() == null ? null : run.analysis().plan();
        return run.retrieval() == null || run.analysis() == null ? null
                : new ThreadContext(plan, run.retrieval().group(), run.analysis().datasource());
    }

    int bytes() {
        return PLAN_BYTES;
    }
}
