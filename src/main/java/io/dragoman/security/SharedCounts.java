package io.dragoman.security;

import io.github.bucket4j.Bucket;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lets several servers on one database share the limits of calls. Each takes calls from buckets of its own at once, and a few
 * times a second tells the database how many it took and takes those of the others from its buckets too. No call waits for
 * the database; what all servers together let through too much before they know of each other, they make up for right after.
 * While the database does not answer, each server holds the limits by itself. Thread-safe.
 */
final class SharedCounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedCounts.class);
    private static final int MOST_BUCKETS = 10_000;
    private static final long TRUSTED_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long CLEANED_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String ADD = """
            INSERT INTO call_counts AS c (bucket, calls) SELECT bucket, calls FROM unnest(?, ?) AS t (bucket, calls) ORDER BY bucket
            ON CONFLICT (bucket) DO UPDATE SET calls = c.calls + excluded.calls, counted_at = now() RETURNING bucket, calls""";

    private final JdbcTemplate database;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    /** Its own, as it may have to wait for the database. */
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "shared-limits");
        thread.setDaemon(true);
        return thread;
    });
    private boolean lost;
    private long cleanedAt = System.nanoTime();

    /** @param every how often the servers tell each other */
    SharedCounts(JdbcTemplate database, Duration every) {
        this.database = database;
        clock.scheduleWithFixedDelay(this::settle, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The calls of one bucket. {@code total} is what all servers took when it was last heard of, -1 for not lately. */
    private static final class Count {
        private final Bucket bucket;
        private final LongAdder taken = new LongAdder();
        private volatile long takenAt = System.nanoTime();
        private long total = -1;
        private long heardAt;

        Count(Bucket bucket) {
            this.bucket = bucket;
        }
    }

    /** Notes that a call was taken from a bucket. */
    void taken(String whose, Bucket bucket) {
        Count count = counts.get(whose);
        if (count == null) {
            if (counts.size() >= MOST_BUCKETS) {
                return;
            }
            count = counts.computeIfAbsent(whose, key -> new Count(bucket));
        }
        count.taken.increment();
        count.takenAt = System.nanoTime();
    }

    /** Tells the database, and takes what others took. */
    void settle() {
        long now = System.nanoTime();
        counts.values().removeIf(count -> now - count.takenAt > TRUSTED_NANOS && count.taken.sum() == 0);
        if (counts.isEmpty()) {
            return;
        }
        Map<String, Long> own = new HashMap<>();
        counts.forEach((whose, count) -> own.put(whose, count.taken.sumThenReset()));
        try {
            List.copyOf(database.execute(add(own)).entrySet()).forEach(total -> heard(counts.get(total.getKey()), total.getValue(),
                    own.get(total.getKey()), now));
            clean(now);
            lost = false;
        } catch (DataAccessException e) {
            own.forEach((whose, taken) -> counts.get(whose).taken.add(taken));
            if (!lost) {
                lost = true;
                LOG.warn("Limits of calls are not shared for now, as the database does not answer: {}",
                        e.getMostSpecificCause().getClass().getSimpleName());
            }
        } catch (RuntimeException e) {
            LOG.error("Limits of calls cannot be shared", e);
        }
    }

    /** What was heard a while ago tells nothing of the tokens there are now. */
    private static void heard(Count count, long total, long own, long now) {
        long others = total - count.total - own;
        if (count.total >= 0 && others > 0 && now - count.heardAt < TRUSTED_NANOS) {
            count.bucket.consumeIgnoringRateLimits(others);
        }
        count.total = total;
        count.heardAt = now;
    }

    private static ConnectionCallback<Map<String, Long>> add(Map<String, Long> own) {
        return connection -> {
            Array buckets = connection.createArrayOf("text", own.keySet().toArray());
            Array calls = connection.createArrayOf("bigint", own.values().toArray());
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                statement.setQueryTimeout(2);
                statement.setArray(1, buckets);
                statement.setArray(2, calls);
                return totals(statement.executeQuery());
            }
        };
    }

    private static Map<String, Long> totals(ResultSet rows) throws SQLException {
        Map<String, Long> totals = new HashMap<>();
        while (rows.next()) {
            totals.put(rows.getString("bucket"), rows.getLong("calls"));
        }
        return totals;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void clean(long now) {
        if (now - cleanedAt > CLEANED_NANOS) {
            cleanedAt = now;
            database.update("DELETE FROM call_counts WHERE counted_at < now() - interval '10 minutes'");
        }
    }
}
