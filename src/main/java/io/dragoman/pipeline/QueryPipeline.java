package io.dragoman.pipeline;

import java.time.Instant;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/** The gateway to the pipeline: every door (REST, pages, later JMS and WebSocket) sends its questions here. Thread-safe. */
@Service
public class QueryPipeline {

    /** The exchange property that holds the {@link ProgressListener}. */
    static final String LISTENER = "progressListener";

    private final ProducerTemplate routes;

    QueryPipeline(@Lazy ProducerTemplate routes) {
        this.routes = routes;
    }

    /**
     * Runs a question through the pipeline and waits for the end. How it ended, also when it failed, is in the state's
     * status; this method throws only on a fault of the server's own.
     *
     * @param question what is asked
     * @param listener hears of the stages; {@link ProgressListener#NONE} for nobody
     */
    public QueryState run(Question question, ProgressListener listener) {
        UUID id = UUID.randomUUID();
        return run(id, id.toString().replace("-", ""), question, listener);
    }

    /** The same, with the run's id and the trace id of the request given by the caller. */
    public QueryState run(UUID id, String traceId, Question question, ProgressListener listener) {
        QueryState begin = QueryState.begin(id, traceId, Instant.now(), question);
        Exchange exchange = routes.request("direct:query", request -> {
            request.getMessage().setBody(begin);
            request.setProperty(LISTENER, listener);
        });
        if (exchange.getException() != null) {
            throw new IllegalStateException("Run " + id + " failed", exchange.getException());
        }
        return exchange.getMessage().getBody(QueryState.class);
    }
}
