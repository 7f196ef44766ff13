package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions over the sample worlds, asked as a caller would. */
class QueryTest extends ApiTest {

    @Autowired
    private JdbcClient database;

    @Test
    void answersAQuestionWithRows() {
        Reply reply = ask("""
                {"query": "How many customers are there?", "schema_group_id": "ecommerce", "execute": true}
                """);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode data = reply.data();
        assertThat(data.path("status").asText()).isEqualTo("completed");
        assertThat(data.path("query").asText()).containsIgnoringCase("count(");
        assertThat(data.path("dialect").asText()).isEqualTo("postgresql");
        assertThat(data.path("validation").path("result").asText()).isEqualTo("VALID");
        assertThat(data.path("results").path("rows").path(0).path(0).asInt()).isEqualTo(20);
        assertThat(data.path("results").path("row_count").asInt()).isEqualTo(1);
        assertThat(data.path("answer").path("text").asText()).contains("20");
        assertThat(data.path("engine").asText()).isEqualTo("offline");
        assertThat(data.path("degraded").asBoolean()).isFalse();
        assertThat(data.path("trace_id").asText()).isEqualTo(reply.header("X-Trace-Id"));
        assertThat(fields(data.path("timings_ms")))
                .containsExactly("intent", "retrieve", "analyse", "generate", "validate", "execute", "answer", "total");
    }

    @Test
    void repliesWithEveryFieldOfTheContract() {
        JsonNode data = ask("""
                {"query": "customers in New York", "schema_group_id": "ecommerce"}
                """).data();
        assertThat(fields(data)).contains("query_id", "query", "dialect", "status", "intent", "query_type", "complexity",
                "execution_plan", "thinking_process", "retrieved_tables", "directives", "examples", "validation",
                "confidence", "candidates", "refinements", "escalations", "engine", "model", "degraded", "degraded_reason",
                "results", "answer", "usage", "timings_ms", "conversation_id", "trace_id");
        assertThat(fields(data.path("intent"))).containsExactlyInAnyOrder("type", "is_follow_up", "confidence", "reasoning");
        assertThat(fields(data.path("usage"))).containsExactlyInAnyOrder("input_tokens", "output_tokens", "cost_usd");
        assertThat(data.path("results").isNull()).isTrue();
        assertThat(data.path("retrieved_tables").path(0).path("why").size()).isPositive();
    }

    @Test
    void choosesTheSchemaGroupItself() {
        JsonNode data = ask("{\"query\": \"total loan amount by loan type\"}").data();
        assertThat(data.path("schema_group").asText()).isEqualTo("bank");
    }

    @Test
    void readsARunBack() {
        JsonNode data = ask("""
                {"query": "How many orders are there?", "schema_group_id": "ecommerce", "execute": true}
                """).data();
        Reply run = server.get("/api/v1/query/" + data.path("query_id").asText());
        assertThat(run.status()).isEqualTo(200);
        assertThat(run.data().path("question").asText()).isEqualTo("How many orders are there?");
        assertThat(run.data().path("query").asText()).isEqualTo(data.path("query").asText());
        assertThat(run.data().path("stages").findValuesAsText("stage"))
                .containsExactly("intent", "retrieve", "analyse", "generate", "validate", "execute", "answer");
        assertThat(run.data().path("attempts").size()).isEqualTo(1);
        assertThat(run.data().path("results").path("row_count").asInt()).isEqualTo(1);
        assertThat(run.data().path("results").path("rows").size()).isZero();
    }

    @Test
    void keepsTheStateBeforeAndAfterTheDatabaseWasAsked() {
        String id = ask("""
                {"query": "How many products are there?", "schema_group_id": "ecommerce", "execute": true}
                """).data().path("query_id").asText();
        List<String> kept = database.sql("SELECT stage || ' ' || moment FROM checkpoints WHERE run_id = ? ORDER BY id")
                .param(UUID.fromString(id)).query(String.class).list();
        assertThat(kept).containsExactly("execute BEFORE", "execute AFTER");
    }

