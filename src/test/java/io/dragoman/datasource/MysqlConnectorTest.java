package io.dragoman.datasource;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.failure.FailureException;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import io.dragoman.testing.MariaDbServer;
import io.dragoman.testing.Requires;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Against MariaDB, which speaks MySQL's protocol: Debian has no MySQL server. */
@Timeout(120)
@Requires(MariaDbServer.class)
class MysqlConnectorTest {

    private static final QueryWatchdog WATCHDOG = new QueryWatchdog();
    private static final ExecutorService CALLERS = Executors.newCachedThreadPool();
    private static final String CROSS = "select count(*) from numbers a, numbers b, numbers c where a.n + b.n + c.n = ";
    private static JdbcTemplate owner;
    private static Connector connector;

    @BeforeAll
    static void fill() {
        owner = new JdbcTemplate(new DriverManagerDataSource(MariaDbServer.url(), "root", ""));
        for (String one : List.of("create table customer (id int primary key, name varchar(50) not null, note text) "
                        + "comment 'Who buys'",
                "create table orders (id bigint primary key, customer_id int, total decimal(12,2) comment 'In euros', "
                        + "status enum('open', 'paid'), placed datetime, foreign key (customer_id) references customer (id))",
                "create table shipment (order_id bigint primary key, carrier text, foreign key (order_id) references orders (id))",
                "create view big_orders as select * from orders where total > 100",
                "create table numbers (n int primary key, m int)",
                "insert into numbers select seq, seq % 100 from seq_1_to_60000",
                "insert into customer select seq, concat('Name ', seq), repeat('x', 200) from seq_1_to_50",
                "insert into orders select seq, 1 + seq % 50, seq * 10.5, if(seq % 2, 'open', 'paid'), '2024-01-01' "
                        + "from seq_1_to_500", "analyze table numbers, orders, customer")) {
            owner.execute(one);
        }
        connector = open();
    }

    private static Connector open(String... settings) {
        return new MysqlConnector(new DataSourceDefinition(UUID.randomUUID(), "my", "mysql", MariaDbServer.url(), "root",
                Map.of(), null), Secrets.NONE, Settings.of(settings), WATCHDOG);
    }

    @AfterAll
    static void close() {
        if (connector != null) {
            connector.close();
        }
        CALLERS.shutdownNow();
        WATCHDOG.stop();
    }

    @Test
    void keepsTheTypesOfValues() {
        ResultTable result = connector.execute("select 1 a, cast(2.50 as decimal(9,2)) b, null c, true d, 'x' e, "
                + "date '2024-02-29' f, cast('2024-02-29 10:00:00.5' as datetime(1)) g, cast(0.1 as double) h, x'00ff' i, "
                + "cast('00:30:00' as time) j, cast('100:00:00' as time) k, cast(18446744073709551615 as unsigned) l, "
                + "json_object('a', 1.50) m, 9007199254740993 n, b'101' o", 10, 5_000);
        assertThat(result.rows().get(0)).isEqualTo(Arrays.asList(1L, new BigDecimal("2.50"), null, 1L, "x",
                LocalDate.of(2024, 2, 29), LocalDateTime.of(2024, 2, 29, 10, 0, 0, 500_000_000), 0.1, "0x00ff",
                LocalTime.of(0, 30), "100:00:00", new BigDecimal("18446744073709551615"), "{\"a\": 1.50}",
                9007199254740993L, "0x05"));
    }

