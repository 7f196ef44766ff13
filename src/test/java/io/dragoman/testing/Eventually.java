package io.dragoman.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * How all tests wait: for a state and not for a time, until it is there, however slow the machine is. The limit only ends a
 * test whose state never comes.
 */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int TRIES = 4;

    private Eventually() {
    }

    /** Waits until something is so, on the thread that asks. */
    public static void eventually(Callable<Boolean> what) {
        eventually(null, what);
    }

    /** Waits until something is so that has a name, on the thread that asks. */
    public static void eventually(String name, Callable<Boolean> what) {
        waiting(name).until(what);
    }

    /** Asks until the reply is as wanted, on the thread that asks; gives that reply. */
    public static <T> T eventually(Callable<T> asked, Predicate<? super T> wanted) {
        return waiting(null).until(asked, wanted);
    }

    private static ConditionFactory waiting(String name) {
        return Awaitility.await(name).pollInSameThread().pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY).atMost(LIMIT);
    }

    /**
     * Tries up to four times, where times are measured and are the point: one try has to hold, as a busy machine may hold up
     * any of them.
     */
    public static void atLeastOnce(Executable attempt) throws Throwable {
        for (int i = 1; i < TRIES; i++) {
            try {
                attempt.execute();
                return;
            } catch (AssertionError heldUp) {
                continue;
            }
        }
        attempt.execute();
    }
}
