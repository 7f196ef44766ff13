package io.dragoman.api.query;

import io.dragoman.pipeline.ProgressListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What callers hear of a run while it goes on, as named events with JSON data; server-sent events and the socket send the same. */
public abstract class QueryEvents implements ProgressListener {

    /** A stage began or ended. */
    public static final String PROGRESS = "query_progress";

    /** An LLM wrote a piece of text. */
    public static final String TOKEN = "query_token";

    /** The run ended well; the data is a {@link QueryReply}. */
    public static final String RESULT = "query_result";

    /** The run failed; the data is the error object of the envelope. */
    public static final String ERROR = "query_error";

    private final UUID id;

    /** @param id the run */
    protected QueryEvents(UUID id) {
        this.id = id;
    }

    /** Sends an event of a run that goes on; it has to return quickly. */
    protected abstract void send(String event, Map<String, Object> data);

    @Override
    public final void stage(UUID queryId, String stage, Status status, double elapsedMs, String detail) {
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("query_id", id);
        progress.put("stage", stage);
        progress.put("status", QueryReply.lower(status.name()));
        progress.put("elapsed_ms", elapsedMs);
        progress.put("detail", detail);
        send(PROGRESS, progress);
    }

    @Override
    public final void token(UUID queryId, String stage, String text) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("query_id", id);
        token.put("stage", stage);
        token.put("text", text);
        send(TOKEN, token);
    }

    @Override
    public final boolean wantsTokens() {
        return true;
    }
}
