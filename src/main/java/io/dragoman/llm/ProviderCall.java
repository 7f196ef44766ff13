package io.dragoman.llm;

import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;

/**
 * A call that one thread makes and waits for, until its time is up or somebody stops it: its connection is then closed, which
 * is how the waiting thread hears of it.
 */
final class ProviderCall implements AutoCloseable {

    private final HttpUriRequestBase request;
    private final CompletableFuture<Void> time = new CompletableFuture<>();
    private Runnable forget = () -> {
    };
    private volatile boolean late;
    private volatile boolean stopped;

    private ProviderCall(HttpUriRequestBase request) {
        this.request = request;
    }

    /**
     * Begins a call.
     *
     * @param caller who may stop it; null for a call that nobody stops
     */
    static ProviderCall begin(LlmRequest caller, HttpUriRequestBase request, long mostMs) {
        ProviderCall call = new ProviderCall(request);
        call.time.orTimeout(mostMs, TimeUnit.MILLISECONDS).exceptionally(up -> {
            call.stop(true);
            return null;
        });
        if (caller != null) {
            call.forget = caller.abort().on(() -> call.stop(false));
        }
        return call;
    }

    /** Sends the request, and has the reply read on this thread. */
    <T> T send(HttpClient client, HttpClientResponseHandler<T> reply) {
        try {
            return client.execute(request, reply);
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
    }

    /** Throws when the call was stopped: what was read until then is not the whole reply. */
    void requireWhole() {
        if (stopped) {
            throw failure(new IOException("The reply was cut off"));
        }
    }

    /** What a failure of the call means. */
    private RuntimeException failure(Exception thrown) {
        if (late || thrown instanceof SocketTimeoutException) {
            return new TimeoutException(thrown);
        }
        if (stopped) {
            CancellationException stop = new CancellationException("The call was stopped");
            stop.initCause(thrown);
            return stop;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown.getMessage(), thrown);
    }

    private synchronized void stop(boolean timeIsUp) {
        if (!stopped) {
            late = timeIsUp;
            stopped = true;
            request.cancel();
        }
    }

    @Override
    public void close() {
        forget.run();
        time.complete(null);
    }
}
