package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.api.access.Tenants;
import io.dragoman.llm.LlmEndpoint.Fault;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class LlmLedgerTest extends LlmServerTest {

    @Autowired
    private JdbcClient database;

    @Test
    void modelsSaysWhatIsConfiguredAndAliveWithoutKeys() {
        ENDPOINT.fail("claude", Fault.status(401));
        var reply = server.get("/api/v1/models?check=true");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode providers = reply.json().path("data").path("providers");
        assertThat(providers).extracting(one -> one.path("name").asText()).containsExactlyElementsOf(PROVIDERS);
        assertThat(providers.path(0).path("alive").asBoolean()).as(reply.text()).isTrue();
        assertThat(providers.path(1).path("alive").asBoolean()).isFalse();
        assertThat(providers.path(1).path("last_outcome").asText()).isEqualTo("unauthenticated");
        assertThat(reply.text()).doesNotContain("key-of-");
    }

    private static String asking(String question) {
        return "{\"query\": \"" + question + "\", \"schema_group_id\": \"ecommerce\", \"model_config\": {\"provider\": \"claude\"}}";
    }

    /** The rows of a caller: day, model, group, calls, failed, from cache, tokens in, out and cached, and millionths of a dollar. */
    private List<String> usage(String caller, int days) {
        Reply reply = server.get("/api/v1/usage?days=" + days + "&caller=" + caller);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        List<String> rows = new ArrayList<>();
        reply.data().path("items").forEach(row -> {
            assertThat(row.path("caller").asText()).isEqualTo(caller);
            rows.add(Stream.of("day", "provider", "model", "schema_group", "calls", "failed", "from_cache", "input_tokens", "output_tokens",
                    "cached_tokens").map(field -> row.path(field).asText()).collect(Collectors.joining(" ")) + " "
                    + row.path("cost_usd").decimalValue().movePointRight(6).stripTrailingZeros().toPlainString());
        });
        return rows;
    }

    @Test
    void usageSumsUpByDayModelCallerAndSchemaGroupWhatTheCallsSaid() {
        Server asker = new Tenants(server).caller("[\"asker\"]", "");
        String question = question();
        ENDPOINT.fail("claude", Fault.status(503));
        String run = asker.post("/api/v1/query", asking(question)).data().path("query_id").asText();
        String caller = database.sql("SELECT caller FROM llm_calls WHERE run_id = ? LIMIT 1").param(UUID.fromString(run))
                .query(String.class).single();
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        // Intent and meaning by the small model, analysis and query by the other; the first call failed and was made again.
        assertThat(usage(caller, 1)).containsExactlyInAnyOrder(
                today + " claude claude-haiku-4-5 null 2 1 0 120 30 20 252",
                today + " claude claude-haiku-4-5 ecommerce 1 0 0 120 30 20 252",
                today + " claude claude-sonnet-4-5 ecommerce 2 0 0 240 60 40 1512");

        asker.post("/api/v1/query", asking(question));
        assertThat(usage(caller, 1)).as("kept replies cost nothing").containsExactlyInAnyOrder(
                today + " claude claude-haiku-4-5 null 3 1 1 120 30 20 252",
                today + " claude claude-haiku-4-5 ecommerce 2 0 1 120 30 20 252",
                today + " claude claude-sonnet-4-5 ecommerce 4 0 2 240 60 40 1512");

        database.sql("""
                INSERT INTO llm_calls (run_id, stage, provider, model, caller, schema_group, input_tokens, cost_usd, latency_ms, created_at)
                VALUES (?, 'generate', 'gemini', 'gemini-2.5-pro', ?, 'bank', 7, 0.5, 1, now() - interval '2 days')
                """).params(UUID.randomUUID(), caller).update();
        String before = LocalDate.now(ZoneOffset.UTC).minusDays(2) + " gemini gemini-2.5-pro bank 1 0 0 7 0 0 500000";
        assertThat(usage(caller, 2)).doesNotContain(before);
        assertThat(usage(caller, 3)).endsWith(before).hasSize(4);
        assertThat(server.get("/api/v1/usage?days=0").status()).isEqualTo(400);
        assertThat(asker.get("/api/v1/usage").status()).as("it is everybody's").isEqualTo(403);
    }

    @Test
    void theSameQuestionAgainCostsNothing() {
        String question = "{\"query\": \"Count the customers twice over\", \"schema_group_id\": \"ecommerce\"}";
        ask(question);
        int calls = ENDPOINT.asked().size();
        JsonNode again = ask(question).json().path("data");
        assertThat(ENDPOINT.asked()).hasSize(calls);
        assertThat(again.path("engine").asText()).isEqualTo("llm");
        assertThat(again.path("usage").path("input_tokens").asLong()).isZero();
    }
}
