package io.dragoman.datasource.kdb;

import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.q.QResults;
import io.dragoman.datasource.q.QValue;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/**
 * A pool of connections to a kdb+ process, on which every query runs under {@code reval}. A whole result is read before its
 * first row is handed on, as kdb+ sends it in one message; {@code max-bytes} bounds it.
 */
final class KdbConnector implements Connector {

    private static final int RETRIES = 2;
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long PING_MS = 5_000;

    private final DataSourceDefinition definition;
    private final Target target;
    private final DragomanProperties properties;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<KdbConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** @param target where the process is, and how to sign in */
    KdbConnector(DataSourceDefinition definition, Target target, DragomanProperties properties) {
        this.definition = definition;
        this.target = target;
        this.properties = properties;
        this.free = new Semaphore(properties.execution().pool(), true);
    }

    /**
     * Where a kdb+ process is.
     *
     * @param tls null for a plain connection
     */
    record Target(String host, int port, SSLSocketFactory tls, String user, String password) {

        @Override
        public String toString() {
            return "Target[" + host + ":" + port + "]";
        }
    }

    @Override
    public boolean stream(String query, Limits limits, RowSink sink) {
        return QResults.stream(ask(query, limits), limits, sink);
    }

    /** What a text gives; tried again when the connection was lost, as nothing that is read twice does harm. */
    QValue ask(String text, Limits limits) {
        return ask(KdbConnection.RESTRICTED, text, limits);
    }

    private QValue ask(String function, String text, Limits limits) {
        long start = System.nanoTime();
        for (int failures = 0; ; failures++) {
            long left = limits.timeoutMs() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            try {
                return attempt(function, text, new Limits(limits.maxRows(), limits.maxBytes(), Math.max(1, left), limits.longestMs(),
                        limits.cancellation()));
            } catch (ErrorReplyException e) {
                throw new QueryFailedException("'" + e.getMessage(), e);
            } catch (MalformedReplyException e) {
                throw new QueryFailedException(e.getMessage(), e);
            } catch (QueryTimeoutException e) {
                throw new QueryTimeoutException(limits.timeoutMs(), e);
            } catch (IOException e) {
                if (failures == RETRIES || e instanceof KdbConnection.AccessDeniedException || left <= FIRST_BACKOFF_MS) {
                    throw new UnavailableException("The datasource '" + definition.name() + "' (" + definition.url()
                            + ") cannot be reached: " + reason(e), e);
                }
                pause(FIRST_BACKOFF_MS << 2 * failures);
            }
        }
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryCancelledException(e);
        }
    }

    private QValue attempt(String function, String text, Limits limits) throws IOException, ErrorReplyException {
        try {
            if (!free.tryAcquire(Math.min(limits.timeoutMs(), 1_000), TimeUnit.MILLISECONDS)) {
                throw new IOException("all its connections are busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryCancelledException(e);
        }
        KdbConnection connection = null;
        try {
            connection = idle.pollFirst();
            if (connection == null || !connection.usable()) {
                connection = KdbConnection.open(target.host(), target.port(), target.tls(), target.user(), target.password(),
                        properties.execution().maxBytes().toBytes());
            }
            return connection.ask(function, text, limits);
        } catch (MalformedReplyException e) {
            throw e;
        } catch (IOException e) {
            dropIdle();
            throw e;
        } finally {
            giveBack(connection);
            free.release();
        }
    }

    private void giveBack(KdbConnection connection) {
        if (connection != null && connection.usable() && !closed) {
            idle.addFirst(connection);
        } else if (connection != null) {
            connection.close();
        }
    }

    /** Has the process read the query without evaluating it. */
    @Override
    public String check(String query, long timeoutMs) {
        try {
            ask(KdbConnection.PARSED, query, Limits.of(1, timeoutMs));
            return null;
        } catch (QueryFailedException e) {
            return e.getMessage();
        }
    }

    @Override
    public Catalogue introspect(boolean sampleValues) {
        return new KdbCatalogue(this, properties.introspection(), sampleValues).read();
    }

    @Override
    public void ping() {
        try {
            ask("1", Limits.of(1, PING_MS));
        } catch (QueryFailedException | QueryTimeoutException e) {
            throw new UnavailableException("The datasource '" + definition.name() + "' does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        dropIdle();
    }

    /** Closes what waits: when one connection is lost, the process was probably restarted and all are. */
    private void dropIdle() {
        for (KdbConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
