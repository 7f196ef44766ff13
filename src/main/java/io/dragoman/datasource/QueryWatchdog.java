package io.dragoman.datasource;

import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Cancels statements on their database when their time is over or the thread that runs them is interrupted. It looks every
 * 20 ms, and cancels again until the statement ends, as a cancellation that comes between two steps can be lost.
 */
@Component
class QueryWatchdog {

    private static final long LOOK_EVERY_MS = 20;

    private final ScheduledThreadPoolExecutor scheduler;

    QueryWatchdog() {
        scheduler = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "query-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
    }

    /** Watches a statement that the calling thread is about to run, until the watch is closed. */
    Watch watch(Statement statement, long timeoutMs) {
        return new Watch(statement, timeoutMs);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }

    /** One running statement. */
    final class Watch implements AutoCloseable {

        private final Statement statement;
        private final Thread caller = Thread.currentThread();
        private final long deadline;
        private final ScheduledFuture<?> looking;
        private boolean over;
        private volatile boolean expired;
        private volatile boolean interrupted;

        private Watch(Statement statement, long timeoutMs) {
            this.statement = statement;
            this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            synchronized (this) {
                this.looking = scheduler.scheduleWithFixedDelay(this::look,
                        Math.max(1, Math.min(LOOK_EVERY_MS, timeoutMs)), LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            }
        }

        private synchronized void look() {
            expired = expired || System.nanoTime() - deadline >= 0;
            interrupted = interrupted || caller.isInterrupted();
            if (!over && (expired || interrupted)) {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    // The statement has ended, or the connection is gone: either way it no longer runs for us.
                    looking.cancel(false);
                }
            }
        }

        /** Whether the time is over: the statement was told to stop. */
        boolean expired() {
            return expired || System.nanoTime() - deadline >= 0;
        }

        /** Whether the thread that runs the statement was interrupted. */
        boolean interrupted() {
            return interrupted || caller.isInterrupted();
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
