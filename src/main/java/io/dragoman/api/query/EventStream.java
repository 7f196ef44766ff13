package io.dragoman.api.query;

import io.dragoman.api.Envelopes;
import io.dragoman.api.Json;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Server-sent events: {@code query_progress} a stage, then {@code query_result} or {@code query_error}. */
final class EventStream {

    static final String CONTENT_TYPE = "text/event-stream";

    private final OutputStream out;
    private IOException hungUp;

    EventStream(OutputStream out) {
        this.out = out;
    }

    /** Runs a question and sends what happens. A caller who hangs up does not stop the run: it can be read back. */
    void run(UUID id, String traceId, Function<ProgressListener, QueryState> run) throws IOException {
        QueryState state = run.apply((queryId, stage, status, elapsedMs, detail) -> {
            Map<String, Object> progress = new LinkedHashMap<>();
            progress.put("query_id", id);
            progress.put("stage", stage);
            progress.put("status", QueryReply.lower(status.name()));
            progress.put("elapsed_ms", elapsedMs);
            progress.put("detail", detail);
            send("query_progress", Json.write(progress));
        });
        if (state.failure() == null) {
            send("query_result", Json.write(QueryReply.of(state)));
        } else {
            send("query_error", Envelopes.error(state.failure(), traceId));
        }
        if (hungUp != null) {
            throw hungUp;
        }
    }

    private void send(String event, byte[] data) {
        if (hungUp != null) {
            return;
        }
        try {
            out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
            out.write(data);
            out.write("\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            hungUp = e;
        }
    }
}
