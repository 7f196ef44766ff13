package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queries that wait for a person. */
class ApprovalTest extends ApiTest {

    @Autowired
    private JdbcClient database;

    private String waiting(boolean execute) {
        JsonNode data = ask("{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\", \"execute\": "
                + execute + ", \"require_approval\": true}").data();
        assertThat(data.path("status").asText()).as(data.toString()).isEqualTo("awaiting_approval");
        assertThat(data.path("query").asText()).isNotBlank();
        assertThat(data.path("results").isNull()).isTrue();
        assertThat(data.at("/approval/reason").asText()).isNotBlank();
        return data.path("query_id").asText();
    }

    private Reply decide(String id, String how, String body) {
        return server.post("/api/v1/query/" + id + "/" + how, body);
    }

    private JsonNode run(String id) {
        return server.get("/api/v1/query/" + id).data();
    }

    @Test
    void waitsInTheDatabaseAndGoesOnWhenItIsApproved() {
        String id = waiting(true);
        assertThat(run(id).path("status").asText()).isEqualTo("awaiting_approval");
        assertThat(database.sql("SELECT count(*) FROM checkpoints WHERE run_id = ? AND stage = 'approval'")
                .param(UUID.fromString(id)).query(Long.class).single()).isEqualTo(1);
        JsonNode data = decide(id, "approve", "{\"comment\": \"fine\"}").data();
        assertThat(data.path("status").asText()).as(data.toString()).isEqualTo("completed");
        assertThat(data.at("/results/rows/0/0").asInt()).isEqualTo(20);
        assertThat(data.at("/answer/text").asText()).contains("20");
        assertThat(data.at("/approval/approved").asBoolean()).isTrue();
        assertThat(data.at("/approval/comment").asText()).isEqualTo("fine");
        assertThat(run(id).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void anApprovedQueryThatWasNotToBeRunIsNotRun() {
        String id = waiting(false);
        JsonNode data = decide(id, "approve", "{}").data();
        assertThat(data.path("status").asText()).isEqualTo("completed");
        assertThat(data.path("results").isNull()).isTrue();
    }

    @Test
    void anEditedQueryIsRunInItsPlace() {
        String id = waiting(true);
        JsonNode data = decide(id, "approve", "{\"edited_query\": \"SELECT count(*) AS n FROM orders\"}").data();
        assertThat(data.at("/results/rows/0/0").asInt()).as(data.toString()).isEqualTo(26);
        assertThat(data.path("query").asText()).isEqualTo("SELECT count(*) AS n FROM orders");
        assertThat(data.at("/approval/edited_query").asText()).isEqualTo("SELECT count(*) AS n FROM orders");
    }

    @Test
    void anEditedQueryThatIsNotValidLeavesTheRunWaiting() {
        String id = waiting(true);
        refused(decide(id, "approve", "{\"edited_query\": \"DELETE FROM customers\"}"), 422, "UNSAFE_QUERY");
        Reply unknown = decide(id, "approve", "{\"edited_query\": \"SELECT nothing FROM customers\"}");
        refused(unknown, 400, "VALIDATION_FAILED");
        assertThat(unknown.error().at("/details/field").asText()).isEqualTo("edited_query");
        refused(decide(id, "approve", "{\"edited_query\": \"" + "x".repeat(100_001) + "\"}"), 400, "VALIDATION_FAILED");
        refused(decide(id, "approve", "{\"comment\": \"" + "x".repeat(4_001) + "\"}"), 400, "VALIDATION_FAILED");
        assertThat(run(id).path("status").asText()).isEqualTo("awaiting_approval");
        assertThat(decide(id, "approve", "{}").data().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void rejectingEndsTheRunWithTheComment() {
        String id = waiting(true);
        JsonNode data = decide(id, "reject", "{\"comment\": \"too much\"}").data();
        assertThat(data.path("status").asText()).isEqualTo("rejected");
        assertThat(data.path("results").isNull()).isTrue();
        assertThat(run(id).at("/approval/comment").asText()).isEqualTo("too much");
        assertThat(run(id).at("/approval/approved").asBoolean(true)).isFalse();
    }

    @Test
    void decidingTwiceIsAConflict() {
        String id = waiting(true);
        decide(id, "reject", "{}");
        refused(decide(id, "approve", "{}"), 409, "CONFLICT");
        refused(decide(id, "reject", "{}"), 409, "CONFLICT");
        String never = ask("{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\"}").data()
                .path("query_id").asText();
        refused(decide(never, "approve", "{}"), 409, "CONFLICT");
        refused(decide(UUID.randomUUID().toString(), "approve", "{}"), 404, "NOT_FOUND");
        refused(decide("nonsense", "reject", "{}"), 404, "NOT_FOUND");
    }

    @Test
    void ofManyWhoDecideAtOnceOneDoes() {
        String id = waiting(true);
        List<CompletableFuture<Integer>> decisions = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(
                () -> decide(id, i % 2 == 0 ? "approve" : "reject", "{}").status(), work -> new Thread(work).start())).toList();
        List<Integer> statuses = decisions.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    }

    @Test
    void nobodyGetsRoundTheApproval() {
        String id = waiting(true);
        refused(server.post("/api/v1/execute", "{\"query_id\": \"" + id + "\"}"), 409, "CONFLICT");
        refused(server.post("/api/v1/query/" + id + "/resume", "{}"), 409, "CONFLICT");
        JsonNode replayed = server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"execute\"}").data();
        assertThat(replayed.path("status").asText()).isEqualTo("awaiting_approval");
        decide(id, "reject", "{}");
        JsonNode again = server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"execute\"}").data();
        assertThat(again.path("status").asText()).isEqualTo("awaiting_approval");
        refused(server.post("/api/v1/execute", "{\"query_id\": \"" + id + "\"}"), 409, "CONFLICT");
    }

    @Test
    void whatWasApprovedIsRunAgainWithoutAskingAgain() {
        String id = waiting(true);
        decide(id, "approve", "{}");
        JsonNode again = server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"execute\"}").data();
        assertThat(again.at("/results/rows/0/0").asInt()).as(again.toString()).isEqualTo(20);
        JsonNode anew = server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"generate\"}").data();
        assertThat(anew.path("status").asText()).isEqualTo("awaiting_approval");
    }

    @Test
    void listsWhatWaitsTheLongestWaitingFirst() {
        String first = waiting(true);
        String second = waiting(false);
        JsonNode data = server.get("/api/v1/approvals?limit=1000").data();
        List<String> ids = data.path("items").findValuesAsText("query_id");
        assertThat(ids).containsSubsequence(first, second);
        assertThat(data.path("total").asInt()).isEqualTo(ids.size());
        JsonNode item = data.path("items").path(ids.indexOf(second));
        assertThat(item.path("question").asText()).isEqualTo("How many customers are there?");
        assertThat(item.path("schema_group").asText()).isEqualTo("ecommerce");
        assertThat(item.path("execute").asBoolean()).isFalse();
        assertThat(server.get("/api/v1/approvals?limit=1").data().path("items")).hasSize(1);
        decide(first, "reject", "{}");
        assertThat(server.get("/api/v1/approvals?limit=1000").data().path("items").findValuesAsText("query_id"))
                .doesNotContain(first).contains(second);
    }
}
