package io.dragoman.datasource.kdb;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.kx.c;
import io.dragoman.datasource.Cancellation;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.ResultTable;
import io.dragoman.datasource.Secrets;
import io.dragoman.datasource.Settings;
import io.dragoman.schema.TableDefinition;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server whose end of the wire is Kx's own library, or bytes where it would not send such. */
@Timeout(120)
class KdbConnectorTest {

    private WireServer server;
    private Connector connector;

    private Connector connect(WireServer.Answer answer) throws IOException {
        server = new WireServer(answer);
        return connect(server.port(), "me", "s3cret");
    }

    private Connector connect(int port, String user, String password) {
        DataSourceDefinition definition = new DataSourceDefinition(UUID.randomUUID(), "ticks", "q", "kdb://localhost:" + port,
                user, Map.of(), null);
        connector = new KdbConnectorFactory(Settings.of("execution.max-bytes", "1MB", "introspection.max-distinct", "3"))
                .open(definition, new Secrets(password, Map.of()));
        return connector;
    }

    @AfterEach
    void stop() throws IOException {
        if (connector != null) {
            connector.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static c.Flip table() {
        return new c.Flip(new c.Dict(new String[] {"sym", "price", "size"}, new Object[] {new String[] {"a", "b", ""},
            new double[] {1.5, Double.NaN, 2}, new long[] {1, Long.MIN_VALUE, 3}}));
    }

    @Test
    void givesTheRowsOfATable() throws Exception {
        ResultTable rows = connect((connection, function, query) -> connection.kr(table())).execute("select from t", 10, 5_000);
        assertThat(rows.columns().toString()).contains("name=sym, type=symbol", "name=price, type=float", "name=size, type=long");
        assertThat(rows.rows()).containsExactly(List.of("a", 1.5, 1L), Arrays.asList("b", null, null), Arrays.asList(null, 2.0, 3L));
        assertThat(rows.truncated()).isFalse();
    }

    @Test
    void sendsTheTextAsDataToARestrictedEvaluation() throws Exception {
        String hostile = "select from t where s=\"\\\"];exit 0;\"";
        connect((connection, function, query) -> connection.kr(table())).execute(hostile, 10, 5_000);
        assertThat(server.functions).containsExactly("{reval(value;enlist x)}");
        assertThat(server.asked).containsExactly(hostile);
    }

    @Test
    void signsInAndKeepsItsConnection() throws Exception {
        Connector kdb = connect((connection, function, query) -> connection.kr(1L));
        kdb.execute("1", 1, 5_000);
        kdb.execute("1", 1, 5_000);
        assertThat(server.credentials).containsExactly("me:s3cret");
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void saysWhenItsCredentialsAreRefused() throws Exception {
        Connector kdb = connect((connection, function, query) -> connection.kr(1L));
        server.refuse();
        assertThatThrownBy(kdb::ping).isInstanceOf(Connector.UnavailableException.class).hasMessageContaining("refused the user")
                .hasMessageNotContaining("s3cret");
        assertThat(server.credentials).hasSize(1);
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        ServerSocket reserved = new ServerSocket(0);
        Connector kdb = connect(reserved.getLocalPort(), "me", "s3cret");
        reserved.close();
        assertThatThrownBy(kdb::ping).isInstanceOf(Connector.UnavailableException.class).hasMessageContaining("ticks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:you", "m\u0000e"})
    void refusesUsersThatTheProtocolCannotSay(String user) throws Exception {
        server = new WireServer((connection, function, query) -> connection.kr(1L));
        assertThatThrownBy(() -> connect(server.port(), user, "x")).isInstanceOf(Connector.UnavailableException.class);
    }

    @Test
    void tellsTheServersErrorsAndGoesOn() throws Exception {
        Connector kdb = connect((connection, function, query) -> {
            if (query.equals("bad")) {
                connection.ke("type");
            } else {
                connection.kr(1L);
            }
        });
        assertThatThrownBy(() -> kdb.execute("bad", 1, 5_000)).isInstanceOf(Connector.QueryFailedException.class).hasMessage("'type");
        assertThat(kdb.execute("good", 1, 5_000).rowCount()).isEqualTo(1);
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void readsCompressedRepliesAndRepliesInPieces() throws Exception {
        double[] prices = new double[20_000];
        Arrays.setAll(prices, i -> i % 10);
        Connector kdb = connect((connection, function, query) -> {
            byte[] message = new c().serialize(2, new c.Flip(new c.Dict(new String[] {"price"}, new Object[] {prices})), true);
            assertThat(message[2]).isEqualTo((byte) 1);
            for (int from = 0; from < message.length; from += 997) {
                WireServer.raw(connection, Arrays.copyOfRange(message, from, Math.min(message.length, from + 997)));
                Thread.sleep(1);
            }
        });
        ResultTable rows = kdb.execute("select price from t", 15_000, 10_000);
        assertThat(rows.rowCount()).isEqualTo(15_000);
        assertThat(rows.truncated()).isTrue();
        assertThat(rows.rows().get(14_999)).containsExactly(9.0);
    }

    @Test
    void passesOverMessagesThatNobodyAskedFor() throws Exception {
        Connector kdb = connect((connection, function, query) -> {
            WireServer.raw(connection, new c().serialize(0, new Object[] {"upd", 1L}, false));
            connection.kr(7L);
        });
        assertThat(kdb.execute("1", 1, 5_000).rows().get(0)).containsExactly(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01020000ffffff7f", "01020000ffffffff", "0102010020000000ffffff7f0000000000000000000000000000000000000000000000",
        "010200000e0000000700ffffff7f", "4854545020322e30", "0102000000000000", "010100000d000000fa01000000", "0102000009000000c8",
        "010201000a0000000000"})
    void refusesRepliesThatLie(String hex) throws Exception {
        Connector kdb = connect((connection, function, query) -> WireServer.raw(connection, HexFormat.of().parseHex(hex)));
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThatThrownBy(() -> kdb.execute("1", 1, 5_000)).isInstanceOf(Connector.QueryFailedException.class);
        assertThat(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before).isLessThan(64L << 20);
    }

    @Test
    void triesAgainWhenTheConnectionIsLost() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Connector kdb = connect((connection, function, query) -> {
            if (calls.incrementAndGet() <= 2) {
                WireServer.raw(connection, HexFormat.of().parseHex("010200000d"));
                connection.close();
            } else {
                connection.kr(1L);
            }
        });
        assertThat(kdb.execute("1", 1, 5_000).rowCount()).isEqualTo(1);
        assertThat(calls).hasValue(3);
    }

    @Test
    void findsItsWayBackAfterARestartOfTheProcess() throws Exception {
        CyclicBarrier all = new CyclicBarrier(4);
        Connector kdb = connect((connection, function, query) -> {
            if (query.equals("2")) {
                all.await();
            }
            connection.kr(1L);
        });
        CompletableFuture.allOf(IntStream.range(0, 4).mapToObj(i -> CompletableFuture.runAsync(() -> kdb.execute("2", 1, 5_000),
                work -> new Thread(work).start())).toArray(CompletableFuture[]::new)).join();
        assertThat(server.connections).hasValue(4);
        server.hangUp();
        assertThat(kdb.execute("1", 1, 5_000).rowCount()).isEqualTo(1);
        assertThat(server.connections).hasValue(5);
    }

    @Test
    void endsAQueryThatTakesTooLongByClosingItsConnection() throws Throwable {
        Semaphore closed = new Semaphore(0);
        Connector kdb = connect((connection, function, query) -> {
            if (query.equals("slow")) {
                try {
                    connection.readMsg();
                } finally {
                    closed.release();
                }
            }
            connection.kr(1L);
        });
        atLeastOnce(() -> {
            long start = System.nanoTime();
            assertThatThrownBy(() -> kdb.execute("slow", 1, 300)).isInstanceOf(Connector.QueryTimeoutException.class);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(290L, 1_300L);
        });
        assertThat(closed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(kdb.execute("fast", 1, 5_000).rowCount()).isEqualTo(1);
    }

    @Test
    void endsWhenItsCallerCancels() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Connector kdb = connect((connection, function, query) -> {
            asked.countDown();
            connection.readMsg();
        });
        Cancellation cancellation = new Cancellation();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            var running = pool.submit(() -> kdb.execute("slow", new Connector.Limits(1, 1_000_000, 20_000, 20_000, cancellation)));
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            cancellation.cancel();
            assertThatThrownBy(() -> running.get(15, TimeUnit.SECONDS)).hasCauseInstanceOf(Connector.QueryCancelledException.class);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void hasTheServerParseWhatItChecks() throws Exception {
        Connector kdb = connect((connection, function, query) -> {
            if (query.contains("(")) {
                connection.ke("(");
            } else {
                connection.kr(4L);
            }
        });
        assertThat(kdb.check("select from t", 5_000)).isNull();
        assertThat(kdb.check("select (", 5_000)).isEqualTo("'(");
        assertThat(server.functions).containsOnly("{count reval(parse;enlist x)}");
    }

    @Test
    void readsTheCatalogue() throws Exception {
        Connector kdb = connect((connection, function, query) -> connection.kr(switch (query) {
            case "tables[]" -> new String[] {"ref", "trade", "bad name"};
            case "$[`pf in key`.Q;.Q.pf;`]" -> "date";
            case "$[`pt in key`.Q;.Q.pt;`$()]" -> new String[] {"trade"};
            case "keys ref" -> new String[] {"sym"};
            case "0!meta ref" -> meta("sym name", "sC");
            case "0!meta trade" -> meta("date sym price cond", "dsfs");
            case "count trade" -> 5_000_000_000L;
            case "count ref" -> 2L;
            case "4 sublist exec distinct sym from select distinct sym from ref" -> new String[] {"b", "a"};
            case "4 sublist exec distinct sym from select distinct sym from trade where date=last .Q.pv" -> new String[] {"d", "c", "b", "a"};
            case "4 sublist exec distinct cond from select distinct cond from trade where date=last .Q.pv" -> new String[] {"", "O"};
            default -> new String[0];
        }));
        List<TableDefinition> tables = kdb.introspect(true).tables();
        assertThat(tables).extracting(TableDefinition::name).containsExactly("ref", "trade");
        assertThat(tables.get(0).columns().get(0).primaryKey()).isTrue();
        assertThat(tables.get(0).columns().get(0).sampleValues()).containsExactly("a", "b");
        assertThat(tables.get(0).columns().get(1).type()).isEqualTo("string");
        assertThat(tables.get(1).rowCount()).isEqualTo(5_000_000_000L);
        assertThat(tables.get(1).columns()).extracting(column -> column.type()).containsExactly("date", "symbol", "float", "symbol");
        assertThat(tables.get(1).columns().get(1).sampleValues()).isEmpty();
        assertThat(tables.get(1).columns().get(3).sampleValues()).containsExactly("O");
        assertThat(tables.get(1).columns().get(0).description()).contains("partition");
    }

    private static c.Flip meta(String names, String types) {
        String[] columns = names.split(" ");
        String[] none = new String[columns.length];
        Arrays.fill(none, "");
        return new c.Flip(new c.Dict(new String[] {"c", "t", "f", "a"}, new Object[] {columns, types.toCharArray(), none, none}));
    }
}
