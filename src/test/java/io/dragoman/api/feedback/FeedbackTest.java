package io.dragoman.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.api.access.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feedback from who asked, its review by curators, and the examples that come of it. */
class FeedbackTest extends ApiTest {

    private static final String RIGHT = "SELECT COUNT(*) AS whales FROM orders WHERE total_amount > 900";

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> promoted = new ArrayList<>();
    private Server asker;
    private Server curator;

    @BeforeEach
    void callers() {
        Tenants tenants = new Tenants(server);
        asker = tenants.caller("[\"asker\"]", "");
        curator = tenants.caller("[\"curator\"]", "");
    }

    @AfterEach
    void forget() {
        promoted.forEach(id -> server.send(server.to("/api/v1/examples/" + id).DELETE()));
    }

    private JsonNode asked(Server caller, String question) {
        return caller.post("/api/v1/query", json.createObjectNode().put("query", question).put("schema_group_id", "ecommerce")
                .toString()).data();
    }

    private String run(String question) {
        return asked(asker, question).path("query_id").asText();
    }

    private Reply give(Server caller, String run, Integer rating, String correction, String comment) {
        ObjectNode body = json.createObjectNode().put("query_id", run);
        body.put("rating", rating).put("correction", correction).put("comment", comment);
        return caller.post("/api/v1/feedback", body.toString());
    }

    private Reply review(String id, String body) {
        Reply reply = curator.post("/api/v1/feedback/" + id + "/review", body);
        if (reply.data().path("promoted").asBoolean()) {
            promoted.add(reply.data().path("example_id").asText());
        }
        return reply;
    }

    private static String unheardOf() {
        return "How many orders have a total amount above " + (1_000_000 + System.nanoTime() % 1_000_000_000) + "?";
    }

    private static String id(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.data().path("id").asText();
    }

