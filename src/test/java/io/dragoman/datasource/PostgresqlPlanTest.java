package io.dragoman.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.storage.TestDatabase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(60)
class PostgresqlPlanTest {

    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final QueryWatchdog WATCHDOG = new QueryWatchdog();
    private static Connector connector;

    @BeforeAll
    static void connect() {
        new JdbcTemplate(DATABASE.dataSource()).execute("""
                create table trade (id int primary key, symbol text, price numeric);
                insert into trade select i, 'S' || i % 1000, i from generate_series(1, 60000) i;
                create table quote (id int primary key, symbol text);
                insert into quote select i, 'S' || i % 1000 from generate_series(1, 20000) i;
                create table small (id int primary key);
                insert into small select generate_series(1, 100);
                analyze""");
        connector = new PostgresqlConnector(new DataSourceDefinition(UUID.randomUUID(), "plans", "postgresql", DATABASE.url(),
                DATABASE.user(), Map.of(), null), Secrets.NONE, Settings.of(), WATCHDOG);
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
    void expectsRowsAndACost() {
        Connector.Estimate whole = estimate("select * from trade");
        assertThat(whole.rows()).isBetween(55_000L, 65_000L);
        assertThat(whole.hints()).isEmpty();
        assertThat(estimate("select * from trade where id = 7").cost()).isLessThan(whole.cost() / 10);
    }

    @Test
    void hintsAtAnIndexThatIsMissing() {
        assertThat(estimate("select * from trade where symbol = 'S7'").hints()).singleElement().asString()
                .contains("60,000 rows of trade", "symbol", "index");
        assertThat(estimate("select * from trade where id = 7").hints()).isEmpty();
        assertThat(estimate("select * from small where id + 1 = 7").hints()).isEmpty();
    }

    @Test
    void hintsAtAJoinConditionThatIsMissing() {
        assertThat(estimate("select count(*) from trade, quote").hints()).singleElement().asString()
                .contains("trade", "quote", "join condition seems to be missing");
        assertThat(estimate("select count(*) from trade join quote using (id)").hints()).isEmpty();
        assertThat(estimate("select * from small a, small b").hints()).isEmpty();
    }

    @Test
    void hintsAtRowsThatAreComparedPairByPair() {
        assertThat(estimate("select count(*) from trade t join quote q on t.price < q.id").hints()).singleElement().asString()
                .contains("pair", "t.price", "index");
    }

    @Test
    void refusesWhatTheDatabaseRefuses() {
        assertThatThrownBy(() -> estimate("select nothing from nowhere")).isInstanceOf(Connector.QueryFailedException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> estimate("select 1; delete from trade")).isInstanceOf(Connector.QueryFailedException.class)
                .hasMessageContaining("one statement");
    }

    @Test
    void runsNothingThatItEstimates() {
        Connector.Estimate slow = estimate("select pg_sleep(20) from trade");
        assertThat(slow.rows()).isPositive();
        assertThatThrownBy(() -> estimate("analyze select 1) select 2 --")).isInstanceOf(Connector.QueryFailedException.class);
    }
}
