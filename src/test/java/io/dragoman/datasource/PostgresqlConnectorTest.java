package io.dragoman.datasource;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import io.dragoman.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(120)
class PostgresqlConnectorTest {

    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final JdbcTemplate OWNER = new JdbcTemplate(DATABASE.dataSource());
    private static final QueryWatchdog WATCHDOG = new QueryWatchdog();
    private static final ExecutorService CALLERS = Executors.newCachedThreadPool();
    private static Connector connector;

    @BeforeAll
    static void connect() {
        OWNER.execute("""
                create table "Customer" (id int primary key, name text not null, city varchar(50), note text, born date);
                create table orders (id bigint primary key, customer_id int references "Customer", total numeric(12,2),
                                     status text, placed timestamp);
                create view big_orders as select * from orders where total > 100;
                create table shipment (order_id bigint primary key references orders, carrier text);
                comment on table orders is 'What was ordered';
                comment on column orders.total is 'In euros';
                insert into "Customer" select i, 'Name ' || i, (array['Oslo','Rome','Lima'])[1 + i % 3], repeat('x', 200),
                       date '2000-01-01' + i from generate_series(1, 50) i;
                insert into orders select i, 1 + i % 50, i * 10.5, (array['open','paid'])[1 + i % 2],
                       timestamp '2024-01-01' + i * interval '1 hour' from generate_series(1, 500) i;
                create schema other; create table other.secret_plan (id int)""");
        connector = open(DATABASE.url(), Map.of());
    }

    private static Connector open(String url, Map<String, String> options, String... settings) {
        DataSourceDefinition definition = new DataSourceDefinition(UUID.randomUUID(), "pg", "postgresql", url,
                DATABASE.user(), options, null);
        return new PostgresqlConnector(definition, Secrets.NONE, Settings.of(settings), WATCHDOG);
    }

    @AfterAll
    static void close() {
        connector.close();
        WATCHDOG.stop();
        CALLERS.shutdownNow();
    }

    @Test
    void keepsTheTypesOfValues() {
        ResultTable result = connector.execute("select 1::int a, 2.50::numeric b, null::text c, true d, 'x' e, "
                + "date '2024-02-29' f, timestamp '2024-02-29 10:00' g, 0.1::float8 h, 'NaN'::numeric i, "
                + "'infinity'::date j, array[1,2] k, 9007199254740993::bigint l, interval '1 day 2 hours' m, "
                + "array['a,b', null, 'c'] n, '\\x00ff'::bytea o, '537b3277-7256-4a24-bb21-5bcb2933d616'::uuid p, "
                + "'{\"a\": 1.50}'::jsonb q, timestamptz '2024-02-29 10:00:00+00' r, time '10:00' s, array[[1.50],[2]]::numeric[] t", 10, 5_000);
        assertThat(result.rows()).containsExactly(Arrays.asList(1L, new BigDecimal("2.50"), null, true, "x",
                LocalDate.of(2024, 2, 29), LocalDateTime.of(2024, 2, 29, 10, 0), 0.1, "NaN", "infinity", "[1,2]",
                9007199254740993L, "P1DT2H", "[\"a,b\",null,\"c\"]", "0x00ff", "537b3277-7256-4a24-bb21-5bcb2933d616",
                "{\"a\": 1.50}", result.rows().get(0).get(17), LocalTime.of(10, 0), "[[1.50],[2]]"));
        assertThat((OffsetDateTime) result.rows().get(0).get(17)).isEqualTo("2024-02-29T10:00Z");
        assertThat(result.columns().get(1)).isEqualTo(new ResultTable.ResultColumn("b", "numeric"));
    }

