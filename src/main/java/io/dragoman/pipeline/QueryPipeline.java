package io.dragoman.pipeline;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.llm.LlmTracing;
import io.dragoman.security.AuditLog;
import io.dragoman.security.CurrentCall;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/** The gateway to the pipeline: every door (REST, pages, JMS, Socket.IO) sends its questions here. Thread-safe. */
@Service
public class QueryPipeline {

    /** The exchange property that holds the {@link ProgressListener}. */
    public static final String LISTENER = "progressListener";

    /** The exchange property with the name of the stage that a run is taken up from. */
    static final String FROM_STAGE = "fromStage";

    private final ProducerTemplate routes;
    private final QueryRuns runs;
    private final Checkpoints checkpoints;
    private final AuditLog audit;
    private final Cancellations cancellations;
    private final ApplicationEventPublisher events;
    private final LlmTracing tracing;

    QueryPipeline(@Lazy ProducerTemplate routes, QueryRuns runs, Checkpoints checkpoints, Cancellations cancellations, AuditLog audit,
            ApplicationEventPublisher events, LlmTracing tracing) {
        this.tracing = tracing;
        this.cancellations = cancellations;
        this.events = events;
        this.routes = routes;
        this.runs = runs;
        this.checkpoints = checkpoints;
        this.audit = audit;
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
        return send("direct:query", QueryState.begin(id, traceId, Instant.now(), question), null, listener);
    }

    /**
     * Runs a question of before again from one of its stages on, as a new run.
     *
     * @param run       the run of before
     * @param fromStage {@code intent}, {@code retrieve}, {@code analyse}, {@code generate}, {@code validate} or
     *                  {@code execute}
     * @throws FailureException {@code NOT_FOUND} for the run; {@code VALIDATION_FAILED} when there is no such stage, or the
     *                          run did not come so far
     */
    public QueryState replay(UUID run, String fromStage, String traceId) {
        Stage stage = Stage.named(fromStage);
        QueryState before = runs.find(run).orElseThrow(() -> FailureException.notFound("run", run.toString()));
        QueryState state = stage.before(before.by(CurrentCall.current()), UUID.randomUUID(), traceId);
        return send(stage == Stage.INTENT ? "direct:query" : "direct:again", state, stage, ProgressListener.NONE);
    }

    /**
     * Asks the question of a run again, as a new run that knows the query of before and what was said of it.
     *
     * @param run      the run of before
     * @param feedback what people said of it, the latest last; what was said of the runs before it is known
     * @param listener hears of the stages
     * @throws FailureException {@code NOT_FOUND} for the run
     */
    public QueryState retry(UUID run, List<String> feedback, String traceId, ProgressListener listener) {
        return retry(UUID.randomUUID(), run, feedback, traceId, listener);
    }

    /** The same, with the new run's id given by the caller. */
    public QueryState retry(UUID id, UUID run, List<String> feedback, String traceId, ProgressListener listener) {
        QueryState before = runs.find(run).orElseThrow(() -> FailureException.notFound("run", run.toString()))
                .by(CurrentCall.current());
        QueryState again = before.retrieval() == null
                ? QueryState.begin(id, traceId, Instant.now(), before.question())
                : Stage.ANALYSE.before(before, id, traceId);
        return send(before.retrieval() == null ? "direct:query" : "direct:again",
                again.revise().retry(before.retried(feedback)).done(), Stage.ANALYSE, listener);
    }

    /**
     * Takes up a run that failed or was cut off while it waited on the outside, from its last checkpoint, under its own id.
     *
     * @throws FailureException {@code NOT_FOUND} when nothing was kept of the run; {@code CONFLICT} when it ended well
     */
    public QueryState resume(UUID run, String traceId) {
        Optional<QueryState> ended = runs.find(run);
        if (cancellations.going(run) || ended.isPresent() && ended.get().status() != QueryState.Status.FAILED
                && ended.get().status() != QueryState.Status.INTERRUPTED) {
            boolean running = ended.isEmpty() || ended.get().status() == QueryState.Status.RUNNING;
            throw new FailureException(ErrorCode.CONFLICT, running ? "The run goes on." : "The run ended; replay it instead.",
                    Map.of("id", run.toString(), "status", running ? "running"
                            : ended.get().status().name().toLowerCase(Locale.ROOT)));
        }
        QueryState kept = checkpoints.last(run).map(Checkpoints.Kept::state).filter(QueryPipeline::seen)
                .orElseThrow(() -> FailureException.notFound("checkpoint of run", run.toString()));
        return ended(goOn(kept, run, traceId, ProgressListener.NONE));
    }

