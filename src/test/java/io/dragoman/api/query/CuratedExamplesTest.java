package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions that a curated example of the schema group answers. */
class CuratedExamplesTest extends ApiTest {

    private static final String QUERY = "SELECT COUNT(*) AS big_ones FROM orders WHERE total_amount > 100";

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> added = new ArrayList<>();

    private void teach(String question, String query) {
        Reply reply = server.post("/api/v1/examples", json.createObjectNode().put("schema_group_id", "ecommerce")
                .put("question", question).put("query", query).toString());
        assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
        added.add(reply.data().path("id").asText());
    }

    private JsonNode asked(String question) {
        return server.post("/api/v1/query", json.createObjectNode().put("query", question).put("schema_group_id", "ecommerce")
                .put("execute", true).toString()).data();
    }

    @AfterEach
    void forget() {
        added.forEach(id -> server.send(server.to("/api/v1/examples/" + id).DELETE()));
    }

    @Test
    void answersTheSameQuestionWithTheExamplesQuery() {
        String question = "How is the whale business doing?";
        assertThat(asked(question).path("status").asText()).isNotEqualTo("completed");
        teach(question, QUERY);
        JsonNode data = asked("how is the WHALE business doing");
        assertThat(data.path("query").asText()).isEqualTo(QUERY);
        assertThat(data.path("validation").path("result").asText()).isEqualTo("VALID");
        assertThat(data.path("results").path("row_count").asInt()).isEqualTo(1);
        assertThat(data.path("execution_plan").toString()).contains("whale");
    }

    @Test
    void readsAQuestionWithAnotherValueItself() {
        teach("How many customers live in Texas?", QUERY);
        assertThat(asked("How many customers live in Texas?").path("query").asText()).isEqualTo(QUERY);
        assertThat(asked("How many customers live in California?").path("query").asText()).isNotEqualTo(QUERY).containsIgnoringCase("customers");
    }

    @Test
    void answersAQuestionWithOtherValuesWithTheExamplesQueryAndTheseValues() {
        teach("How is the whale business in status cancelled above 100?",
                "SELECT COUNT(*) AS whales FROM orders WHERE status = 'cancelled' AND total_amount > 100");
        JsonNode data = asked("how is the whale business in status Delivered above 250");
        assertThat(data.path("query").asText())
                .isEqualTo("SELECT COUNT(*) AS whales FROM orders WHERE status = 'delivered' AND total_amount > 250");
        assertThat(data.path("results").path("row_count").asInt()).isEqualTo(1);
        assertThat(data.path("execution_plan").toString()).contains("Take 'delivered' for 'cancelled'.", "Take '250' for '100'.");
        assertThat(asked("how is the whale business in status sunken above 250").path("query").asText()).doesNotContain("whales");
    }

    @Test
    void readsTheQuestionItselfWhereExamplesDisagree() {
        teach("How many orders are above one hundred?", QUERY);
        teach("how many orders are above one hundred", "SELECT COUNT(*) AS others FROM orders");
        assertThat(asked("How many orders are above one hundred?").path("query").asText()).doesNotContain("big_ones").doesNotContain("others");
    }
}
