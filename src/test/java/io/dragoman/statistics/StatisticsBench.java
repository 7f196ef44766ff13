package io.dragoman.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.storage.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Statistics over a million runs: what summing up and reading cost, and that the sums are right. */
@Tag("bench")
class StatisticsBench {

    private static final int RUNS = 1_000_000;
    private static final int DAYS = 100;

    private final TestDatabase own = TestDatabase.fresh();
    private final JdbcClient database = JdbcClient.create(own.dataSource());
    private final RollUp rollUp = new RollUp(database,
            new TransactionTemplate(new DataSourceTransactionManager(own.dataSource())));
    private final RunStatistics statistics = new RunStatistics(database, rollUp,
            new StaticListableBeanFactory().getBeanProvider(MeterRegistry.class));

    private void fill(int runs, String started) {
        database.sql("""
                INSERT INTO query_runs (id, trace_id, question, schema_group, engine, status, error_code, total_ms, state, stage_ms,
                    refinements, started_at, finished_at)
                SELECT gen_random_uuid(), 't', 'How many orders are there by status?', (ARRAY['a', 'b', 'c', 'd', NULL])[1 + n % 5],
                    CASE WHEN n % 3 = 0 THEN 'LLM' ELSE 'OFFLINE' END,
                    CASE WHEN n % 10 = 0 THEN 'FAILED' ELSE 'COMPLETED' END, CASE WHEN n % 10 = 0 THEN 'TIMEOUT' END,
                    10 + n % 990, ('{"padding": "' || repeat(md5(n::text), 60) || '"}')::jsonb,
                    jsonb_build_object('intent', 0.1, 'retrieve', 1 + n % 7, 'analyse', 2 + n % 11, 'generate', 1 + n % 3,
                        'validate', 1 + n % 5, 'execute', 5 + n % 100, 'answer', 0.5),
                    n % 4, started, started
                FROM (SELECT n, :started AS started FROM generate_series(1, :runs) AS n) AS runs
                """.replace(":started", started)).param("runs", runs).update();
    }

    @Test
    void millionRuns() {
        fill(RUNS, "now() - (n % " + DAYS + ") * interval '1 day' - interval '1 hour'");
        Instant began = Instant.now();
        rollUp.refresh();
        System.out.printf("%,d runs of %d days summed up in %,d ms%n", RUNS, DAYS, Duration.between(began, Instant.now()).toMillis());
        Statistics all = statistics.since(Instant.now().minus(Duration.ofDays(DAYS + 5)), null);
        assertThat(all.totals().runs()).isEqualTo(RUNS);
        assertThat(all.totals().failed()).isEqualTo(RUNS / 10);
        assertThat(all.latencyMs().get(0).stage()).isEqualTo("total");
        assertThat(all.latencyMs().get(0).p50()).isBetween(505 / 1.1, 505 * 1.1);
        assertThat(all.latencyMs().get(0).p95()).isBetween(950 / 1.1, 950 * 1.1);
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long start = System.nanoTime();
            statistics.since(Instant.now().minus(Duration.ofDays(DAYS + 5)), i % 2 == 0 ? null : "a");
            took.add((System.nanoTime() - start) / 1_000_000);
        }
        Collections.sort(took);
        System.out.printf("read: p50 %d ms, p95 %d ms%n", took.get(20), took.get(38));
        fill(50_000, "now() - interval '1 second'");
        began = Instant.now();
        rollUp.refresh();
        System.out.printf("a day of %,d runs summed up anew in %,d ms%n", 50_000 + RUNS / DAYS,
                Duration.between(began, Instant.now()).toMillis());
        assertThat(statistics.since(Instant.now().minus(Duration.ofDays(DAYS + 5)), null).totals().runs()).isEqualTo(RUNS + 50_000);
    }
}
