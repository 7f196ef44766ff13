package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.Connector;
import java.util.concurrent.TimeUnit;

/** What a query may take: time, and values made. Everything that loops spends from it, and so can be stopped. */
final class Budget {

    /** So many values may be made by one query, at 8 bytes or more each. */
    private static final long MAX_VALUES = 20_000_000;
    private static final int LOOK_EVERY = 20_000;
    private static final int DEEPEST = 200;

    private final Connector.Limits limits;
    private final long deadline;
    private long spent;
    private long nextLook;
    private int depth;

    Budget(Connector.Limits limits) {
        this.limits = limits;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.timeoutMs());
    }

    /**
     * So many values are about to be made or looked at.
     *
     * @throws Connector.QueryTimeoutException when the time is over
     */
    void spend(long values) {
        spent += values + 1;
        if (spent > MAX_VALUES) {
            throw QError.of("it needs more than " + MAX_VALUES + " values, the sandbox's limit");
        }
        if (spent >= nextLook) {
            nextLook = spent + LOOK_EVERY;
            look();
        }
    }

    private void look() {
        limits.cancellation().check();
        if (Thread.currentThread().isInterrupted()) {
            throw new Connector.QueryCancelledException(null);
        }
        if (System.nanoTime() - deadline >= 0) {
            throw new Connector.QueryTimeoutException(limits.timeoutMs(), null);
        }
    }

    /** A function calls another, or itself. */
    void enter() {
        if (++depth > DEEPEST) {
            throw QError.of("functions call each other more than " + DEEPEST + " deep");
        }
        spend(1);
    }

    void leave() {
        depth--;
    }
}