    @Test
    void replaysARunFromEveryStage() {
        String id = ask("""
                {"query": "How many orders are there?", "schema_group_id": "ecommerce"}
                """).data().path("query_id").asText();
        for (String stage : List.of("intent", "retrieve", "analyse", "generate", "validate")) {
            JsonNode again = server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"" + stage + "\"}").data();
            assertThat(again.path("status").asText()).as(stage + again).isEqualTo("completed");
            assertThat(again.path("query_id").asText()).isNotEqualTo(id);
            assertThat(fields(again.path("timings_ms")))
                    .containsExactly("intent", "retrieve", "analyse", "generate", "validate", "total");
        }
        JsonNode run = server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"execute\"}").data();
        assertThat(run.path("results").path("rows").path(0).path(0).asInt()).isEqualTo(26);
        refused(server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"coffee\"}"), 400, "VALIDATION_FAILED");
    }

    @Test
    void resumesARunThatWasCutOffWhileTheDatabaseWasAsked() {
        String id = ask("""
                {"query": "How many orders are there?", "schema_group_id": "ecommerce", "execute": true}
                """).data().path("query_id").asText();
        refused(server.post("/api/v1/query/" + id + "/resume", "{}"), 409, "CONFLICT");
        database.sql("DELETE FROM query_runs WHERE id = ?").param(UUID.fromString(id)).update();
        JsonNode resumed = server.post("/api/v1/query/" + id + "/resume", "{}").data();
        assertThat(resumed.path("query_id").asText()).isEqualTo(id);
        assertThat(resumed.path("results").path("rows").path(0).path(0).asInt()).isEqualTo(26);
        assertThat(server.get("/api/v1/query/" + id).status()).isEqualTo(200);
    }

    @Test
    void greetsAndDescribesAndAsksBackAndStaysInScope() {
        assertThat(ask("{\"query\": \"hello\"}").data().path("answer").path("text").asText()).startsWith("Hello");
        JsonNode described = ask("{\"query\": \"what tables are there?\", \"schema_group_id\": \"ecommerce\"}").data();
        assertThat(described.path("answer").path("text").asText()).contains("customers").contains("orders");
        assertThat(described.path("query").isNull()).isTrue();
        JsonNode help = ask("{\"query\": \"what can you do?\", \"schema_group_id\": \"ecommerce\"}").data();
        assertThat(help.path("status").asText()).isEqualTo("needs_clarification");
        assertThat(help.path("clarification").path("choices").size()).isPositive();
        JsonNode refused = ask("{\"query\": \"delete all customers\", \"schema_group_id\": \"ecommerce\"}").data();
        assertThat(refused.path("intent").path("type").asText()).isEqualTo("out_of_scope");
        assertThat(refused.path("query").isNull()).isTrue();
    }

    @Test
    void saysWhatItDidNotUnderstandAndInventsNothing() {
        JsonNode data = ask("""
                {"query": "customers by their favourite zorgleblat", "schema_group_id": "ecommerce"}
                """).data();
        assertThat(data.path("status").asText()).isEqualTo("needs_clarification");
        assertThat(data.path("query").isNull()).isTrue();
        assertThat(data.path("clarification").path("question").asText()).isNotBlank();
    }

    @Test
    void streamsTheStagesAsTheyRun() {
        Reply reply = server.send(server.to("/api/v1/query").header("Content-Type", "application/json")
                .header("Accept", "text/event-stream").POST(BodyPublishers.ofString("""
                        {"query": "How many customers are there?", "schema_group_id": "ecommerce", "execute": true}""")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
        String[] events = reply.text().replace(":\n\n", "").split("\n\n");
        assertThat(events[0]).startsWith("event: query_progress\ndata: {").contains("\"stage\":\"intent\"")
                .contains("\"status\":\"started\"");
        assertThat(events[events.length - 1]).startsWith("event: query_result\ndata: {").contains("\"rows\":[[20]]");
        assertThat(events).hasSize(15);
    }

    @Test
    void aThreadRemembersWhatWasAsked() {
        Reply created = server.post("/api/v1/conversations", "{\"title\": \"Customers\"}");
        assertThat(created.status()).isEqualTo(201);
        String thread = "/api/v1/conversations/" + created.data().path("id").asText();
        JsonNode first = server.post(thread + "/messages", """
                {"query": "orders by status", "schema_group_id": "ecommerce"}""").data();
        assertThat(first.path("conversation_id").asText()).isEqualTo(created.data().path("id").asText());
        JsonNode second = server.post(thread + "/messages", "{\"query\": \"what about cancelled orders\"}").data();
        assertThat(second.path("intent").path("is_follow_up").asBoolean()).as(second.toString()).isTrue();
        assertThat(second.path("query").asText()).as(second.toString()).containsIgnoringCase("cancelled");
        JsonNode messages = server.get(thread + "/messages").data();
        assertThat(messages.path("total").asInt()).isEqualTo(4);
        assertThat(messages.path("items").path(2).path("content").asText()).isEqualTo("what about cancelled orders");
        assertThat(server.get(thread).data().path("title").asText()).isEqualTo("Customers");
        assertThat(server.get("/api/v1/conversations").data().path("total").asInt()).isPositive();
    }

    @Test
    void listsQuestionsWorthAsking() {
        JsonNode samples = server.get("/api/v1/examples/questions").data();
        assertThat(samples.path("total").asInt()).isEqualTo(4);
        assertThat(samples.path("items").path(0).path("questions").size()).isPositive();
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