    /**
     * Goes on with a run that another server began and did not end, or did not tell the end of: from its last checkpoint when
     * there is one, else from the question. Its rows are read again, as they are not kept.
     *
     * @param listener hears of the stages
     */
    public QueryState takeUp(UUID id, String traceId, Question question, ProgressListener listener) {
        Optional<QueryState> before = runs.find(id);
        if (before.filter(QueryPipeline::settled).isPresent()) {
            return before.get();
        }
        return before.filter(state -> state.status() == QueryState.Status.COMPLETED || state.approved())
                .or(() -> checkpoints.last(id).map(Checkpoints.Kept::state)).filter(QueryPipeline::seen)
                .map(state -> goOn(state.by(CurrentCall.current()), id, traceId, listener))
                .orElseGet(() -> run(id, traceId, question, listener));
    }

    private QueryState goOn(QueryState kept, UUID id, String traceId, ProgressListener listener) {
        Stage stage = Stage.next(kept);
        return send(stage == Stage.INTENT ? "direct:query" : "direct:again", stage.before(kept, id, traceId), stage, listener);
    }

    /** Forgets checkpoints that are older than that: their runs cannot be resumed any more. */
    public void forgetCheckpoints(Duration older) {
        checkpoints.forget(older);
    }

    /** Whether a run ended, or waits, with all that can be said of it. */
    private static boolean settled(QueryState state) {
        return switch (state.status()) {
            case AWAITING_APPROVAL, NEEDS_CLARIFICATION, REJECTED -> true;
            case COMPLETED -> state.results() == null;
            case RUNNING, FAILED, INTERRUPTED -> false;
        };
    }

    private QueryState ended(QueryState state) {
        events.publishEvent(new RunEnded(state));
        return state;
    }

    /**
     * Stops a run: no further stage begins, and a query that runs is cancelled on its database. The run then ends as failed
     * with the code {@code CANCELLED}. It may also have ended well before that was noticed.
     *
     * @param run the id that it was started with
     * @return false when no such run is going on in this server
     */
    public boolean cancel(UUID run) {
        return cancellations.cancel(run);
    }

    /**
     * Goes on with a run that waits for approval, as a person decided. An edited query is checked like any other; when it is
     * refused, the run goes on waiting.
     *
     * @param listener hears of the stages
     * @throws FailureException {@code NOT_FOUND} for the run, {@code CONFLICT} when it does not wait (any more),
     *                          {@code UNSAFE_QUERY}, {@code POLICY_VIOLATION} or {@code VALIDATION_FAILED} for the edited query
     */
    public QueryState decide(UUID run, QueryState.Decision decision, String traceId, ProgressListener listener) {
        QueryState waiting = runs.find(run).orElseThrow(() -> FailureException.notFound("run", run.toString()));
        if (waiting.status() != QueryState.Status.AWAITING_APPROVAL || !waiting.needsApproval()) {
            throw new FailureException(ErrorCode.CONFLICT, "The run does not wait for approval: it is "
                    + waiting.status().name().toLowerCase(Locale.ROOT) + ".",
                    Map.of("id", run.toString(), "status", waiting.status().name().toLowerCase(Locale.ROOT)));
        }
        return ended(send("direct:decide", ApprovalGate.decided(waiting, decision, traceId), null, listener));
    }

    private static boolean seen(QueryState state) {
        return CurrentCall.current().owns(state.question().caller().userId()) && QueryRuns.withinSight(state);
    }

    /** Runs on behalf of whoever asked, who sees what the question may be about. */
    private QueryState send(String route, QueryState state, Stage from, ProgressListener listener) {
        CurrentCall present = CurrentCall.get();
        CurrentCall asked = new CurrentCall(state.question().caller(), "question.asked", state.traceId(), present.address());
        QueryState ended = asked.supply(() -> route(route, state, from, listener));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("question", AuditLog.shortened(state.question().text()));
        details.put("schema_group", ended.retrieval() == null ? null : ended.retrieval().group());
        details.put("datasource", ended.analysis() == null ? null : ended.analysis().datasource());
        details.put("outcome", ended.status().name().toLowerCase(Locale.ROOT));
        details.put("rows", ended.results() == null ? null : ended.results().rowCount());
        tracing.ran(ended.id(), state.startedAt(), state.question().caller().name(),
                ended.retrieval() == null ? null : ended.retrieval().group(), ended.status().name().toLowerCase(Locale.ROOT),
                ended.failure() == null ? null : ended.failure().code().name());
        audit.called(asked, ended.id().toString(), null, details);
        return ended;
    }

    private QueryState route(String route, QueryState state, Stage from, ProgressListener listener) {
        cancellations.begin(state.id());
        Exchange exchange;
        try {
            exchange = routes.request(route, request -> {
                request.getMessage().setBody(state);
                request.setProperty(LISTENER, listener);
                if (from != null) {
                    request.setProperty(FROM_STAGE, from.wireName());
                }
            });
        } finally {
            cancellations.end(state.id());
        }
        if (exchange.getException(FailureException.class) != null) {
            throw exchange.getException(FailureException.class);
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("Run " + state.id() + " failed", exchange.getException());
        }
        return exchange.getMessage().getBody(QueryState.class);
    }
}
