package io.dragoman.pipeline;

import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.GuardedExecution.Authority;
import io.dragoman.pipeline.QueryState.Analysis;
import org.springframework.stereotype.Component;

/** Runs the valid draft on its datasource. */
@Component("execution")
class ExecuteStage {

    private final GuardedExecution execution;
    private final SchemaContext context;
    private final Cancellations cancellations;

    ExecuteStage(GuardedExecution execution, SchemaContext context, Cancellations cancellations) {
        this.execution = execution;
        this.cancellations = cancellations;
        this.context = context;
    }

    /**
     * Sets the results.
     *
     * @throws FailureException {@code VALIDATION_FAILED} when no datasource is known to run on
     */
    public QueryState apply(QueryState state) {
        Analysis analysis = state.analysis();
        if (analysis.datasource() == null) {
            throw FailureException.invalid("datasource", "No datasource is connected to the tables of the schema group '"
                    + state.retrieval().group() + "'. Name one to run the query on.");
        }
        ResultTable results = execution.run(state.draft().query(), analysis.datasource(), context.of(state),
                authority(state), state.question().limit(), null, cancellations.of(state.id()));
        return state.revise().results(results).done();
    }

    private static Authority authority(QueryState state) {
        return new Authority(state.question().caller(), state.approved());
    }
}