    @Test
    void givesPointsInTimeWithTheirOffset() {
        owner.execute("create table if not exists moment (at timestamp null, zero date)");
        owner.execute("set session sql_mode = ''");
        owner.update("delete from moment");
        owner.execute("insert ignore into moment values (from_unixtime(1704067200), '0000-00-00')");
        assertThat(connector.execute("select at, zero from moment", 10, 5_000).rows().get(0))
                .isEqualTo(List.of(OffsetDateTime.parse("2024-01-01T00:00Z"), "0000-00-00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete from orders", "insert into orders (id) values (9999)", "create table t (a int)",
        "create temporary table t (a int)", "select 1; delete from orders", "drop table orders", "truncate orders", "commit", "",
        "set session transaction read write", "set autocommit = 0", "start transaction read write", "lock tables orders write",
        "load data local infile '/etc/passwd' into table orders", "select 1 into @x", "select 1 into outfile '/tmp/never'",
        "update orders set total = 0", "replace into orders (id) values (1)", "call nothing()", "do sleep(0)",
        "prepare p from 'delete from orders'", "/*!50000 delete from orders */", "/*M! delete from orders */",
        "grant all on *.* to root", "handler orders open", "select * from orders for update into @a"})
    void writesNothing(String query) {
        assertThatThrownBy(() -> connector.execute(query, 10, 5_000)).isInstanceOf(FailureException.class);
        assertThat(owner.queryForObject("select count(*) from orders", Long.class)).isEqualTo(500);
        assertThat(owner.queryForObject("select count(*) from orders where total > 0", Long.class)).isEqualTo(500);
    }

    /** The server itself refuses, also when the driver's own look at the text is got around. */
    @ParameterizedTest
    @ValueSource(strings = {"delete from orders", "insert into orders (id) values (9999)", "create table t (a int)",
        "drop table orders", "select 1; delete from orders", "update orders set total = 0", "truncate orders"})
    void isHeldByTheServerItself(String query) throws SQLException {
        DataSourceDefinition definition = new DataSourceDefinition(UUID.randomUUID(), "raw", "mysql", MariaDbServer.url(),
                "root", Map.of(), null);
        MysqlConnector bare = (MysqlConnector) connector;
        try (var connection = MysqlConnector.source(definition, Secrets.NONE, Settings.of()).getConnection()) {
            bare.begin(connection, 5_000);
            try (var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(query)).isInstanceOf(SQLException.class);
            }
        }
        assertThat(owner.queryForObject("select count(*) from orders where total > 0", Long.class)).isEqualTo(500);
    }

    @Test
    void leavesNothingBehindInASession() {
        try (Connector one = open("execution.pool", "1")) {
            one.execute("select @x := 5, get_lock('mine', 0)", 1, 5_000);
            assertThat(one.execute("select @x, is_free_lock('mine'), @@time_zone", 1, 5_000).rows().get(0))
                    .isEqualTo(Arrays.asList(null, 1L, "+00:00"));
        }
    }

