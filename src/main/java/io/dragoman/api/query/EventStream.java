package io.dragoman.api.query;

import io.dragoman.api.Envelopes;
import io.dragoman.api.Json;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Server-sent events: {@code query_progress} a stage, {@code query_token} while an LLM writes, then {@code query_result} or {@code query_error}. While a stage takes
 * its time, comments are sent in between, so that a caller who hung up is noticed.
 */
final class EventStream {

    static final String CONTENT_TYPE = "text/event-stream";

    private static final long HEARTBEAT_MS = 250;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final OutputStream out;
    private final Runnable hangUp;
    private IOException broken;
    private boolean ended;

    /** @param hangUp is run once when the caller has hung up before the end */
    EventStream(OutputStream out, Runnable hangUp) {
        this.out = out;
        this.hangUp = hangUp;
    }

    /** Runs a question and sends what happens. */
    void run(UUID id, String traceId, Function<ProgressListener, QueryState> run) throws IOException {
        Thread heartbeat = new Thread(this::beat, "events-" + id);
        heartbeat.setDaemon(true);
        heartbeat.start();
        QueryState state;
        try {
            state = run.apply(new QueryEvents(id) {
                @Override
                protected void send(String event, Map<String, Object> data) {
                    EventStream.this.send(event, Json.write(data));
                }
            });
        } finally {
            heartbeat.interrupt();
        }
        if (state.failure() == null) {
            send(QueryEvents.RESULT, Json.write(QueryReply.of(state)));
        } else {
            send(QueryEvents.ERROR, Envelopes.error(state.failure(), traceId));
        }
        synchronized (this) {
            ended = true;
            if (broken != null) {
                throw broken;
            }
        }
    }

    private void beat() {
        try {
            do {
                Thread.sleep(HEARTBEAT_MS);
            } while (write(COMMENT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String event, byte[] data) {
        byte[] head = ("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(data, 0, message, head.length, data.length);
        message[message.length - 2] = '\n';
        message[message.length - 1] = '\n';
        write(message);
    }

    /** Sends; false when nothing more can be sent. */
    private synchronized boolean write(byte[] message) {
        if (ended || broken != null) {
            return false;
        }
        try {
            out.write(message);
            out.flush();
            return true;
        } catch (IOException e) {
            broken = e;
            hangUp.run();
            return false;
        }
    }
}
