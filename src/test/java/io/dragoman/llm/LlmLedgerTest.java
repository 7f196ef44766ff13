package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.llm.LlmEndpoint.Fault;
import org.junit.jupiter.api.Test;

class LlmLedgerTest extends LlmServerTest {

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

    @Test
    void usageSumsUpTokensAndCostByModel() {
        ask("{\"query\": \"Count the customers for the ledger\", \"schema_group_id\": \"ecommerce\"}");
        var reply = server.get("/api/v1/usage?days=1");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode row = null;
        for (JsonNode one : reply.json().path("data").path("items")) {
            if (one.path("model").asText().equals("gemini-2.5-pro")) {
                row = one;
            }
        }
        assertThat(row).as(reply.text()).isNotNull();
        assertThat(row.path("input_tokens").asLong()).isPositive();
        assertThat(row.path("cost_usd").decimalValue().signum()).isPositive();
        assertThat(server.get("/api/v1/usage?days=0").status()).isEqualTo(400);
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
