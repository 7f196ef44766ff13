package io.dragoman.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.cache.Caches;
import io.dragoman.cache.NamedCache;
import io.dragoman.config.CacheProperties.Layer;
import io.dragoman.config.RedisProperties;
import io.dragoman.datasource.ResultTable;
import io.dragoman.datasource.ResultTable.ResultColumn;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The route that the server runs queries by, with a database that counts how often it is asked. */
class RowsRouteTest {

    private final KnownRows known = new KnownRows();
    private final AtomicInteger asked = new AtomicInteger();

    /** Stands where the stage stands: the rows are the number of times that the database was asked. */
    public final class Database {
        private String key;
        private boolean fresh;

        public void check(Exchange exchange) {
            known.about(exchange, new GuardedExecution.Checked(null, "SELECT 1", 1, 1, key), fresh);
        }

        public String recall(Exchange exchange) {
            return "kept " + known.rows(exchange).rows().get(0).get(0);
        }

        public String apply(Exchange exchange) {
            ResultTable rows = new ResultTable(List.of(new ResultColumn("n", "integer")),
                    List.of(List.of((Object) (long) asked.incrementAndGet())), 1, false, 1);
            known.ran(exchange, rows);
            return "new " + rows.rows().get(0).get(0);
        }
    }

    /** Stands where checkpoints are kept. */
    public static final class NoCheckpoints {
        public void before(Object state, String stage) {
            assertThat(stage).isEqualTo("execute");
        }

        public void after(Object state, String stage) {
            assertThat(state.toString()).startsWith("new");
        }
    }

    @Test
    void asksTheDatabaseOnlyForWhatIsNotKeptOrHasToBeFresh() throws Exception {
        Caches caches = new Caches(new RedisProperties("", "", "", "", Duration.ofMillis(100), DataSize.ofMegabytes(1)), "", null);
        NamedCache<KeptRows> rows = caches.create("query-results", new Layer(Duration.ofMinutes(1), DataSize.ofMegabytes(1), false),
                KeptRows::bytes, new RowsJson());
        Database database = new Database();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("query-results", rows);
            camel.getRegistry().bind("knownRows", known);
            camel.getRegistry().bind("execution", database);
            camel.getRegistry().bind("checkpoints", new NoCheckpoints());
            PluginHelper.getRoutesLoader(camel).loadRoutes(
                    PluginHelper.getResourceLoader(camel).resolveResource("classpath:routes/answer.camel.yaml"));
            camel.start();
            ProducerTemplate ask = camel.createProducerTemplate();

            assertThat(ask.requestBody("direct:run", "state")).as("without a key").isEqualTo("new 1");
            database.key = "one";
            assertThat(ask.requestBody("direct:run", "state")).isEqualTo("new 2");
            assertThat(ask.requestBody("direct:run", "state")).isEqualTo("kept 2");
            database.key = "other";
            assertThat(ask.requestBody("direct:run", "state")).isEqualTo("new 3");
            database.fresh = true;
            assertThat(ask.requestBody("direct:run", "state")).isEqualTo("new 4");
            database.fresh = false;
            assertThat(ask.requestBody("direct:run", "state")).isEqualTo("kept 4");
            database.key = null;
            assertThat(ask.requestBody("direct:run", "state")).isEqualTo("new 5");
        }
        assertThat(rows.figures()).isEqualTo(new NamedCache.Figures("query-results", 2, 2, 0, 2));
        rows.invalidateAll();
        assertThat(rows.getIfPresent("one")).isNull();
    }

    @Test
    void rowsComeBackFromJsonAsTheyWere() throws IOException {
        List<Object> cells = Arrays.asList("text 'with' \"quotes\" ü", null, 7L, new BigDecimal("12.50"), 0.1, Double.NaN, true,
                LocalDate.of(2026, 1, 31), LocalDateTime.of(2026, 1, 31, 23, 59, 59, 1), LocalTime.of(1, 2),
                OffsetDateTime.parse("2026-01-31T23:59:59+02:00"), "", "s", "l5", new BigDecimal("1E+3"));
        List<ResultColumn> columns = cells.stream().map(cell -> new ResultColumn("c", cell == null ? null : "t")).toList();
        KeptRows kept = new KeptRows(new ResultTable(columns, List.of(cells, cells), 2, true, 42), Instant.ofEpochMilli(1_000));
        assertThat(new RowsJson().read(new RowsJson().write(kept))).isEqualTo(kept);
        KeptRows none = new KeptRows(new ResultTable(columns, List.of(), 0, false, 1), Instant.ofEpochMilli(1));
        assertThat(new RowsJson().read(new RowsJson().write(none))).isEqualTo(none);
        KeptRows strange = new KeptRows(new ResultTable(List.of(new ResultColumn("c", "t")), List.of(List.of(new int[] {1})), 1,
                false, 1), Instant.EPOCH);
        assertThat(new RowsJson().write(strange)).as("a type that is not known").isNull();
    }
}
