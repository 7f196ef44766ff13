package io.dragoman.pipeline;

import io.dragoman.pipeline.QueryState.Engine;
import io.dragoman.pipeline.QueryState.StageRun;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Times the stages, notes them in the state, and tells the listener. */
@Component("progress")
class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final String RUNNING = "runningStage";
    /** The exchange property that says why a stage that a run does without was not done. */
    static final String MISSED = "missedStage";

    private final Cancellations cancellations;

    Progress(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    private record Running(String stage, long startedAt) {

        double elapsedMs() {
            return Math.round((System.nanoTime() - startedAt) / 1_000.0) / 1_000.0;
        }
    }

    /**
     * A stage begins.
     *
     * @throws io.dragoman.datasource.Connector.QueryCancelledException when the caller cancelled the run
     */
    public void begin(Exchange exchange, String stage) {
        exchange.setProperty(RUNNING, new Running(stage, System.nanoTime()));
        tell(exchange, stage, ProgressListener.Status.STARTED, 0, null);
        cancellations.of(exchange.getMessage().getBody(QueryState.class).id()).check();
    }

    /** The stage ended; it is noted in the state. */
    public void end(Exchange exchange) {
        Running running = exchange.getProperty(RUNNING, Running.class);
        exchange.removeProperty(RUNNING);
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        String missed = exchange.getProperty(MISSED, String.class);
        exchange.removeProperty(MISSED);
        String detail = missed == null ? StageDetail.of(running.stage(), state) : "Not done. " + missed;
        Engine engine = "llm".equals(exchange.getProperty("answeredBy")) ? Engine.LLM : Engine.OFFLINE;
        exchange.removeProperty("answeredBy");
        double elapsed = running.elapsedMs();
        exchange.getMessage().setBody(state.revise().stage(new StageRun(running.stage(), engine, elapsed, detail)).done());
        tell(exchange, running.stage(), ProgressListener.Status.COMPLETED, elapsed, detail);
    }

    /** What was thrown ended the stage, if one was running; its name, or null. */
    String failed(Exchange exchange, String message) {
        Running running = exchange.getProperty(RUNNING, Running.class);
        if (running == null) {
            return null;
        }
        exchange.removeProperty(RUNNING);
        double elapsed = running.elapsedMs();
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        exchange.getMessage().setBody(
                state.revise().stage(new StageRun(running.stage(), Engine.OFFLINE, elapsed, message)).done());
        tell(exchange, running.stage(), ProgressListener.Status.FAILED, elapsed, message);
        return running.stage();
    }

    private static void tell(Exchange exchange, String stage, ProgressListener.Status status, double elapsedMs,
            String detail) {
        ProgressListener listener = exchange.getProperty(QueryPipeline.LISTENER, ProgressListener.class);
        if (listener == null || listener == ProgressListener.NONE) {
            return;
        }
        try {
            listener.stage(exchange.getMessage().getBody(QueryState.class).id(), stage, status, elapsedMs, detail);
        } catch (RuntimeException e) {
            LOG.warn("A progress listener failed at stage {}: {}", stage, e.toString().toLowerCase(Locale.ROOT));
        }
    }
}
