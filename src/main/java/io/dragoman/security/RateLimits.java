package io.dragoman.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.github.bucket4j.Bucket;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * How often one key and one address may call (token buckets, refilled each second). A call beyond that waits for its turn
 * without holding a thread, in the order of arrival; it is refused when it would wait too long or too many wait. Servers on
 * one external database share the limits. Thread-safe.
 */
@Service
public class RateLimits {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);
    private static final int MOST_BUCKETS = 100_000;

    private final DragomanProperties.Limits limits;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(MOST_BUCKETS)
            .expireAfterAccess(FORGOTTEN_AFTER).build();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "rate-limits");
        thread.setDaemon(true);
        return thread;
    });

    private final AtomicInteger going = new AtomicInteger();
    /** Null when the limits hold for this server alone. */
    private final SharedCounts shared;

    RateLimits(DragomanProperties properties, JdbcTemplate database) {
        this.limits = properties.security().limits();
        boolean alone = properties.db().url().isBlank() || limits.shared().isZero();
        this.shared = alone ? null : new SharedCounts(database, limits.shared());
    }

    /**
     * Whether this server has room for one more call; {@link #ended} says when it is over.
     *
     * @return null when it has; else the refusal, {@code RATE_LIMITED}
     */
    public FailureException admit() {
        if (going.incrementAndGet() <= limits.calls()) {
            return null;
        }
        going.decrementAndGet();
        return new FailureException(ErrorCode.RATE_LIMITED, "The server has too many calls to answer: come back in 1 s.",
                Map.of("retry_after_s", 1L));
    }

    /** A call that was admitted is over. */
    public void ended() {
        going.decrementAndGet();
    }

    /**
     * The turn of a call.
     *
     * @param address the remote end of the connection
     * @return done when the call may go on; null when it may go on at once; failed with {@code RATE_LIMITED}, whose details
     *         say in how many seconds to come back, when it may not
     */
    public CompletableFuture<Void> turn(Caller caller, String address) {
        CompletableFuture<Void> ofAddress = turn("address " + address, limits.perAddress());
        int perKey = caller.callsPerSecond() == null ? limits.perKey() : caller.callsPerSecond();
        if (caller.equals(Caller.NOBODY)) {
            return ofAddress;
        }
        CompletableFuture<Void> ofKey = turn(caller.userId() + " " + caller.credential(), perKey);
        return ofAddress == null ? ofKey : ofKey == null ? ofAddress : CompletableFuture.allOf(ofAddress, ofKey);
    }

    private CompletableFuture<Void> turn(String whose, int perSecond) {
        if (perSecond == 0) {
            return null;
        }
        String name = whose + " " + perSecond;
        Bucket bucket = buckets.get(name, key -> Bucket.builder().addLimit(limit -> limit
                .capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1))).build());
        if (bucket.tryConsume(1)) {
            taken(name, bucket);
            return null;
        }
        if (waiting.incrementAndGet() > limits.queue()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(refusal(bucket));
        }
        CompletableFuture<Boolean> turnOfCall;
        try {
            turnOfCall = bucket.asScheduler().tryConsume(1, limits.longestWait(), clock);
        } catch (RuntimeException e) {
            waiting.decrementAndGet();
            throw e;
        }
        return turnOfCall.handle((turn, failure) -> {
            waiting.decrementAndGet();
            if (!Boolean.TRUE.equals(turn)) {
                throw refusal(bucket);
            }
            taken(name, bucket);
            return null;
        });
    }

    private void taken(String name, Bucket bucket) {
        if (shared != null) {
            shared.taken(name, bucket);
        }
    }

    private static FailureException refusal(Bucket bucket) {
        long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
        return new FailureException(ErrorCode.RATE_LIMITED, "Too many calls: come back in " + seconds + " s.",
                Map.of("retry_after_s", seconds));
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
        if (shared != null) {
            shared.close();
        }
    }
}
