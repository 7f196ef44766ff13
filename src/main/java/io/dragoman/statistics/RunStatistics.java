package io.dragoman.statistics;

import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import io.dragoman.statistics.Statistics.ByEngine;
import io.dragoman.statistics.Statistics.ByStatus;
import io.dragoman.statistics.Statistics.CacheHits;
import io.dragoman.statistics.Statistics.Day;
import io.dragoman.statistics.Statistics.Group;
import io.dragoman.statistics.Statistics.Latency;
import io.dragoman.statistics.Statistics.Reason;
import io.dragoman.statistics.Statistics.Scores;
import io.dragoman.statistics.Statistics.Totals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Reads {@link Statistics} for the present caller, who sees those of the schema groups that it sees. Thread-safe. */
@Service
public class RunStatistics {

    private static final String SEEN = """
             WHERE day >= :day AND (CAST(:group AS text) IS NULL OR schema_group = :group)
             AND (CAST(:groups AS text[]) IS NULL OR schema_group = ANY (:groups))
            """;
    private static final String TOTALS = """
             coalesce(sum(runs), 0) AS runs, coalesce(sum(runs) FILTER (WHERE status = 'COMPLETED'), 0) AS completed,
             coalesce(sum(runs) FILTER (WHERE status = 'FAILED'), 0) AS failed,
             coalesce(sum(runs) FILTER (WHERE status NOT IN ('RUNNING', 'AWAITING_APPROVAL')), 0) AS ended,
             coalesce(sum(refined), 0) AS refined, coalesce(sum(escalated), 0) AS escalated,
             coalesce(sum(degraded), 0) AS degraded, coalesce(sum(retried), 0) AS retried FROM run_statistics
            """;
    private static final int MOST_REASONS = 20;
    private static final double GROWTH = 1.1;
    private static final String CACHE_METER = "dragoman.cache.gets";

    private final JdbcClient database;
    private final RollUp rollUp;
    private final ObjectProvider<MeterRegistry> meters;

    RunStatistics(JdbcClient database, RollUp rollUp, ObjectProvider<MeterRegistry> meters) {
        this.database = database;
        this.rollUp = rollUp;
        this.meters = meters;
    }

    /**
     * The statistics of what started since a time.
     *
     * @param since its day in UTC counts as a whole
     * @param group the name of a schema group; null for all that the caller sees
     * @throws io.dragoman.failure.FailureException {@code FORBIDDEN} for who is no curator
     */
    public Statistics since(Instant since, String group) {
        Caller caller = CurrentCall.current();
        caller.require(Role.CURATOR);
        rollUp.refreshForReader();
        LocalDate day = since.atZone(ZoneOffset.UTC).toLocalDate();
        Query query = new Query(day, group, caller.schemaGroups() == null ? null : caller.schemaGroups().toArray(String[]::new));
        return new Statistics(day.atStartOfDay(ZoneOffset.UTC).toInstant(), rollUp.until(), group,
                query.read("SELECT" + TOTALS + SEEN, RunStatistics::totals).get(0),
                query.read("SELECT day," + TOTALS + SEEN + "GROUP BY day ORDER BY day",
                        (row, n) -> new Day(row.getObject("day", LocalDate.class), totals(row, n))),
                query.read("SELECT nullif(schema_group, '') AS name," + TOTALS + SEEN
                        + "GROUP BY schema_group ORDER BY sum(runs) DESC, schema_group",
                        (row, n) -> new Group(row.getString("name"), totals(row, n))),
                query.read("SELECT lower(engine) AS name," + TOTALS + SEEN + "GROUP BY engine ORDER BY engine",
                        (row, n) -> new ByEngine(row.getString("name"), totals(row, n))),
                query.read("SELECT lower(status) AS name, sum(runs) AS runs FROM run_statistics" + SEEN
                        + "GROUP BY status ORDER BY 2 DESC, 1", (row, n) -> new ByStatus(row.getString(1), row.getLong(2))),
                latencies(query),
                query.read("SELECT error_code, sum(runs) FROM run_statistics" + SEEN
                        + "AND error_code <> '' GROUP BY error_code ORDER BY 2 DESC, 1 LIMIT " + MOST_REASONS,
                        (row, n) -> new Reason(row.getString(1), row.getLong(2))),
                scores(query), caches());
    }

    private record Slice(String stage, int bucket, long runs) {
    }

