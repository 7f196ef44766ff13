package io.dragoman.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SqlitePlanTest {

    private static final QueryWatchdog WATCHDOG = new QueryWatchdog();
    @TempDir
    private static Path folder;
    private static Connector connector;

    @BeforeAll
    static void fill() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("plans.sqlite");
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table trade (id integer primary key, symbol text, price real)");
            statement.executeUpdate("create table quote (id integer primary key, trade_id int, symbol text)");
            statement.executeUpdate("create index quote_trade on quote (trade_id)");
            statement.executeUpdate("create table pair (a int, b int, primary key (a, b)) without rowid");
            statement.executeUpdate("with n(i) as (select 1 union all select i + 1 from n where i < 60000)"
                    + " insert into trade select i, 'S' || i % 100, i from n");
            statement.executeUpdate("insert into quote select id, id, symbol from trade where id <= 20000");
        }
        connector = new SqliteConnector(new DataSourceDefinition(UUID.randomUUID(), "plans", "sqlite", url, null, Map.of(),
                null), Settings.of(), WATCHDOG);
    }

    @AfterAll
    static void close() {
        connector.close();
        WATCHDOG.stop();
    }

    private static Connector.Estimate estimate(String query) {
        return connector.estimate(query, 5_000);
    }

    @Test
    void countsTheRowsThatAreGoneThrough() {
        assertThat(estimate("select * from trade").cost()).isEqualTo(60_000);
        assertThat(estimate("select * from trade where id = 7").cost()).isLessThan(10);
        assertThat(estimate("select * from trade, quote").cost()).isGreaterThan(1e9);
        assertThat(estimate("select count(*) from trade where price > (select avg(price) from trade)").cost())
                .isEqualTo(120_000);
        assertThat(estimate("select * from pair").cost()).isZero();
    }

    @Test
    void hintsAtAnIndexThatIsMissing() {
        assertThat(estimate("select * from trade where symbol = 'S7'").hints()).singleElement().asString()
                .contains("trade", "60,000", "index");
    }

    @Test
    void hintsAtAJoinConditionThatIsMissing() {
        assertThat(estimate("select count(*) from trade t, quote q").hints()).singleElement().asString()
                .contains("trade", "quote", "is missing");
        assertThat(estimate("select (select count(*) from quote q where q.symbol < t.symbol) from trade t").hints())
                .singleElement().asString().contains("quote", "for each row of trade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from trade", "select symbol, count(*) from trade group by symbol order by 2",
            "select * from quote join trade on quote.trade_id = trade.id", "select * from quote where symbol = 'S7'",
            "select * from trade where id between 5 and 9", "select max(price) from trade", "values (1)"})
    void hintsAtNothingWhereNothingIsSlow(String query) {
        assertThat(estimate(query).hints()).isEmpty();
    }

    @Test
    void refusesWhatTheDatabaseRefuses() {
        assertThatThrownBy(() -> estimate("select x from nowhere")).isInstanceOf(Connector.QueryFailedException.class)
                .hasMessageContaining("nowhere");
    }
}
