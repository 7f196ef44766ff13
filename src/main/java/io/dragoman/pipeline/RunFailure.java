package io.dragoman.pipeline;

import io.dragoman.failure.Failure;
import io.dragoman.failure.Failures;
import io.dragoman.pipeline.QueryState.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.springframework.stereotype.Component;

/** Ends a run with what was thrown. */
@Component("runFailure")
class RunFailure {

    private final Failures failures;
    private final Progress progress;

    RunFailure(Failures failures, Progress progress) {
        this.failures = failures;
        this.progress = progress;
    }

    /** For {@code onException}: the state says why the run failed, and at which stage. */
    public void note(Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        QueryState before = exchange.getMessage().getBody(QueryState.class);
        Failure failure = failures.of(caught, before.traceId());
        String stage = progress.failed(exchange, failure.message());
        Map<String, Object> details = new LinkedHashMap<>(failure.details());
        if (stage != null) {
            details.put("stage", stage);
        }
        details.putIfAbsent("stage", "pipeline");
        details.put("query_id", before.id().toString());
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        exchange.getMessage().setBody(state.revise()
                .status(Status.FAILED)
                .failure(new Failure(failure.code(), failure.message(), details))
                .done());
    }
}
