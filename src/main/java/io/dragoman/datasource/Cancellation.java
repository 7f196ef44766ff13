package io.dragoman.datasource;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A caller's handle to stop what it asked for: {@link #cancel()} from any thread, and queries that run under it are
 * cancelled on their database, those that would begin under it are not begun. Once cancelled it stays so. Thread-safe.
 */
public final class Cancellation {

    private final Set<Runnable> actions = new LinkedHashSet<>();
    private volatile boolean cancelled;

    /** Stops what runs under this. Calling it again changes nothing. */
    public void cancel() {
        Set<Runnable> due;
        synchronized (actions) {
            cancelled = true;
            due = new LinkedHashSet<>(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Whether {@link #cancel()} was called. */
    public boolean cancelled() {
        return cancelled;
    }

    /**
     * Has an action run when this is cancelled: at once when it already is.
     *
     * @param action short, and harmless when what it stops has ended
     * @return forgets the action; closed when what it would stop has ended
     */
    public Registration onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return () -> {
                    synchronized (actions) {
                        actions.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {
        };
    }

    /**
     * Ends the work at this point when it was cancelled.
     *
     * @throws Connector.QueryCancelledException when it was
     */
    public void check() {
        if (cancelled) {
            throw new Connector.QueryCancelledException(null);
        }
    }

    /** An action that waits for a cancellation. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Forgets the action. */
        @Override
        void close();
    }
}
