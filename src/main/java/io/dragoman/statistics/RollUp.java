package io.dragoman.statistics;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sums runs up by day, so that statistics over a million of them are read from some thousand rows. A day is summed up anew
 * as a whole when one of its runs came or changed, which a run tells by when it was finished. Thread-safe; several servers
 * may do it at once.
 */
@Component("rollUp")
public class RollUp {

    private static final long LOCK = 0x44524147_53544154L;
    /** A run may become visible so long after its time of finish. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(2);
    private static final int PAUSE_FACTOR = 20;
    private static final int FEW_DAYS = 2;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final ReentrantLock working = new ReentrantLock();
    private volatile Instant next = Instant.MIN;

    RollUp(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** For the route: sums up every day that changed. */
    public void refresh() {
        working.lock();
        try {
            sumUp(Integer.MAX_VALUE);
        } finally {
            working.unlock();
        }
    }

    /**
     * Sums up what changed of late, so that a reader finds what was just done; not more often than every two seconds, or than
     * takes a twentieth of the time. A backlog is left to the route.
     */
    void refreshForReader() {
        if (Instant.now().isAfter(next) && working.tryLock()) {
            try {
                sumUp(FEW_DAYS);
            } finally {
                working.unlock();
            }
        }
    }

    /** Up to when changes of runs are in. */
    Instant until() {
        return database.sql("SELECT until FROM statistics_progress").query(Timestamp.class).single().toInstant();
    }

    private void sumUp(int most) {
        Instant began = Instant.now();
        Instant until = until();
        Instant now = database.sql("SELECT now()").query(Timestamp.class).single().toInstant();
        List<LocalDate> days = database.sql("""
                SELECT DISTINCT (started_at AT TIME ZONE 'UTC')::date FROM query_runs WHERE finished_at >= ? ORDER BY 1
                """).param(Timestamp.from(until.minus(OVERLAP))).query(LocalDate.class).list();
        if (days.size() > most) {
            return;
        }
        for (LocalDate day : days) {
            transaction.executeWithoutResult(status -> sumUp(day));
        }
        database.sql("UPDATE statistics_progress SET until = greatest(until, ?)").param(Timestamp.from(now)).update();
        Duration took = Duration.between(began, Instant.now()).multipliedBy(PAUSE_FACTOR);
        next = Instant.now().plus(took.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : took);
    }

    private void sumUp(LocalDate day) {
        Timestamp from = Timestamp.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
        Timestamp to = Timestamp.from(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        database.sql("SELECT pg_advisory_xact_lock(?)").param(LOCK).query((row, number) -> 1).single();
        database.sql("DELETE FROM run_statistics WHERE day = ?").param(day).update();
        database.sql("DELETE FROM stage_statistics WHERE day = ?").param(day).update();
        database.sql("""
                INSERT INTO run_statistics (day, schema_group, engine, status, error_code, runs, refined, escalated, degraded,
                    retried)
                SELECT :day, coalesce(schema_group, ''), engine, status, coalesce(error_code, ''), count(*),
                    count(*) FILTER (WHERE refinements > 0), count(*) FILTER (WHERE escalations > 0),
                    count(*) FILTER (WHERE degraded), count(retry_of)
                FROM query_runs WHERE started_at >= :from AND started_at < :to GROUP BY 2, 3, 4, 5
                """).param("day", day).param("from", from).param("to", to).update();
        database.sql("""
                INSERT INTO stage_statistics (day, schema_group, stage, bucket, runs)
                SELECT :day, coalesce(schema_group, ''), took.stage,
                    ceil(ln(greatest(took.ms, 0.01)) / ln(1.1))::smallint, count(*)
                FROM query_runs CROSS JOIN LATERAL (
                    SELECT key AS stage, value::double precision AS ms FROM jsonb_each_text(stage_ms)
                    UNION ALL SELECT 'total', total_ms) AS took
                WHERE started_at >= :from AND started_at < :to GROUP BY 2, 3, 4
                """).param("day", day).param("from", from).param("to", to).update();
    }
}
