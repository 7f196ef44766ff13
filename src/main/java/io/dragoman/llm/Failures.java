package io.dragoman.llm;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * What a client threw, as one of the failures that routes know. Providers' own messages are left out: they may repeat
 * prompts and keys.
 */
final class Failures {

    private static final int OVERLOADED = 529;

    private Failures() {
    }

    static LlmException of(LlmRequest request, RuntimeException thrown) {
        String who = "The LLM provider '" + request.provider() + "' ";
        if (find(thrown, CancellationException.class) != null) {
            return new LlmException.Cancelled(thrown);
        }
        HttpException http = find(thrown, HttpException.class);
        Duration retryAfter = http instanceof ProviderHttp.Refused refused ? refused.retryAfter() : null;
        if (http != null) {
            return ofStatus(who, http.statusCode(), request, retryAfter, thrown);
        }
        if (find(thrown, TimeoutException.class) != null) {
            return new LlmException("timeout", who + "did not reply in time.", thrown);
        }
        if (find(thrown, ContentFilteredException.class) != null) {
            return new LlmException("filtered", who + "refused to reply to this.", thrown);
        }
        if (find(thrown, IOException.class) != null) {
            return new LlmException.Transient("unreachable", who + "cannot be reached, or hung up.", null, thrown);
        }
        return new LlmException("unreadable", who + "sent a reply that could not be read.", thrown);
    }

    private static LlmException ofStatus(String who, int status, LlmRequest request, Duration retryAfter,
            RuntimeException thrown) {
        if (status == 429) {
            return new LlmException.Transient("rate_limited", who + "takes no more calls at the moment (429).", retryAfter,
                    thrown);
        }
        if (status == 408 || status >= 500) {
            return new LlmException.Transient(status == OVERLOADED ? "overloaded" : "server_error",
                    who + "failed (" + status + ").", retryAfter, thrown);
        }
        if (status == 401 || status == 403) {
            return new LlmException("unauthenticated", who + "does not accept the key (" + status + ").", thrown);
        }
        if (status == 404) {
            return new LlmException("unknown_model", who + "has no model '" + request.model() + "'.", thrown);
        }
        return new LlmException("rejected", who + "did not accept the request (" + status + ").", thrown);
    }

    private static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
