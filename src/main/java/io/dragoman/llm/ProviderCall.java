package io.dragoman.llm;

import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A call that one thread makes and waits for, until its time is up or somebody stops it. The JDK's own timeout ends with the
 * headers (<a href="https://bugs.openjdk.org/browse/JDK-8258397">JDK-8258397</a>). While the thread waits for the
 * client it is interrupted; while it reads a stream, which it hands on as it comes, the stream is closed instead. Guarded by
 * itself.
 */
final class ProviderCall implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final CompletableFuture<Void> time = new CompletableFuture<>();
    private Runnable forget = () -> {
    };
    private InputStream reading;
    private boolean late;
    private boolean stopped;
    private boolean over;

    private ProviderCall() {
    }

    /**
     * Begins a call of the present thread.
     *
     * @param request whose caller may stop it; null for a call that nobody stops
     */
    static ProviderCall begin(LlmRequest request, long mostMs) {
        ProviderCall call = new ProviderCall();
        call.time.orTimeout(mostMs, TimeUnit.MILLISECONDS).exceptionally(up -> {
            call.stop(true);
            return null;
        });
        if (request != null) {
            call.forget = request.abort().on(() -> call.stop(false));
        }
        return call;
    }

    /** Sends the request and waits for the reply, or for its headers when the body is a stream. */
    <T> HttpResponse<T> send(HttpClient client, HttpRequest request, BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            if (!isStopped()) {
                thread.interrupt();
            }
            throw failure(e);
        }
    }

    /** From here on the thread reads that stream. */
    synchronized void reading(InputStream stream) {
        if (stopped) {
            closeQuietly(stream);
            Thread.interrupted();
        }
        reading = stream;
    }

    /** Throws when the call was stopped: what was read until then is not the whole reply. */
    void requireWhole() {
        if (isStopped()) {
            throw failure(new IOException("The reply was cut off"));
        }
    }

    /** What a failure of the call means. */
    synchronized RuntimeException failure(Exception thrown) {
        if (late || thrown instanceof HttpTimeoutException) {
            return new TimeoutException(thrown);
        }
        if (stopped) {
            CancellationException stop = new CancellationException("The call was stopped");
            stop.initCause(thrown);
            return stop;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown.getMessage(), thrown);
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void stop(boolean timeIsUp) {
        if (over || stopped) {
            return;
        }
        stopped = true;
        late = timeIsUp;
        if (reading == null) {
            thread.interrupt();
        } else {
            closeQuietly(reading);
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // Closing is how the reading thread is told to stop; it sees the failure itself.
        }
    }

    /** The thread goes on; an interrupt that was meant for the call does not outlive it. */
    @Override
    public void close() {
        forget.run();
        time.complete(null);
        synchronized (this) {
            over = true;
            if (stopped && reading == null) {
                Thread.interrupted();
            }
        }
    }
}