    @Test
    void givingAgainTakesThePlaceOfWhatWasGivenAndKeepsTheHistory() {
        String run = run("How many orders are there?");
        Reply first = give(asker, run, 1, null, null);
        assertThat(first.data().path("status").asText()).isEqualTo("open");
        Reply second = give(asker, run, -1, RIGHT, "only the big ones");
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(second.data().path("rating").asInt()).isEqualTo(-1);
        assertThat(second.data().path("findings")).isEmpty();
        JsonNode detail = asker.get("/api/v1/feedback/" + id(first)).data();
        assertThat(detail.path("history")).hasSize(2);
        assertThat(detail.path("history").path(0).path("rating").asInt()).isEqualTo(1);
        assertThat(detail.path("history").path(1).path("action").asText()).isEqualTo("changed");
        assertThat(asker.get("/api/v1/feedback?query_id=" + run).data().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void aPromotedCorrectionAnswersTheSameQuestionAtOnceUntilThatIsTakenBack() {
        String question = unheardOf();
        String feedback = id(give(asker, run(question), -1, RIGHT, "a word of ours"));
        assertThat(asked(asker, question).path("query").asText()).isNotEqualTo(RIGHT);
        Reply reviewed = review(feedback, "{\"decision\": \"accepted\", \"promote_to_example\": true}");
        assertThat(reviewed.status()).as(reviewed.text()).isEqualTo(200);
        assertThat(reviewed.data().path("reviewed_by").asText()).isNotBlank();
        JsonNode example = curator.get("/api/v1/examples/" + reviewed.data().path("example_id").asText()).data();
        assertThat(example.path("question").asText()).isEqualTo(question);
        assertThat(example.path("feedback_id").asText()).isEqualTo(feedback);
        assertThat(asked(asker, question).path("query").asText()).isEqualTo(RIGHT);

        Reply again = review(feedback, "{\"decision\": \"accepted\", \"promote_to_example\": true}");
        assertThat(again.data().path("example_id")).isEqualTo(reviewed.data().path("example_id"));
        refused(asker.send(asker.to("/api/v1/feedback/" + feedback).DELETE()), 409, "CONFLICT");

        Reply undone = review(feedback, "{\"decision\": \"open\"}");
        assertThat(undone.data().path("promoted").asBoolean()).isFalse();
        assertThat(undone.data().path("status").asText()).isEqualTo("open");
        assertThat(asked(asker, question).path("query").asText()).isNotEqualTo(RIGHT);
        assertThat(curator.get("/api/v1/examples/" + example.path("id").asText()).status()).isEqualTo(404);
        assertThat(curator.get("/api/v1/feedback/" + feedback).data().path("history").findValuesAsText("action"))
                .containsExactly("given", "accepted", "promoted", "reopened", "demoted");
    }

    @Test
    void aGoodRatingPromotesTheQueryAsItIs() {
        String question = "How many customers are there in all of " + System.nanoTime() + "?";
        JsonNode run = asked(asker, "How many customers are there?");
        String feedback = id(give(asker, run.path("query_id").asText(), 1, null, null));
        Reply reviewed = review(feedback, "{\"decision\": \"accepted\", \"promote_to_example\": true, \"question\": \"" + question
                + "\"}");
        assertThat(asked(asker, question).path("query").asText()).as(reviewed.text()).isEqualTo(run.path("query").asText());
    }

    @Test
    void aCorrectionThatFailsTheChecksIsKeptButNeverPromoted() {
        String run = run("How many products are there?");
        Reply unsafe = give(asker, run, -1, "DELETE FROM products", null);
        assertThat(unsafe.data().path("findings").path(0).path("check").asText()).isEqualTo("SAFETY");
        refused(review(id(unsafe), "{\"decision\": \"accepted\", \"promote_to_example\": true}"), 422, "UNSAFE_QUERY");
        assertThat(curator.get("/api/v1/feedback/" + id(unsafe)).data().path("status").asText()).isEqualTo("open");
        Reply wrong = give(asker, run, -1, "SELECT count(*) FROM produkts", null);
        refused(review(id(wrong), "{\"decision\": \"accepted\", \"promote_to_example\": true}"), 400, "VALIDATION_FAILED");
        Reply type = give(asker, run, -1, "SELECT count(*) FROM products WHERE name > 5 + DATE '2024-01-01'", null);
        refused(review(id(type), "{\"decision\": \"accepted\", \"promote_to_example\": true}"), 400, "VALIDATION_FAILED");
        Reply bad = give(asker, run, -1, null, "wrong");
        refused(review(id(bad), "{\"decision\": \"accepted\", \"promote_to_example\": true}"), 400, "VALIDATION_FAILED");
        assertThat(review(id(bad), "{\"decision\": \"rejected\", \"comment\": \"it is right\"}").data().path("status").asText())
                .isEqualTo("rejected");
    }

    @Test
    void aCuratorsOwnExampleIsNotOverwrittenAndFeedbackOnTheSameQuestionReplacesEarlierFeedback() {
        String question = unheardOf();
        String first = id(give(asker, run(question), -1, RIGHT, null));
        review(first, "{\"decision\": \"accepted\", \"promote_to_example\": true}");
        Server other = new Tenants(server).caller("[\"asker\"]", "");
        String run = asked(other, question).path("query_id").asText();
        String better = "SELECT COUNT(*) AS whales FROM orders WHERE total_amount > 950";
        String second = id(give(other, run, -1, better, null));
        review(second, "{\"decision\": \"accepted\", \"promote_to_example\": true}");
        assertThat(asked(asker, question).path("query").asText()).isEqualTo(better);
        assertThat(curator.get("/api/v1/feedback/" + first).data().path("promoted").asBoolean()).isFalse();

        String own = promoted.get(promoted.size() - 1);
        curator.send(curator.to("/api/v1/examples/" + own).header("Content-Type", "application/json").method("PATCH",
                java.net.http.HttpRequest.BodyPublishers.ofString("{\"query\": \"SELECT 1 AS mine FROM orders\"}")));
        refused(review(first, "{\"decision\": \"accepted\", \"promote_to_example\": true}"), 409, "CONFLICT");
        review(second, "{\"decision\": \"rejected\"}");
        assertThat(curator.get("/api/v1/examples/" + own).status()).isEqualTo(200);
    }

    @Test
    void aFollowUpIsNoExampleByItself() {
        String thread = asker.post("/api/v1/conversations", "{}").data().path("id").asText();
        asker.post("/api/v1/conversations/" + thread + "/messages",
                "{\"query\": \"How many orders are there by status?\", \"schema_group_id\": \"ecommerce\"}");
        Reply followUp = asker.post("/api/v1/conversations/" + thread + "/messages", "{\"query\": \"only the top 2\"}");
        String feedback = id(give(asker, followUp.data().path("query_id").asText(), 1, null, null));
        Reply refused = review(feedback, "{\"decision\": \"accepted\", \"promote_to_example\": true}");
        refused(refused, 400, "VALIDATION_FAILED");
        assertThat(refused.error().path("details").path("field").asText()).isEqualTo("question");
    }

    @Test
    void onlyWhoSeesTheRunGivesFeedbackAndOnlyCuratorsOfTheGroupReadIt() {
        String run = run("How many orders are there?");
        String feedback = id(give(asker, run, 1, null, "mine"));
        Tenants tenants = new Tenants(server);
        Server colleague = tenants.caller("[\"asker\"]", "");
        refused(give(colleague, run, 1, null, null), 404, "NOT_FOUND");
        refused(colleague.get("/api/v1/feedback/" + feedback), 404, "NOT_FOUND");
        refused(colleague.send(colleague.to("/api/v1/feedback/" + feedback).DELETE()), 404, "NOT_FOUND");
        refused(curator.send(curator.to("/api/v1/feedback/" + feedback).DELETE()), 403, "FORBIDDEN");
        assertThat(colleague.get("/api/v1/feedback").data().path("total").asInt()).isZero();
        Server elsewhere = tenants.caller("[\"curator\"]", "\"schema_groups\": [\"retail\"], ");
        refused(elsewhere.post("/api/v1/feedback/" + feedback + "/review", "{\"decision\": \"accepted\"}"), 404, "NOT_FOUND");
        assertThat(elsewhere.get("/api/v1/feedback").text()).doesNotContain(feedback);
        assertThat(curator.get("/api/v1/feedback?schema_group_id=ecommerce&status=open&rating=1&since=2020-01-01").text())
                .contains(feedback);
        assertThat(curator.get("/api/v1/feedback?rating=-1").text()).doesNotContain(feedback);
        assertThat(asker.send(asker.to("/api/v1/feedback/" + feedback).DELETE()).data().path("deleted").asBoolean()).isTrue();
        refused(asker.get("/api/v1/feedback/" + feedback), 404, "NOT_FOUND");
    }

    @Test
    void manyAtOnceLeaveOneFeedback() throws Exception {
        String run = run("How many orders are there?");
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Integer>> statuses = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int rating = i % 2 == 0 ? 1 : -1;
            statuses.add(callers.submit(() -> give(asker, run, rating, null, null).status()));
        }
        for (Future<Integer> status : statuses) {
            assertThat(status.get()).isEqualTo(200);
        }
        callers.shutdown();
        assertThat(asker.get("/api/v1/feedback?query_id=" + run).data().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhichFieldIsWrong() {
        String run = run("How many orders are there?");
        for (String[] wrong : new String[][] {
            {"{}", "query_id"}, {"{\"query_id\": \"x\", \"rating\": 1}", "query_id"},
            {"{\"query_id\": \"" + run + "\"}", "rating"}, {"{\"query_id\": \"" + run + "\", \"rating\": 3}", "rating"},
            {"{\"query_id\": \"" + run + "\", \"rating\": \"up\"}", "rating"},
            {"{\"query_id\": \"" + run + "\", \"comment\": \"" + "x".repeat(4_001) + "\"}", "comment"},
            {"{\"query_id\": \"" + run + "\", \"comment\": \"a\\u0000b\"}", "comment"},
            {"{\"query_id\": \"" + run + "\", \"correction\": \"" + "x".repeat(10_001) + "\"}", "correction"}}) {
            Reply reply = asker.post("/api/v1/feedback", wrong[0]);
            refused(reply, 400, "VALIDATION_FAILED");
            assertThat(reply.error().path("details").path("field").asText()).as(reply.text()).isEqualTo(wrong[1]);
        }
        refused(asker.get("/api/v1/feedback?since=yesterday"), 400, "VALIDATION_FAILED");
        refused(asker.get("/api/v1/feedback?since=%2B999999999-01-01T00:00:00Z"), 400, "VALIDATION_FAILED");
        refused(asker.get("/api/v1/feedback?status=new"), 400, "VALIDATION_FAILED");
        refused(asker.get("/api/v1/feedback?rating=2"), 400, "VALIDATION_FAILED");
        refused(asker.get("/api/v1/feedback?schema_group_id=nowhere"), 404, "NOT_FOUND");
        refused(give(asker, UUID.randomUUID().toString(), 1, null, null), 404, "NOT_FOUND");
        refused(curator.post("/api/v1/feedback/" + UUID.randomUUID() + "/review", "{\"decision\": \"maybe\"}"), 400,
                "VALIDATION_FAILED");
    }
}
