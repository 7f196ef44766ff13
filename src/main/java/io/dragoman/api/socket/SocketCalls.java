package io.dragoman.api.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.EndpointRoles;
import io.dragoman.api.Json;
import io.dragoman.api.query.Fields;
import io.dragoman.api.query.Ids;
import io.dragoman.api.query.QueryBody;
import io.dragoman.api.query.QueryReply;
import io.dragoman.api.query.QuestionGateway;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.failure.Failures;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.security.Caller;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.springframework.stereotype.Component;

/** What the events of the socket do; their order is in {@code routes/websocket.camel.yaml}. */
@Component("socketCalls")
final class SocketCalls {

    private final EndpointRoles roles;
    private final QuestionGateway gateway;
    private final QueryPipeline pipeline;
    private final QueryRuns kept;
    private final SocketRuns runs;
    private final Failures failures;

    SocketCalls(EndpointRoles roles, QuestionGateway gateway, QueryPipeline pipeline, QueryRuns kept, SocketRuns runs,
            Failures failures) {
        this.roles = roles;
        this.gateway = gateway;
        this.pipeline = pipeline;
        this.kept = kept;
        this.runs = runs;
        this.failures = failures;
    }

    /** Goes on only when the caller may make the REST call that does the same. */
    public void permit(SocketEvent event, String method, String path) {
        roles.of(method, path).check(event.call().caller());
    }

    /** The caller's own number of a question. */
    record Numbered(String requestId) {
        Numbered {
            if (requestId != null) {
                Fields.text("request_id", requestId, SocketRun.LONGEST_REQUEST_ID);
            }
        }
    }

    /** Takes a question, which runs in its turn, and answers with its id. */
    public void accept(SocketEvent event) throws IOException {
        JsonNode data = object(event);
        QueryBody body = Json.read(data, QueryBody.class);
        UUID id = UUID.randomUUID();
        SocketRun run = new SocketRun(id, Json.read(data, Numbered.class).requestId(), body.toQuestion(), event.call(),
                () -> pipeline.cancel(id));
        runs.begin(run);
        try {
            Map<String, Object> accepted = new LinkedHashMap<>();
            accepted.put("query_id", id);
            if (run.requestId() != null) {
                accepted.put("request_id", run.requestId());
            }
            event.connection().ask(run);
            event.answer(accepted);
        } catch (RuntimeException e) {
            runs.forget(run);
            throw e;
        }
    }

    /** Stops a question of the caller. */
    public void cancel(SocketEvent event) {
        UUID id = id(event);
        SocketRun run = runs.find(id, event.call().caller()).orElseThrow(() -> FailureException.notFound("run", id.toString()));
        boolean going = !run.isEnded();
        if (going) {
            run.cancel();
        }
        event.answer(Map.of("query_id", id, "cancelled", going));
    }

    /** Lets the caller hear of a question again, or tells how it ended. */
    public void attach(SocketEvent event) {
        UUID id = id(event);
        Optional<SocketRun> here = runs.find(id, event.call().caller());
        if (here.isPresent()) {
            event.answer(Map.of("query_id", id, "status", here.get().isEnded() ? "ended" : "running"));
            event.connection().hear(here.get());
            return;
        }
        QueryState state = kept.find(id).orElseThrow(() -> FailureException.notFound("run", id.toString()));
        boolean running = state.status() == QueryState.Status.RUNNING;
        event.answer(Map.of("query_id", id, "status", running ? "running" : "ended"));
        if (!running) {
            SocketRun ended = new SocketRun(id, null, state.question(), event.call(), () -> {
            });
            tell(ended, state);
            ended.attach(event.connection());
        }
    }

    /** Refuses an event that there is not. */
    public void unknown(SocketEvent event) {
        throw FailureException.notFound("event", event.name());
    }

    /** Runs a question to its end. */
    public QueryState run(SocketRun run) {
        if (run.isCancelled()) {
            throw new FailureException(ErrorCode.CANCELLED, "The question was cancelled before it began.", Map.of());
        }
        return gateway.run(run.id(), run.call().traceId(), run.question(), run.events());
    }

    /** Tells whoever hears it how a question ended. */
    public void tell(Exchange exchange) {
        tell(run(exchange), exchange.getMessage().getBody(QueryState.class));
    }

    private void tell(SocketRun run, QueryState state) {
        String group = state.retrieval() == null ? null : state.retrieval().group();
        if (state.failure() != null) {
            run.ended(state.failure(), group);
        } else {
            run.ended(QueryReply.of(state), group, state.status() != QueryState.Status.AWAITING_APPROVAL);
        }
    }

    /** Tells that a question failed before it was a run. */
    public void tellFailure(Exchange exchange) {
        SocketRun run = run(exchange);
        run.ended(failure(exchange, run.call().traceId()), null);
    }

    /** Keeps the end of a question for callers who lost their connection. */
    public void end(Exchange exchange) {
        runs.end(run(exchange));
    }

    /** Tells what was wrong with an event. */
    public void refuse(Exchange exchange) {
        SocketEvent event = exchange.getProperty("socketEvent", SocketEvent.class);
        event.fail(failure(exchange, event.call().traceId()));
    }

    private Failure failure(Exchange exchange, String traceId) {
        return failures.of(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class), traceId);
    }

    private static SocketRun run(Exchange exchange) {
        return exchange.getProperty("socketRun", SocketRun.class);
    }

    private static JsonNode object(SocketEvent event) {
        if (!event.data().isObject()) {
            throw FailureException.invalid("data", "'" + event.name() + "' needs an object with its fields.");
        }
        return event.data();
    }

    private static UUID id(SocketEvent event) {
        JsonNode id = object(event).path("query_id");
        if (!id.isTextual()) {
            throw FailureException.invalid("query_id", "'query_id' is missing or no text.");
        }
        return Ids.uuid("run", id.textValue().toLowerCase(Locale.ROOT));
    }
}
