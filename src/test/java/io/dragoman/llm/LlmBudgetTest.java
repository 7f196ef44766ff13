package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.LlmProperties;
import io.dragoman.storage.TestDatabase;
import io.dragoman.storage.WriteBehind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LlmBudgetTest {

    private final DataSource storage = TestDatabase.fresh().dataSource();
    private final JdbcClient database = JdbcClient.create(storage);

    private LlmLedger ledger(double daily, double callerDaily) {
        LlmProperties properties = new LlmProperties("", Map.of(), Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(1), Map.of(), "",
                "", 1_000, daily, callerDaily);
        return new LlmLedger(database, new WriteBehind(storage), new Prices(properties), properties);
    }

    private void spend(String caller, double usd, String when) {
        database.sql("""
                INSERT INTO llm_calls (run_id, stage, provider, model, caller, cost_usd, latency_ms, created_at)
                VALUES (?, 'generate', 'gemini', 'gemini-2.5-pro', ?, ?, 1, now() - ?::interval)
                """).params(UUID.randomUUID(), caller, usd, when).update();
    }

    @Test
    void aSpentDayRefusesEverybodyAndASpentCallerOnlyThatOne() {
        spend("ann", 2, "0s");
        spend("ben", 0.5, "0s");
        assertThat(ledger(0, 0).refusal("ann")).isNull();
        assertThat(ledger(3, 0).refusal("ann")).isNull();
        assertThat(ledger(2.5, 0).refusal("carl")).contains("budget of the day").contains("2.5 USD");
        assertThat(ledger(0, 1).refusal("ann")).contains("Your LLM budget");
        assertThat(ledger(0, 1).refusal("ben")).isNull();
    }

    @Test
    void whatWasSpentTwoDaysAgoDoesNotCount() {
        spend("ann", 100, "48 hours");
        assertThat(ledger(1, 1).refusal("ann")).isNull();
    }

    @Test
    void costsFollowThePriceTableWithCachedTokensCheaper() {
        Prices prices = new Prices(new LlmProperties("", Map.of(), Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(1), Map.of(), "",
                "", 1_000, 0, 0));
        assertThat(prices.cost("gpt-4.1-2025-04-14", 1_000_000, 0, 0)).isEqualTo(2.0);
        assertThat(prices.cost("gpt-4.1-mini", 1_000_000, 500_000, 1_000_000)).isEqualTo(0.2 + 0.05 + 1.6);
        assertThat(prices.cost("somebody-else", 1_000, 0, 1_000)).isZero();
    }
}