    /** The stages in the order of how much time they take, the whole run first. */
    private static List<Latency> latencies(Query query) {
        Map<String, List<Slice>> stages = new LinkedHashMap<>();
        query.read("SELECT stage, bucket, sum(runs) FROM stage_statistics" + SEEN + "GROUP BY stage, bucket ORDER BY stage, bucket",
                (row, n) -> new Slice(row.getString(1), row.getInt(2), row.getLong(3)))
                .forEach(slice -> stages.computeIfAbsent(slice.stage(), stage -> new ArrayList<>()).add(slice));
        List<Latency> latencies = new ArrayList<>();
        stages.forEach((stage, slices) -> latencies.add(new Latency(stage, slices.stream().mapToLong(Slice::runs).sum(),
                percentile(slices, 0.5), percentile(slices, 0.95))));
        latencies.sort((one, other) -> Double.compare(other.p50(), one.p50()));
        return latencies;
    }

    /** The middle of the bucket that the percentile falls in. */
    private static double percentile(List<Slice> slices, double share) {
        double wanted = share * slices.stream().mapToLong(Slice::runs).sum();
        long passed = 0;
        for (Slice slice : slices) {
            passed += slice.runs();
            if (passed >= wanted) {
                return Math.round(Math.pow(GROWTH, slice.bucket() - 0.5) * 1_000) / 1_000.0;
            }
        }
        return 0;
    }

    private static Scores scores(Query query) {
        return query.read("""
                SELECT count(*), count(*) FILTER (WHERE f.rating > 0), count(*) FILTER (WHERE f.rating < 0),
                    count(f.corrected_query), count(*) FILTER (WHERE f.review = 'OPEN'),
                    count(*) FILTER (WHERE f.review = 'ACCEPTED'), count(*) FILTER (WHERE f.review = 'REJECTED'),
                    count(f.example_id)
                FROM feedback f JOIN query_runs r ON r.id = f.run_id
                WHERE f.created_at >= :from AND (CAST(:group AS text) IS NULL OR r.schema_group = :group)
                AND (CAST(:groups AS text[]) IS NULL OR r.schema_group = ANY (:groups))
                """, (row, n) -> new Scores(row.getLong(1), row.getLong(2), row.getLong(3),
                        rate(row.getLong(2), row.getLong(2) + row.getLong(3)), row.getLong(4), row.getLong(5), row.getLong(6),
                        row.getLong(7), row.getLong(8))).get(0);
    }

    private List<CacheHits> caches() {
        MeterRegistry registry = meters.getIfAvailable();
        Map<String, long[]> counts = new LinkedHashMap<>();
        if (registry != null) {
            for (FunctionCounter counter : registry.find(CACHE_METER).functionCounters()) {
                boolean miss = "miss".equals(counter.getId().getTag("result"));
                String cache = String.valueOf(counter.getId().getTag("cache"));
                counts.computeIfAbsent(cache, name -> new long[2])[miss ? 1 : 0] += (long) counter.count();
            }
        }
        return counts.entrySet().stream().map(entry -> new CacheHits(entry.getKey(), entry.getValue()[0], entry.getValue()[1],
                rate(entry.getValue()[0], entry.getValue()[0] + entry.getValue()[1]))).toList();
    }

    private static Totals totals(ResultSet row, int number) throws SQLException {
        long runs = row.getLong("runs");
        return new Totals(runs, row.getLong("completed"), row.getLong("failed"),
                rate(row.getLong("completed"), row.getLong("ended")), rate(row.getLong("refined"), runs),
                rate(row.getLong("escalated"), runs), rate(row.getLong("degraded"), runs), rate(row.getLong("retried"), runs));
    }

    private static Double rate(long part, long whole) {
        return whole == 0 ? null : Double.valueOf(String.format(Locale.ROOT, "%.4f", part / (double) whole));
    }

    /** What is asked for, as parameters. */
    private final class Query {

        private final LocalDate day;
        private final String group;
        private final String[] groups;

        Query(LocalDate day, String group, String[] groups) {
            this.day = day;
            this.group = group;
            this.groups = groups;
        }

        <T> List<T> read(String sql, RowMapper<T> mapper) {
            return database.sql(sql).param("day", day).param("from", Timestamp.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()))
                    .param("group", group, Types.VARCHAR).param("groups", groups, Types.ARRAY).query(mapper).list();
        }
    }
}
