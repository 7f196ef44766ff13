package io.dragoman.pipeline;

import io.dragoman.datasource.Cancellation;
import io.dragoman.llm.LlmException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Whether, and after which pause, a call to an LLM that failed for a reason that may pass is made again. */
@Component("llmRetries")
class LlmRetries {

    private static final double SHORTEST = 0.75;
    private static final double LONGEST = 1.25;

    private final Cancellations cancellations;

    LlmRetries(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    /**
     * Waits until the call may be made again.
     *
     * @param retries   how often, at most
     * @param firstMs   the pause before the first time, in milliseconds, see {@link #pause}
     * @param longestMs the longest pause, unless the provider asks for a longer one
     * @return false when it was made often enough, the stage has no time left for the pause, or the run was cancelled
     */
    public boolean again(Exchange exchange, int retries, long firstMs, long longestMs) {
        LlmWork work = exchange.getProperty(LlmStages.WORK, LlmWork.class);
        int retry = work.nextTry();
        if (retry > retries) {
            return false;
        }
        LlmException.Transient failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, LlmException.Transient.class);
        Duration pause = failure != null && failure.retryAfter() != null ? failure.retryAfter()
                : pause(retry, firstMs, longestMs, ThreadLocalRandom.current().nextDouble());
        return pause.compareTo(Duration.between(Instant.now(), work.deadline())) < 0
                && rested(cancellations.of(work.before().id()), pause);
    }

    /**
     * Twice as long each time, give or take a quarter, so that calls which failed together are not made together again.
     *
     * @param retry  1 for the first
     * @param chance 0 to 1
     */
    static Duration pause(int retry, long firstMs, long longestMs, double chance) {
        double usual = firstMs * Math.pow(2, retry - 1.0) * (SHORTEST + (LONGEST - SHORTEST) * chance);
        return Duration.ofMillis(Math.round(Math.min(longestMs, usual)));
    }

    /** Waits, unless it is told to stop meanwhile. */
    private static boolean rested(Cancellation cancellation, Duration pause) {
        CountDownLatch stopped = new CountDownLatch(1);
        try (var registration = cancellation.onCancel(stopped::countDown)) {
            return !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
