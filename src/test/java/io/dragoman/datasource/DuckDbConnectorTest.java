package io.dragoman.datasource;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.failure.FailureException;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DuckDbConnectorTest {

    private static final QueryWatchdog WATCHDOG = new QueryWatchdog();
    private static final String ENDLESS =
            "select count(*) from range(1000000000) a, range(1000000) b where a.range + b.range = 7";

    @TempDir
    private static Path folder;
    private static Path file;
    private static DuckDbConnector connector;

    @BeforeAll
    static void fill() throws Exception {
        file = folder.resolve("shop.duckdb");
        Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            for (String one : List.of("create table customer (id int primary key, name varchar not null, note varchar)",
                    "create type state as enum ('open', 'paid')",
                    "create table orders (id bigint primary key, customer_id int references customer (id), "
                            + "total decimal(12, 2), status state, placed timestamp)",
                    "comment on table orders is 'What was ordered'", "comment on column orders.total is 'In euros'",
                    "insert into customer select range + 1, 'Name ' || range, repeat('x', 200) from range(50)",
                    "insert into orders select range, 1 + range % 50, range * 10.5, "
                            + "case when range % 2 = 0 then 'open' else 'paid' end, timestamp '2024-01-01' from range(500)",
                    "create view big_orders as select * from orders where total > 100",
                    "create schema other", "create table other.plan (id int)")) {
                statement.execute(one);
            }
        }
        connector = open(file);
    }

    private static DuckDbConnector open(Path path, String... settings) {
        return new DuckDbConnector(new DataSourceDefinition(UUID.randomUUID(), "duck", "duckdb", "jdbc:duckdb:" + path, null,
                Map.of(), null), Settings.of(settings), WATCHDOG);
    }

    @AfterAll
    static void close() {
        connector.close();
        WATCHDOG.stop();
    }

    @Test
    void keepsTheTypesOfValues() {
        ResultTable result = connector.execute("select 1::int a, 2.50::decimal(9,2) b, null::text c, true d, 'x' e, "
                + "date '2024-02-29' f, timestamp '2024-02-29 10:00' g, 0.1::double h, 0.1::float i, 'infinity'::date j, "
                + "[1,2] k, 170141183460469231731687303715884105727::hugeint l, {'a': 1.50, 'b': [date '2024-01-01']} m, "
                + "timestamptz '2024-01-01 10:00:00+02' n, time '10:00' o, '\\xAA'::blob p, map {'k': 1} q, "
                + "'537b3277-7256-4a24-bb21-5bcb2933d616'::uuid r, 9007199254740993::bigint s, '{\"x\": 1}'::json t", 10, 5_000);
        assertThat(result.rows()).containsExactly(Arrays.asList(1L, new BigDecimal("2.50"), null, true, "x",
                LocalDate.of(2024, 2, 29), LocalDateTime.of(2024, 2, 29, 10, 0), 0.1, 0.1, "infinity", "[1,2]",
                new BigDecimal("170141183460469231731687303715884105727"), "{\"a\":1.50,\"b\":[\"2024-01-01\"]}",
                OffsetDateTime.parse("2024-01-01T08:00Z"), LocalTime.of(10, 0), "0xaa", "{\"k\":1}",
                "537b3277-7256-4a24-bb21-5bcb2933d616", 9007199254740993L, "{\"x\": 1}"));
        assertThat(result.columns().get(1)).isEqualTo(new ResultTable.ResultColumn("b", "DECIMAL(9,2)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from orders", "insert into orders values (9999)", "create table t (a int)",
        "create temp table t (a int)", "select 1; select 2", "select 1; delete from orders", "drop table orders", "vacuum", "",
        "begin", "set variable x = 1", "use other", "prepare p as select 1", "set threads = 8", "pragma threads = 8",
        "reset memory_limit", "set enable_external_access = true", "set lock_configuration = false", "install httpfs",
        "load httpfs", "attach ':memory:' as m", "detach shop", "create secret s (type s3)", "create macro m(x) as x",
        "pragma enable_profiling", "checkpoint", "call enable_logging()", "with gone as (delete from orders returning 1) from gone"})
    void runsNothingButASelect(String query) {
        assertThatThrownBy(() -> connector.execute(query, 10, 5_000)).isInstanceOf(Connector.QueryFailedException.class);
        assertThat(connector.execute("select count(*) from orders", 1, 5_000).rows()).containsExactly(List.of(500L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from read_csv('%s/secret.csv')", "select * from '%s/secret.csv'", "from '%s/*.csv'",
        "select * from read_text('%s/secret.csv')", "select * from read_blob('%s/secret.csv')", "select * from glob('%s/*')",
        "select * from read_json('%s/secret.csv')", "select * from read_parquet('%s/secret.csv')",
        "select * from sniff_csv('%s/secret.csv')", "select * from read_duckdb('%s/shop.duckdb')",
        "select * from query('from ''%s/secret.csv''')", "select * from read_csv('http://127.0.0.1:9/x.csv')",
        "select * from sqlite_scan('%s/shop.duckdb', 'x')", "select getenv('PATH')"})
    void readsNoFile(String query) {
        assertThatThrownBy(() -> connector.execute(query.formatted(folder), 10, 5_000))
                .isInstanceOf(FailureException.class);
    }

    /** The same attacks with the connector's own check left out: the engine has to withstand them alone. */
    @ParameterizedTest
    @ValueSource(strings = {"delete from orders", "insert into orders values (9999)", "create table t (a int)",
        "drop table orders", "create view v as select 1", "create macro m(x) as x", "copy orders to '%s/out.csv'",
        "copy orders from '%s/secret.csv'", "export database '%s/out'", "import database '%s'", "attach '%s/new.duckdb'",
        "attach '%s/shop.duckdb' as again (read_write)", "attach ':memory:' as m", "detach shop", "set threads = 8",
        "pragma threads = 8", "reset memory_limit", "set memory_limit = '64GB'", "set enable_external_access = true",
        "set allowed_directories = ['/']", "set lock_configuration = false", "set temp_directory = '%s'", "install httpfs",
        "install httpfs from 'http://127.0.0.1:9'", "load httpfs", "load '%s/x.duckdb_extension'", "create secret s (type s3)",
        "create persistent secret s (type s3)", "set autoload_known_extensions = true", "set log_query_path = '%s/log'",
        "pragma enable_profiling", "set profile_output = '%s/out'", "call enable_logging()", "set home_directory = '%s'",
        "select * from read_csv('%s/secret.csv')", "select * from '%s/secret.csv'", "set custom_extension_repository = 'x'",
        "set access_mode = 'read_write'", "set extension_directory = '%s'", "pragma force_checkpoint"})
    void isHeldByTheEngineItself(String query) throws Exception {
        try (DuckDBConnection raw = raw(); Statement statement = raw.createStatement()) {
            assertThatThrownBy(() -> statement.execute(query.formatted(folder))).isInstanceOf(java.sql.SQLException.class);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("shop.duckdb", "secret.csv");
        }
    }

    /** A connection as the connector makes it, past its checks. */
    private static DuckDBConnection raw() throws Exception {
        return (DuckDBConnection) DuckDbConnector.source(new DataSourceDefinition(UUID.randomUUID(), "raw", "duckdb",
                "jdbc:duckdb:" + file, null, Map.of(), null), Settings.of().duckdb(), true).getConnection();
    }

    @Test
    void saysWhyAQueryFailed() {
        assertThatThrownBy(() -> connector.execute("select ('x' || range)::int from range(10)", 1, 5_000))
                .isInstanceOf(Connector.QueryFailedException.class).hasMessage("Could not convert string 'x0' to INT32");
    }

    @Test
    void failsAQueryThatNeedsMoreMemoryThanItsShare() {
        try (Connector small = open(copy("small.duckdb"), "duckdb.memory", "20MB")) {
            assertThatThrownBy(() -> small.execute("select max(s) from (select repeat(range::varchar, 50) s, count(*) "
                    + "from range(3000000) group by all)", 1, 20_000))
                    .isInstanceOf(Connector.QueryFailedException.class).hasMessageContaining("emory");
            assertThat(small.execute("select 1", 1, 5_000).rows()).hasSize(1);
        }
    }

    private static Path copy(String name) {
        try {
            Path folderOfCopy = Files.createTempDirectory("duck");
            return Files.copy(file, folderOfCopy.resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void cancelsAQueryWhoseTimeIsOver() throws Throwable {
        atLeastOnce(() -> {
            long start = System.nanoTime();
            assertThatThrownBy(() -> connector.execute(ENDLESS, 1, 300)).isInstanceOf(Connector.QueryTimeoutException.class);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(300L, 1_300L);
        });
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void stopsWorkingWhenACallerCancels() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread canceller = new Thread(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cancellation.cancel();
        });
        canceller.start();
        assertThatThrownBy(() -> connector.execute(ENDLESS, new Connector.Limits(1, 1_000, 30_000, 30_000, cancellation)))
                .isInstanceOf(Connector.QueryCancelledException.class);
        canceller.join();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long computed;
        do {
            long before = cpuMs();
            Thread.sleep(300);
            computed = cpuMs() - before;
        } while (computed > 100 && System.nanoTime() < end);
        assertThat(computed).as("milliseconds of work in 300, of the engine's two threads and everything else")
                .isLessThanOrEqualTo(100);
    }

    /** What this process has computed, the engine's own threads included, in milliseconds. */
    private static long cpuMs() {
        return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime() / 1_000_000;
    }

    @Test
    void handsRowsOnBeforeAllOfThemAreThere() {
        int[] seen = {0};
        assertThatThrownBy(() -> connector.stream("select range, repeat('x', 1000) from range(50000000)",
                new Connector.Limits(50_000_000, Long.MAX_VALUE, 20_000, 20_000, new Cancellation()), new Connector.RowSink() {
                    @Override
                    public void columns(List<ResultTable.ResultColumn> columns) {
                        assertThat(columns).hasSize(2);
                    }

                    @Override
                    public void row(List<Object> values) {
                        if (++seen[0] == 10_000) {
                            throw new IllegalStateException("enough");
                        }
                    }
                })).hasMessage("enough");
        assertThat(seen[0]).isEqualTo(10_000);
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void asksTheDatabaseWhetherAQueryWouldRun() {
        assertThat(connector.check("select total from orders", 5_000)).isNull();
        assertThat(connector.check("select totl from orders", 5_000)).contains("totl").doesNotContain("Error:", "LINE");
        assertThat(connector.check("analyze delete from orders", 5_000)).isNotNull();
    }

    @Test
    void readsTheCatalogue() {
        Connector.Catalogue catalogue = connector.introspect(true);
        assertThat(catalogue.tables()).extracting(TableDefinition::name)
                .containsExactly("big_orders", "customer", "orders", "other.plan");
        TableDefinition orders = catalogue.tables().get(2);
        assertThat(orders.description()).isEqualTo("What was ordered");
        assertThat(orders.rowCount()).isEqualTo(500);
        assertThat(orders.column("total").orElseThrow()).extracting(ColumnDefinition::type, ColumnDefinition::description)
                .containsExactly("decimal(12,2)", "In euros");
        assertThat(orders.column("status").orElseThrow().sampleValues()).containsExactly("open", "paid");
        assertThat(orders.column("id").orElseThrow().primaryKey()).isTrue();
        TableDefinition customer = catalogue.tables().get(1);
        assertThat(customer.column("name").orElseThrow().nullable()).isFalse();
        assertThat(customer.column("note").orElseThrow().sampleValues()).isEmpty();
        assertThat(catalogue.relationships()).containsExactly(
                new Relationship(null, "orders", List.of("customer_id"), "customer", List.of("id"), "many_to_one"));
    }

    @Test
    void estimatesFromThePlan() {
        assertThat(connector.estimate("select * from orders", 5_000).rows()).isEqualTo(500);
        Connector.Estimate crossed = connector.estimate("select * from orders a, orders b, orders c", 5_000);
        assertThat(crossed.cost()).isGreaterThan(1e8);
        assertThat(crossed.hints()).anyMatch(hint -> hint.contains("join condition seems to be missing"));
        assertThat(connector.estimate("select * from orders join customer on customer.id = customer_id", 5_000).hints()).isEmpty();
    }

    @Test
    void takesOnlyFilesThatAreDatabases() {
        DuckDbConnectorFactory factory = new DuckDbConnectorFactory(Settings.of(), WATCHDOG);
        assertThat(factory.address("jdbc:duckdb:" + file, Map.of()).url()).isEqualTo("jdbc:duckdb:" + file);
        for (String wrong : List.of("jdbc:duckdb:", "jdbc:duckdb::memory:", "jdbc:duckdb:" + file + ";access_mode=read_write",
                "jdbc:duckdb:" + file + "?x=1", "jdbc:duckdb:md:mine", "jdbc:duckdb:http://127.0.0.1/x.duckdb",
                "jdbc:duckdb:" + folder, "jdbc:duckdb:" + folder.resolve("secret.csv"), "jdbc:duckdb:/no/such.duckdb",
                "jdbc:sqlite:" + file)) {
            assertThatThrownBy(() -> factory.address(wrong, Map.of())).as(wrong).isInstanceOf(FailureException.class);
        }
        assertThatThrownBy(() -> factory.address("jdbc:duckdb:" + file, Map.of("threads", "9")))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void saysThatTheFileIsGone() {
        try (Connector gone = open(folder.resolve("gone.duckdb"))) {
            assertThatThrownBy(gone::ping).isInstanceOf(Connector.UnavailableException.class);
            assertThat(folder.resolve("gone.duckdb")).doesNotExist();
        }
    }
}
