package io.dragoman.api.query;

import io.dragoman.api.Raw;
import io.dragoman.failure.FailureException;
import io.dragoman.llm.LlmLedger;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.Question;
import java.util.Locale;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Questions and runs over REST. */
@Component("queries")
final class Queries {

    private final QueryPipeline pipeline;
    private final QuestionGateway gateway;
    private final QueryRuns runs;
    private final LlmLedger ledger;

    Queries(QueryPipeline pipeline, QuestionGateway gateway, QueryRuns runs, LlmLedger ledger) {
        this.ledger = ledger;
        this.pipeline = pipeline;
        this.gateway = gateway;
        this.runs = runs;
    }

    /**
     * Runs a question; with {@code Accept: text/event-stream} the stages are streamed as they run, and who hangs up
     * cancels it.
     */
    public Object ask(QueryBody body, @Header("Accept") String accept, @ExchangeProperty("traceId") String traceId) {
        Question question = body.toQuestion();
        if (accept != null && accept.toLowerCase(Locale.ROOT).contains(EventStream.CONTENT_TYPE)) {
            return new Raw(EventStream.CONTENT_TYPE + ";charset=UTF-8", out -> {
                UUID id = UUID.randomUUID();
                EventStream events = new EventStream(out, () -> pipeline.cancel(id));
                events.run(id, traceId, listener -> gateway.run(id, traceId, question, listener));
            });
        }
        QueryState state = gateway.run(UUID.randomUUID(), traceId, question, ProgressListener.NONE);
        return reply(state);
    }

    /** What a caller gets of a run that ended: the reply, or the failure. */
    static Object reply(QueryState state) {
        return state.failure() != null ? state.failure() : QueryReply.of(state);
    }

    /** A run of before. */
    public RunReply read(@Header("id") String id) {
        return runs.find(Ids.uuid("run", id)).map(state -> RunReply.of(state, ledger.calls(state.id())))
                .orElseThrow(() -> FailureException.notFound("run", id));
    }

    /** The body of {@code POST /query/{id}/replay}. */
    record ReplayBody(String fromStage) {
        ReplayBody {
            Fields.text("from_stage", fromStage, 20);
        }
    }

    /** Runs a question of before again from one of its stages on. */
    public Object replay(ReplayBody body, @Header("id") String id, @ExchangeProperty("traceId") String traceId) {
        return reply(pipeline.replay(Ids.uuid("run", id), body.fromStage(), traceId));
    }

    /** Takes up a run from its last checkpoint. */
    public Object resume(@Header("id") String id, @ExchangeProperty("traceId") String traceId) {
        return reply(pipeline.resume(Ids.uuid("run", id), traceId));
    }
}
