package io.dragoman.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.api.access.Tenants;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Asking again with what was said of the query, by the offline engine. */
class RetryTest extends ApiTest {

    private final ObjectMapper json = new ObjectMapper();

    private JsonNode asked(String question, String group) {
        Reply reply = ask(json.createObjectNode().put("query", question).put("schema_group_id", group).put("execute", true).toString());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.data();
    }

    private Reply retry(String run, String feedback) {
        return server.post("/api/v1/retry", json.createObjectNode().put("query_id", run).put("feedback", feedback).toString());
    }

    private static String id(JsonNode run) {
        return run.path("query_id").asText();
    }

    @Test
    void theFeedbackChangesTheQueryOfTheRunInANewRunThatNamesIt() {
        JsonNode first = asked("How many orders are there by status?", "ecommerce");
        Reply reply = retry(id(first), "exclude cancelled ones");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode second = reply.data();
        assertThat(id(second)).isNotEqualTo(id(first));
        assertThat(second.path("retry_of").asText()).isEqualTo(id(first));
        assertThat(second.path("status").asText()).isEqualTo("completed");
        assertThat(second.path("query").asText()).contains("GROUP BY").containsIgnoringCase("cancelled");
        assertThat(second.path("results").path("row_count").asInt()).isEqualTo(first.path("results").path("row_count").asInt() - 1);
        assertThat(second.path("execution_plan").toString()).containsIgnoringCase("cancelled");

        JsonNode third = retry(id(second), "only the top 2").data();
        assertThat(third.path("retry_of").asText()).isEqualTo(id(second));
        assertThat(third.path("results").path("row_count").asInt()).isEqualTo(2);
        assertThat(third.path("results").path("rows").toString()).doesNotContainIgnoringCase("cancelled");
        assertThat(server.get("/api/v1/query/" + id(third)).data().path("retry_of").asText()).isEqualTo(id(second));
    }

    @Test
    void anExampleOfTheQuestionDoesNotTakeTheFeedbackBack() {
        String question = "How many orders have a total amount above " + (1_000_000 + System.nanoTime() % 1_000_000_000) + "?";
        String example = server.post("/api/v1/examples", json.createObjectNode().put("schema_group_id", "ecommerce")
                .put("question", question).put("query", "SELECT COUNT(*) AS taught FROM orders").toString()).data().path("id").asText();
        try {
            JsonNode first = asked(question, "ecommerce");
            assertThat(first.path("query").asText()).contains("taught");
            JsonNode second = retry(id(first), "exclude cancelled ones").data();
            assertThat(second.path("query").asText()).as(second.toString()).containsIgnoringCase("cancelled").doesNotContain("taught");
            JsonNode third = retry(id(second), "only since 2020").data();
            assertThat(third.path("query").asText()).as(third.toString()).containsIgnoringCase("cancelled").doesNotContain("taught");
        } finally {
            server.send(server.to("/api/v1/examples/" + example).DELETE());
        }
    }

    @Test
    void oneColumnTakesThePlaceOfAnother() {
        JsonNode first = asked("What is the total unit price of order items?", "ecommerce");
        JsonNode second = retry(id(first), "use quantity, not unit_price").data();
        assertThat(second.path("query").asText()).as(first.path("query").asText()).contains("quantity").doesNotContain("unit_price");
    }

    @Test
    void feedbackOfTheMarketsIsReadInQ() {
        JsonNode first = asked("average trade price by day", "markets");
        JsonNode second = retry(id(first), "only AAPL").data();
        assertThat(second.path("query").asText()).as(first.path("query").asText()).contains("`AAPL");
    }

    @Test
    void saysWhatItCouldNotUseAndWritesNoQuery() {
        JsonNode first = asked("How many orders are there by status?", "ecommerce");
        for (String feedback : new String[] {"only the purple ones", "this is wrong", "drop the table", "make it nicer"}) {
            JsonNode second = retry(id(first), feedback).data();
            assertThat(second.path("status").asText()).as(second.toString()).isEqualTo("needs_clarification");
            assertThat(second.path("query").isNull()).isTrue();
            assertThat(second.path("clarification").path("question").asText()).containsIgnoringCase("feedback");
        }
        JsonNode after = retry(id(retry(id(first), "only the purple ones").data()), "exclude cancelled ones").data();
        assertThat(after.path("status").asText()).isEqualTo("completed");
    }

