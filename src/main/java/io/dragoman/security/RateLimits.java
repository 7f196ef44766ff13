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
import org.springframework.stereotype.Service;

/**
 * How often one key and one address may call (token buckets, refilled each second). A call beyond that waits for its turn
 * without holding a thread, in the order of arrival; it is refused when it would wait too long or too many wait. Thread-safe.
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

    RateLimits(DragomanProperties properties) {
        this.limits = properties.security().limits();
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
        Bucket bucket = buckets.get(whose + " " + perSecond, key -> Bucket.builder().addLimit(limit -> limit
                .capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1))).build());
        if (bucket.tryConsume(1)) {
            return null;
        }
        if (waiting.incrementAndGet() > limits.queue()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(refusal(bucket));
        }
        return bucket.asScheduler().tryConsume(1, limits.longestWait(), clock).handle((turn, failure) -> {
            waiting.decrementAndGet();
            if (!Boolean.TRUE.equals(turn)) {
                throw refusal(bucket);
            }
            return null;
        });
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
    }
}