    @Test
    void saysWhetherThereWereMoreRows() {
        assertThat(connector.execute("select * from orders", 500, 5_000).truncated()).isFalse();
        ResultTable cut = connector.execute("select * from orders", 499, 5_000);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.rowCount()).isEqualTo(499);
        assertThat(connector.execute("select * from orders", 10, 5_000).rows()).hasSize(10);
    }

    @Test
    void cutsOffWhatHasTooManyBytes() {
        ResultTable result = connector.execute("select repeat('x', 10000) from generate_series(1, 1000)",
                new Connector.Limits(1_000, 102_400, 5_000, 5_000, new Cancellation()));
        assertThat(result.truncated()).isTrue();
        assertThat(result.rowCount()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from orders", "insert into orders values (9999)", "create table t (a int)",
        "commit; delete from orders", "rollback; set default_transaction_read_only = off; delete from orders",
        "select 1; select 2", "with gone as (delete from orders returning 1) select * from gone",
        "begin read write; delete from orders", "select nextval('no_such')", "drop table orders", "vacuum", "",
        "set transaction read write; delete from orders", "copy orders to '/tmp/never'", "do $$ begin delete from orders; end $$",
        "select set_config('transaction_read_only', 'off', false), (select 1)"})
    void writesNothing(String query) {
        assertThatThrownBy(() -> connector.execute(query, 10, 5_000)).isInstanceOf(Connector.QueryFailedException.class);
        assertThat(OWNER.queryForObject("select count(*) from orders", Long.class)).isEqualTo(500);
    }

    @Test
    void leavesNoSettingBehind() {
        try (Connector one = open(DATABASE.url(), Map.of(), "execution.pool", "1")) {
            one.execute("select set_config('default_transaction_read_only', 'off', false), set_config('search_path', 'other', false)", 1, 5_000);
            assertThat(one.execute("select current_setting('default_transaction_read_only'), current_setting('search_path')", 1,
                    5_000).rows()).containsExactly(List.of("on", "public"));
        }
    }

    @Test
    void cancelsAQueryWhoseTimeIsOver() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> connector.execute("select pg_sleep(30)", 1, 200))
                .isInstanceOf(Connector.QueryTimeoutException.class).hasMessageContaining("200 ms");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(20_000);
        assertThat(running("pg_sleep(30)")).isZero();
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void cancelsAQueryWhoseCallerIsInterrupted() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                connector.execute("select pg_sleep(31)", 1, 30_000);
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        caller.start();
        eventually(() -> running("pg_sleep(31)") > 0);
        caller.interrupt();
        caller.join(20_000);
        assertThat(thrown).singleElement().isInstanceOf(Connector.QueryCancelledException.class);
        assertThat(running("pg_sleep(31)")).isZero();
    }

    @Test
    void cancelsAQueryWhoseCallerCancels() throws Throwable {
        atLeastOnce(() -> {
            Cancellation cancellation = new Cancellation();
            Future<ResultTable> result = CALLERS.submit(() -> connector.execute("select pg_sleep(32)",
                    new Connector.Limits(1, 1_000, 30_000, 30_000, cancellation)));
            eventually(() -> running("pg_sleep(32)") > 0);
            long start = System.nanoTime();
            cancellation.cancel();
            assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(Connector.QueryCancelledException.class);
            assertThat(running("pg_sleep(32)")).isZero();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
        });
    }

    @Test
    void beginsNoQueryOfACallerWhoCancelledBefore() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThatThrownBy(() -> connector.execute("select 1", new Connector.Limits(1, 1_000, 5_000, 5_000, cancellation)))
                .isInstanceOf(Connector.QueryCancelledException.class);
    }

    @Test
    void showsARunawayQueryGoneFromTheDatabaseWithinASecondOfItsTimeout() throws Throwable {
        String runaway = "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b where 33 = 33";
        atLeastOnce(() -> {
            long start = System.nanoTime();
            Future<ResultTable> result = CALLERS.submit(() -> connector.execute(runaway, 1, 500));
            eventually(() -> running("33 = 33") > 0 || result.isDone());
            assertThat(result.isDone()).as("it was seen to run").isFalse();
            eventually(() -> running("33 = 33") == 0);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(500L, 1_500L);
            assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(Connector.QueryTimeoutException.class);
        });
    }

    @Test
    void countsNotTheTimeThatASlowReaderTakes() {
        List<Object> read = new ArrayList<>();
        connector.stream("select id from orders order by id limit 10",
                new Connector.Limits(100, 1_000_000, 1_500, 60_000, new Cancellation()), new SlowReader(read, 200));
        assertThat(read).hasSize(10);
    }

    @Test
    void endsAStreamWhoseReaderIsTooSlowAltogether() throws Throwable {
        atLeastOnce(() -> assertThatThrownBy(() -> connector.stream("select id from orders order by id",
                new Connector.Limits(1_000, 1_000_000, 300, 600, new Cancellation()), new SlowReader(new ArrayList<>(), 100)))
                .isInstanceOf(Connector.QueryTimeoutException.class).hasMessageContaining("600 ms"));
    }

    @Test
    void endsTheQueryOfAReaderWhoHangsUp() {
        assertThatThrownBy(() -> connector.stream("select id, repeat('x', 1000) from generate_series(1, 1000000) id where 34 = 34",
                new Connector.Limits(1_000_000, Long.MAX_VALUE, 30_000, 30_000, new Cancellation()), new Connector.RowSink() {
                    @Override
                    public void columns(List<ResultTable.ResultColumn> columns) {
                        assertThat(columns).hasSize(2);
                    }

                    @Override
                    public void row(List<Object> values) {
                        throw new UncheckedIOException(new IOException("hung up"));
                    }
                })).isInstanceOf(UncheckedIOException.class);
        assertThat(running("34 = 34")).isZero();
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    private record SlowReader(List<Object> read, long pauseMs) implements Connector.RowSink {
        @Override
        public void columns(List<ResultTable.ResultColumn> columns) {
            assertThat(columns).isNotEmpty();
        }

        @Override
        public void row(List<Object> values) {
            read.add(values.get(0));
            try {
                Thread.sleep(pauseMs);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static long running(String part) {
        return OWNER.queryForObject("select count(*) from pg_stat_activity where state = 'active' and query like '%" + part
                + "%' and pid <> pg_backend_pid()", Long.class);
    }

    @Test
    void asksTheDatabaseWhetherAQueryWouldRun() {
        assertThat(connector.check("select total from orders", 5_000)).isNull();
        assertThat(connector.check("select totl from orders", 5_000)).contains("totl", "Hint", "orders.total");
        assertThat(connector.check("analyze delete from orders", 5_000)).contains("read-only");
        assertThat(connector.check("select 1; drop table orders", 5_000)).contains("one statement");
    }

    @Test
    void reconnectsWhenTheServerDroppedTheConnection() {
        connector.execute("select 1", 1, 5_000);
        OWNER.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dragoman'");
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void saysThatNobodyListens() {
        try (Connector nowhere = open("jdbc:postgresql://127.0.0.1:1/none", Map.of())) {
            assertThatThrownBy(nowhere::ping).isInstanceOf(Connector.UnavailableException.class)
                    .hasMessageContaining("127.0.0.1:1").hasMessageContaining("refused");
        }
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        try (Connector nowhere = open(DATABASE.url() + "_none", Map.of())) {
            assertThatThrownBy(nowhere::ping).isInstanceOf(Connector.UnavailableException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void readsTheCatalogue() {
        Connector.Catalogue catalogue = connector.introspect(true);
        assertThat(catalogue.tables()).extracting(TableDefinition::name)
                .containsExactly("other.secret_plan", "Customer", "big_orders", "orders", "shipment");
        TableDefinition orders = catalogue.tables().get(3);
        assertThat(orders.description()).isEqualTo("What was ordered");
        assertThat(orders.rowCount()).isEqualTo(500);
        assertThat(orders.column("total").orElseThrow()).extracting(ColumnDefinition::type, ColumnDefinition::description)
                .containsExactly("numeric(12,2)", "In euros");
        assertThat(orders.column("status").orElseThrow().sampleValues()).containsExactly("open", "paid");
        assertThat(orders.column("status").orElseThrow().distinctCount()).isEqualTo(2);
        assertThat(orders.column("id").orElseThrow().primaryKey()).isTrue();
        TableDefinition customer = catalogue.tables().get(1);
        assertThat(customer.column("note").orElseThrow().sampleValues()).isEmpty();
        assertThat(customer.column("name").orElseThrow().nullable()).isFalse();
        assertThat(catalogue.relationships()).containsExactlyInAnyOrder(
                new Relationship(null, "orders", List.of("customer_id"), "Customer", List.of("id"), "many_to_one"),
                new Relationship(null, "shipment", List.of("order_id"), "orders", List.of("id"), "one_to_one"));
    }

    @Test
    void readsOneSchemaWhenToldTo() {
        try (Connector other = open(DATABASE.url(), Map.of("schema", "other"))) {
            assertThat(other.introspect(false).tables()).extracting(TableDefinition::name).containsExactly("secret_plan");
            assertThat(other.execute("select * from secret_plan", 1, 5_000).rows()).isEmpty();
        }
    }

    @Test
    void takesNoSampleOfColumnsWithManyValues() {
        try (Connector few = open(DATABASE.url(), Map.of(), "introspection.max-distinct", "10")) {
            TableDefinition customer = few.introspect(true).tables().get(1);
            assertThat(customer.column("name").orElseThrow().sampleValues()).isEmpty();
            assertThat(customer.column("city").orElseThrow().sampleValues()).containsExactly("Lima", "Oslo", "Rome");
        }
    }
}
