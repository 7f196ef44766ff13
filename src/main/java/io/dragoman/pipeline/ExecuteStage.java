package io.dragoman.pipeline;

import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.GuardedExecution.Authority;
import io.dragoman.pipeline.QueryState.Analysis;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Runs the valid draft on its datasource, or takes the rows that it gave a moment ago. */
@Component("execution")
class ExecuteStage {

    private final GuardedExecution execution;
    private final SchemaContext context;
    private final Cancellations cancellations;
    private final KnownRows known;

    ExecuteStage(GuardedExecution execution, SchemaContext context, Cancellations cancellations, KnownRows known) {
        this.execution = execution;
        this.cancellations = cancellations;
        this.context = context;
        this.known = known;
    }

    /**
     * Checks the draft for whoever asks.
     *
     * @throws FailureException {@code VALIDATION_FAILED} when no datasource is known to run on
     */
    public void check(Exchange exchange) {
        QueryState state = state(exchange);
        Analysis analysis = state.analysis();
        if (analysis.datasource() == null) {
            throw FailureException.invalid("datasource", "No datasource is connected to the tables of the schema group '"
                    + state.retrieval().group() + "'. Name one to run the query on.");
        }
        known.about(exchange, execution.check(state.draft().query(), analysis.datasource(), context.of(state),
                authority(state), state.question().limit(), null), state.question().fresh());
    }

    /** Sets the results to those that are known. */
    public QueryState recall(Exchange exchange) {
        return state(exchange).revise().results(known.rows(exchange)).done();
    }

    /** Sets the results to what the database gives. */
    public QueryState apply(Exchange exchange) {
        QueryState state = state(exchange);
        ResultTable results = execution.run(known.checked(exchange), cancellations.of(state.id()));
        known.ran(exchange, results);
        return state.revise().results(results).done();
    }

    private static QueryState state(Exchange exchange) {
        return exchange.getMessage().getBody(QueryState.class);
    }

    private static Authority authority(QueryState state) {
        return new Authority(state.question().caller(), state.approved());
    }
}