    @Test
    void saysWhetherThereWereMoreRows() {
        assertThat(connector.execute("select * from orders", 500, 5_000).truncated()).isFalse();
        ResultTable cut = connector.execute("select * from numbers", 10, 5_000);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.rows()).hasSize(10);
        assertThat(connector.execute("select 1", 10, 5_000).rows()).hasSize(1);
    }

    @Test
    void streamsMoreThanItKeeps() {
        List<Object> last = new ArrayList<>(List.of(0));
        boolean truncated = connector.stream("select a.n, repeat('x', 500) from numbers a, (select 1 union select 2) b",
                new Connector.Limits(200_000, Long.MAX_VALUE, 30_000, 60_000, new Cancellation()), new Connector.RowSink() {
                    @Override
                    public void columns(List<ResultTable.ResultColumn> columns) {
                        assertThat(columns).hasSize(2);
                    }

                    @Override
                    public void row(List<Object> values) {
                        last.set(0, (Integer) last.get(0) + 1);
                    }
                });
        assertThat(truncated).isFalse();
        assertThat(last.get(0)).isEqualTo(120_000);
    }

    @Test
    void showsARunawayQueryGoneFromTheServerWithinASecondOfItsTimeout() throws Throwable {
        atLeastOnce(() -> {
            long start = System.nanoTime();
            Future<ResultTable> result = CALLERS.submit(() -> connector.execute(CROSS + "-33", 1, 500));
            eventually(() -> running("-33") > 0 || result.isDone());
            assertThat(result.isDone()).as("it was seen to run").isFalse();
            eventually(() -> running("-33") == 0);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(500L, 1_500L);
            assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(Connector.QueryTimeoutException.class);
        });
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void killsTheQueryOfACallerWhoCancels() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<ResultTable> result = CALLERS.submit(() -> connector.execute(CROSS + "-34",
                new Connector.Limits(1, 1_000, 30_000, 30_000, cancellation)));
        eventually(() -> running("-34") > 0);
        cancellation.cancel();
        assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(Connector.QueryCancelledException.class);
        eventually(() -> running("-34") == 0);
    }

    /** As the server's list of processes shows it. */
    private static long running(String part) {
        return owner.queryForObject("select count(*) from information_schema.processlist where info like '%= " + part
                + "' and id <> connection_id()", Long.class);
    }

    @Test
    void asksTheServerWhetherAQueryWouldRun() {
        assertThat(connector.check("select total from orders", 5_000)).isNull();
        assertThat(connector.check("select totl from orders", 5_000)).contains("totl");
    }

    @Test
    void readsTheCatalogue() {
        Connector.Catalogue catalogue = connector.introspect(true);
        assertThat(catalogue.tables()).extracting(TableDefinition::name)
                .contains("big_orders", "customer", "numbers", "orders", "shipment");
        TableDefinition customer = catalogue.tables().stream().filter(t -> t.name().equals("customer")).findFirst().orElseThrow();
        assertThat(customer.description()).isEqualTo("Who buys");
        assertThat(customer.column("name").orElseThrow().nullable()).isFalse();
        assertThat(customer.column("note").orElseThrow().sampleValues()).isEmpty();
        TableDefinition orders = catalogue.tables().stream().filter(t -> t.name().equals("orders")).findFirst().orElseThrow();
        assertThat(orders.rowCount()).isEqualTo(500);
        assertThat(orders.column("total").orElseThrow()).extracting(ColumnDefinition::type, ColumnDefinition::description)
                .containsExactly("decimal(12,2)", "In euros");
        assertThat(orders.column("status").orElseThrow().sampleValues()).containsExactly("open", "paid");
        assertThat(orders.column("id").orElseThrow().primaryKey()).isTrue();
        assertThat(catalogue.relationships()).containsExactlyInAnyOrder(
                new Relationship(null, "orders", List.of("customer_id"), "customer", List.of("id"), "many_to_one"),
                new Relationship(null, "shipment", List.of("order_id"), "orders", List.of("id"), "one_to_one"));
    }

    @Test
    void estimatesFromThePlan() {
        assertThat(connector.estimate("select * from numbers where m = 5", 5_000).hints()).singleElement().asString()
                .contains("numbers", "index");
        assertThat(connector.estimate("select * from numbers where n = 5", 5_000).hints()).isEmpty();
        Connector.Estimate crossed = connector.estimate("select a.n from numbers a, numbers b where a.m < b.m", 5_000);
        assertThat(crossed.cost()).isGreaterThan(1e8);
        assertThat(crossed.hints()).anyMatch(hint -> hint.contains("is missing"));
    }

    @Test
    void comesBackAfterItsConnectionWasKilled() {
        connector.execute("select 1", 1, 5_000);
        for (Long id : owner.queryForList("select id from information_schema.processlist where id <> connection_id() "
                + "and command = 'Sleep'", Long.class)) {
            owner.execute("kill " + id);
        }
        assertThat(connector.execute("select 1", 1, 5_000).rows()).hasSize(1);
    }

    @Test
    void saysThatTheServerCannotBeReachedWithoutThePassword() {
        try (Connector wrong = new MysqlConnector(new DataSourceDefinition(UUID.randomUUID(), "my", "mysql",
                MariaDbServer.url(), "nobody", Map.of(), null), new Secrets("s3cret", Map.of()), Settings.of(), WATCHDOG)) {
            assertThatThrownBy(wrong::ping).isInstanceOf(Connector.UnavailableException.class)
                    .hasMessageContaining("Access denied").message().doesNotContain("s3cret");
        }
    }
}
