package io.dragoman.datasource;

import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Cancels statements on their database when their time is over, their caller cancels or the thread that runs them is
 * interrupted. It looks every 20 ms, and cancels again until the statement ends, as a cancellation that comes between two
 * steps can be lost. A database that does not answer to a cancellation holds up no other.
 */
@Component
class QueryWatchdog {

    private static final long LOOK_EVERY_MS = 20;

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, QueryWatchdog::thread);
    private final ExecutorService cancelling = Executors.newCachedThreadPool(QueryWatchdog::thread);

    QueryWatchdog() {
        scheduler.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "query-watchdog");
        thread.setDaemon(true);
        return thread;
    }

    /** Watches a statement that the calling thread is about to run, until the watch is closed. */
    Watch watch(Statement statement, long timeoutMs) {
        return watch(statement, timeoutMs, Connector.Limits.of(0, timeoutMs));
    }

    /** The same, also for a caller who cancels; {@code remainingMs} are left of the limits' time. */
    Watch watch(Statement statement, long remainingMs, Connector.Limits limits) {
        return new Watch(statement, remainingMs, limits);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
        cancelling.shutdownNow();
    }

    /** One running statement. */
    final class Watch implements AutoCloseable {

        private final Statement statement;
        private final Thread caller = Thread.currentThread();
        private final Connector.Limits limits;
        private final long lastDeadline;
        private final ScheduledFuture<?> looking;
        private final AtomicBoolean underway = new AtomicBoolean();
        private long heldSince;
        private volatile long deadline;
        private volatile boolean held;
        private boolean over;
        private volatile boolean expired;
        private volatile boolean cancelled;

        private Watch(Statement statement, long remainingMs, Connector.Limits limits) {
            this.statement = statement;
            this.limits = limits;
            long now = System.nanoTime();
            this.deadline = now + TimeUnit.MILLISECONDS.toNanos(remainingMs);
            this.lastDeadline = now + TimeUnit.MILLISECONDS.toNanos(Math.max(remainingMs, limits.longestMs()));
            synchronized (this) {
                this.looking = scheduler.scheduleWithFixedDelay(this::look,
                        Math.max(1, Math.min(LOOK_EVERY_MS, remainingMs)), LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            }
        }

        private void look() {
            if ((cancelled() || expired()) && underway.compareAndSet(false, true)) {
                cancelling.execute(() -> {
                    cancelStatement();
                    underway.set(false);
                });
            }
        }

        private synchronized void cancelStatement() {
            if (!over) {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    // The statement has ended, or the connection is gone: either way it no longer runs for us.
                    looking.cancel(false);
                }
            }
        }

        /** Stops the clock of the database: it waits for the caller to take rows. */
        void hold() {
            heldSince = System.nanoTime();
            held = true;
        }

        /** The database works again. */
        void release() {
            deadline += System.nanoTime() - heldSince;
            held = false;
        }

        /**
         * Ends the reading of rows whose time is over or that are no longer wanted, also when the database has sent them
         * already.
         */
        void check() {
            if (cancelled) {
                throw new Connector.QueryCancelledException(null);
            }
            if (expired) {
                throw new Connector.QueryTimeoutException(limitMs(), null);
            }
        }

        /** Whether the time is over: the statement was told to stop. */
        boolean expired() {
            long now = System.nanoTime();
            expired = expired || !held && now - deadline >= 0 || now - lastDeadline >= 0;
            return expired;
        }

        /** The limit that passed, in milliseconds. */
        long limitMs() {
            return System.nanoTime() - lastDeadline >= 0 ? Math.max(limits.timeoutMs(), limits.longestMs()) : limits.timeoutMs();
        }

        /** Whether the caller cancelled, or the thread that runs the statement was interrupted. */
        boolean cancelled() {
            cancelled = cancelled || limits.cancellation().cancelled() || caller.isInterrupted();
            return cancelled;
        }

        /** Ends the watch; no cancellation is sent after it returns. */
        @Override
        public void close() {
            looking.cancel(false);
            synchronized (this) {
                over = true;
            }
        }
    }
}
