package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.schema.ImportMode;
import io.dragoman.schema.SchemaImport;
import io.dragoman.schema.format.SchemaFormat;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every error that a caller can get, provoked. */
class ErrorTableTest extends ApiTest {

    @Autowired
    private SchemaImport schemaImport;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "query | {}",
        "query | {\"query\": null}",
        "query | {\"query\": \"\"}",
        "query | {\"query\": \"  \"}",
        "query | {\"query\": 5}",
        "query | {\"query\": true}",
        "query | {\"query\": [\"how many\"]}",
        "query | {\"query\": {\"text\": \"how many\"}}",
        "execute | {\"query\": \"orders\", \"execute\": \"yes\"}",
        "execute | {\"query\": \"orders\", \"execute\": 1}",
        "limit | {\"query\": \"orders\", \"limit\": \"ten\"}",
        "limit | {\"query\": \"orders\", \"limit\": \"10\"}",
        "limit | {\"query\": \"orders\", \"limit\": 0}",
        "limit | {\"query\": \"orders\", \"limit\": 1.5}",
        "limit | {\"query\": \"orders\", \"limit\": 99999999999}",
        "candidates | {\"query\": \"orders\", \"candidates\": 11}",
        "conversation_id | {\"query\": \"orders\", \"conversation_id\": \"mine\"}",
        "schema_group_id | {\"query\": \"orders\", \"schema_group_id\": \"\"}",
        "require_approval | {\"query\": \"orders\", \"require_approval\": \"yes\"}",
        "model_config | {\"query\": \"orders\", \"model_config\": \"gemini\"}",
        "model_config.temperature | {\"query\": \"orders\", \"model_config\": {\"temperature\": 3}}",
        "model_config.max_tokens | {\"query\": \"orders\", \"model_config\": {\"max_tokens\": \"many\"}}",
        "dialect | {\"query\": \"all orders\", \"schema_group_id\": \"ecommerce\", \"dialect\": \"klingon\"}"})
    void aWrongFieldIsNamed(String field, String body) {
        Reply reply = ask(body);
        refused(reply, 400, "VALIDATION_FAILED");
        assertThat(reply.error().path("details").path("field").asText()).as(reply.text()).isEqualTo(field);
    }

    @Test
    void aQuestionThatIsTooLongIsRefusedAndTheLongestIsNot() {
        Reply reply = ask("{\"query\": \"" + "a".repeat(2_001) + "\"}");
        refused(reply, 400, "VALIDATION_FAILED");
        assertThat(reply.error().path("details").path("field").asText()).isEqualTo("query");
        assertThat(ask("{\"query\": \"" + "a ".repeat(1_000) + "\"}").status()).isNotEqualTo(400);
    }

    @Test
    void malformedJsonIsReportedWithLineAndColumn() {
        Reply reply = ask("{\n  \"query\": \"orders\",\n  limit: 5\n}");
        refused(reply, 400, "VALIDATION_FAILED");
        assertThat(reply.error().path("details").path("line").asInt()).isEqualTo(3);
        assertThat(reply.error().path("details").path("column").asInt()).isPositive();
        refused(ask(""), 400, "VALIDATION_FAILED");
        refused(ask("null"), 400, "VALIDATION_FAILED");
        refused(ask("[]"), 400, "VALIDATION_FAILED");
        refused(ask("\"orders\""), 400, "VALIDATION_FAILED");
        refused(ask("{\"query\": \"orders\"} {}"), 400, "VALIDATION_FAILED");
        refused(ask("{\"query\": \"orders\", \"query\": \"customers\"}"), 400, "VALIDATION_FAILED");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String nobody = UUID.randomUUID().toString();
        refused(ask("{\"query\": \"orders\", \"schema_group_id\": \"atlantis\"}"), 404, "NOT_FOUND");
        refused(ask("{\"query\": \"all orders\", \"schema_group_id\": \"ecommerce\", \"datasource\": \"atlantis\"}"), 404,
                "NOT_FOUND");
        refused(ask("{\"query\": \"orders\", \"conversation_id\": \"" + nobody + "\"}"), 404, "NOT_FOUND");
        refused(server.get("/api/v1/query/" + nobody), 404, "NOT_FOUND");
        refused(server.get("/api/v1/query/not-an-id"), 404, "NOT_FOUND");
        refused(server.get("/api/v1/conversations/" + nobody), 404, "NOT_FOUND");
        refused(server.get("/api/v1/conversations/" + nobody + "/messages"), 404, "NOT_FOUND");
        refused(server.post("/api/v1/conversations/" + nobody + "/messages", "{\"query\": \"orders\"}"), 404, "NOT_FOUND");
        refused(server.post("/api/v1/execute", "{\"query_id\": \"" + nobody + "\"}"), 404, "NOT_FOUND");
        refused(server.post("/api/v1/execute", "{\"query\": \"SELECT 1\", \"datasource\": \"atlantis\"}"), 404, "NOT_FOUND");
    }

    @Test
    void whatNoTableIsAboutGetsTheClosestTables() {
        Reply reply = ask("{\"query\": \"zorgleblat frobnicate\", \"schema_group_id\": \"ecommerce\"}");
        refused(reply, 422, "NO_RELEVANT_SCHEMA");
        assertThat(reply.error().path("details").path("closest_tables").size()).isPositive();
        assertThat(reply.error().path("details").path("stage").asText()).isEqualTo("retrieve");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "DROP TABLE customers", "DELETE FROM customers", "SELECT 1; SELECT 2", "SELECT pg_sleep(10)",
        "SELECT * FROM pg_read_file('/etc/passwd')", "COPY customers TO '/tmp/x'", "not a query at all",
        "UPDATE customers SET name = 'x'", "WITH gone AS (DELETE FROM customers RETURNING *) SELECT * FROM gone"})
    void anUnsafeQueryNeverReachesTheDatabase(String query) {
        Reply reply = execute(query, "ecommerce");
        refused(reply, 422, "UNSAFE_QUERY");
        JsonNode finding = reply.error().path("details").path("findings").path(0);
        assertThat(finding.path("severity").asText()).isEqualTo("ERROR");
        assertThat(finding.path("message").asText()).isNotBlank();
        assertThat(execute("SELECT count(*) FROM customers", "ecommerce").data().path("rows").path(0).path(0).asInt())
                .isEqualTo(20);
    }

    @Test
    void whatTheDatabaseRefusesIsToldInItsOwnWords() {
        Reply reply = execute("SELECT 1 / 0 AS nothing", "ecommerce");
        refused(reply, 422, "QUERY_FAILED");
        assertThat(reply.error().path("details").path("reason").asText()).contains("division by zero");
    }

    @Test
    void aBudgetThatEndsSaysWhatWasTried() throws Exception {
        String schema = """
                {"tables": [{"name": "ghosts", "description": "Ghosts that haunt a castle", "columns": [
                  {"name": "id", "type": "integer"}, {"name": "name", "type": "text"}]}]}
                """;
        schemaImport.run("castle", SchemaFormat.JSON.read(schema.getBytes(StandardCharsets.UTF_8)), ImportMode.ADD, false);
        Reply reply = ask("""
                {"query": "How many ghosts are there?", "schema_group_id": "castle", "datasource": "ecommerce",
                 "execute": true}
                """);
        refused(reply, 500, "GENERATION_FAILED");
        JsonNode attempts = reply.error().path("details").path("attempts");
        assertThat(attempts.size()).as(reply.text()).isEqualTo(3);
        assertThat(attempts.path(0).path("query").asText()).containsIgnoringCase("ghosts");
        assertThat(attempts.path(0).path("findings").path(0).path("code").asText()).isEqualTo("ENGINE");
        Reply run = server.get("/api/v1/query/" + reply.error().path("details").path("query_id").asText());
        assertThat(run.data().path("question").asText()).isEqualTo("How many ghosts are there?");
    }

    @Test
    void aDatasourceThatIsDownIsUnavailable() {
        Reply created = server.post("/api/v1/data-sources", """
                {"name": "nobody_home", "dialect": "postgresql", "url": "jdbc:postgresql://127.0.0.1:1/none", "user": "x"}
                """);
        assertThat(created.status()).as(created.text()).isLessThan(300);
        refused(execute("SELECT 1 AS one", "nobody_home"), 503, "DATASOURCE_UNAVAILABLE");
        Reply asked = ask("""
                {"query": "How many customers are there?", "schema_group_id": "ecommerce", "datasource": "nobody_home",
                 "execute": true}
                """);
        refused(asked, 503, "DATASOURCE_UNAVAILABLE");
    }

    @Test
    void anLlmThatIsNotThereIsUnavailable() {
        refused(ask("{\"query\": \"orders\", \"model_config\": {\"provider\": \"gemini\"}}"), 503, "LLM_UNAVAILABLE");
    }

    @Test
    void aQueryThatTakesTooLongIsCancelled() {
        Reply reply = execute("SELECT count(*) AS n FROM order_items a, order_items b, order_items c, order_items d, "
                + "order_items e, order_items f, order_items g", "ecommerce");
        refused(reply, 504, "TIMEOUT");
        assertThat(reply.error().path("details").path("stage").asText()).isEqualTo("execute");
    }

    private Reply execute(String query, String datasource) {
        return server.post("/api/v1/execute",
                "{\"query\": \"" + query.replace("\"", "\\\"") + "\", \"datasource\": \"" + datasource + "\"}");
    }
}