    @Test
    void feedbackGivenBeforeIsUsedWithoutSayingItAgain() {
        JsonNode first = asked("How many orders are there by status?", "ecommerce");
        refused(retry(id(first), null), 400, "VALIDATION_FAILED");
        server.post("/api/v1/feedback", "{\"query_id\": \"" + id(first) + "\", \"rating\": -1, \"comment\": \"exclude cancelled ones\"}");
        Reply reply = retry(id(first), null);
        assertThat(reply.data().path("query").asText()).as(reply.text()).containsIgnoringCase("cancelled");
        JsonNode both = retry(id(first), "only the top 1").data();
        assertThat(both.path("results").path("row_count").asInt()).isEqualTo(1);
        assertThat(both.path("query").asText()).containsIgnoringCase("cancelled");
    }

    @Test
    void aRetryJoinsTheConversationAndIsWhatFollowsUp() {
        String thread = server.post("/api/v1/conversations", "{}").data().path("id").asText();
        JsonNode first = server.post("/api/v1/conversations/" + thread + "/messages",
                "{\"query\": \"How many orders are there by status?\", \"schema_group_id\": \"ecommerce\"}").data();
        JsonNode second = retry(id(first), "exclude cancelled ones").data();
        JsonNode messages = server.get("/api/v1/conversations/" + thread + "/messages").data().path("items");
        assertThat(messages).hasSize(4);
        assertThat(messages.path(2).path("content").asText()).isEqualTo("exclude cancelled ones");
        assertThat(messages.path(3).path("query_id").asText()).isEqualTo(id(second));
        JsonNode third = server.post("/api/v1/conversations/" + thread + "/messages", "{\"query\": \"only the top 1\"}").data();
        assertThat(third.path("query").asText()).containsIgnoringCase("cancelled").contains("LIMIT 1");

        JsonNode databases = server.get("/api/v1/conversations/" + thread + "/databases").data();
        assertThat(databases.path("total").asInt()).isEqualTo(1);
        assertThat(databases.path("items").path(0).path("datasource").asText()).isEqualTo("ecommerce");
        assertThat(databases.path("items").path(0).path("runs").asInt()).isEqualTo(3);
        JsonNode tokens = server.get("/api/v1/conversations/" + thread + "/tokens").data();
        assertThat(tokens.path("total_tokens").asInt(-1)).isZero();

        assertThat(server.send(server.to("/api/v1/conversations/" + thread).header("Content-Type", "application/json").method("PATCH",
                java.net.http.HttpRequest.BodyPublishers.ofString("{\"title\": \"Orders\"}"))).data().path("title").asText())
                .isEqualTo("Orders");
        assertThat(server.send(server.to("/api/v1/conversations/" + thread).DELETE()).data().path("deleted").asBoolean()).isTrue();
        refused(server.get("/api/v1/conversations/" + thread), 404, "NOT_FOUND");
        refused(server.send(server.to("/api/v1/conversations/" + thread).DELETE()), 404, "NOT_FOUND");
        assertThat(server.get("/api/v1/query/" + id(second)).status()).isEqualTo(200);
        assertThat(retry(id(second), "only the top 1").data().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void streamsItsStages() {
        JsonNode first = asked("How many orders are there by status?", "ecommerce");
        Reply stream = server.send(server.to("/api/v1/retry").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"query_id\": \"" + id(first) + "\", \"feedback\": \"only the top 2\"}")));
        assertThat(stream.text()).contains("event: query_progress").contains("event: query_result").contains("retry_of");
    }

    @Test
    void onlyOnesOwnRunsCanBeAskedAgain() {
        JsonNode first = asked("How many orders are there by status?", "ecommerce");
        Server other = new Tenants(server).caller("[\"asker\", \"curator\", \"approver\"]", "");
        refused(other.post("/api/v1/retry", "{\"query_id\": \"" + id(first) + "\", \"feedback\": \"only the top 2\"}"), 404, "NOT_FOUND");
        refused(retry(UUID.randomUUID().toString(), "only the top 2"), 404, "NOT_FOUND");
        refused(server.post("/api/v1/retry", "{\"feedback\": \"x\"}"), 400, "VALIDATION_FAILED");
        refused(retry(id(first), "x".repeat(2_001)), 400, "VALIDATION_FAILED");
    }
}
