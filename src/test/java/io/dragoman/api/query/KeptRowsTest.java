package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are kept for a while: who gets them, how they are marked, and when the database is asked all the same. */
class KeptRowsTest extends ApiTest {

    private final String source = "kept_" + UUID.randomUUID().toString().substring(0, 8);
    @TempDir
    private Path folder;

    @BeforeEach
    void aDatabaseThatChanges() throws SQLException {
        change("CREATE TABLE notes (id INTEGER, note TEXT, price DECIMAL(10,2))");
        change("INSERT INTO notes VALUES (1, 'first', 12.50)");
        Reply created = server.post("/api/v1/data-sources", "{\"name\": \"" + source + "\", \"dialect\": \"sqlite\", \"url\": \""
                + url() + "\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }

    @AfterEach
    void remove() {
        server.send(server.to("/api/v1/data-sources/" + source).DELETE());
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("notes.db");
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.createStatement().execute(sql);
        }
    }

    private Reply execute(Server caller, String query, String more) {
        return caller.post("/api/v1/execute", "{\"datasource\": \"" + source + "\", \"query\": \"" + query + "\"" + more + "}");
    }

    private JsonNode rows(String query, String more) {
        Reply reply = execute(server, query, more);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.data();
    }

    @Test
    void theSameQuerySoonAfterGetsTheRowsThatWereKeptAndIsToldTheirAge() throws SQLException {
        String query = "SELECT count(*) AS n FROM notes";
        JsonNode first = rows(query, "");
        assertThat(first.path("cached").asBoolean()).isFalse();
        assertThat(first.has("age_ms")).isFalse();
        change("INSERT INTO notes VALUES (2, 'second', 1.5)");
        JsonNode again = rows(query, "");
        assertThat(again.path("cached").asBoolean()).isTrue();
        assertThat(again.path("age_ms").asLong()).isBetween(0L, 30_000L);
        assertThat(again.path("rows")).isEqualTo(first.path("rows"));
        JsonNode fresh = rows(query, ", \"cache\": false");
        assertThat(fresh.path("cached").asBoolean()).isFalse();
        assertThat(fresh.path("rows").path(0).path(0).asInt()).isEqualTo(2);
        assertThat(rows(query, "").path("rows").path(0).path(0).asInt()).as("what was asked afresh is kept").isEqualTo(2);
    }

    @Test
    void anotherLimitOrPageIsAnotherResult() {
        assertThat(rows("SELECT id FROM notes", "").path("cached").asBoolean()).isFalse();
        assertThat(rows("SELECT id FROM notes", ", \"limit\": 1").path("cached").asBoolean()).isFalse();
        assertThat(rows("SELECT id FROM notes", ", \"offset\": 1").path("row_count").asInt()).isZero();
        assertThat(rows("SELECT id FROM notes", ", \"limit\": 1").path("cached").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT datetime('now') AS t", "SELECT date() AS t", "SELECT CURRENT_TIMESTAMP AS t",
        "SELECT strftime('%s') AS t", "SELECT id FROM notes WHERE id > random()", "SELECT julianday('NOW') AS t"})
    void whatReadsTheClockOrChanceIsNotKept(String query) {
        Reply first = execute(server, query, "");
        if (first.status() == 200) {
            assertThat(rows(query, "").path("cached").asBoolean()).as(query).isFalse();
        } else {
            refused(first, 422, "UNSAFE_QUERY");
        }
    }

    @Test
    void aDayThatIsSaidIsNoClock() {
        String query = "SELECT note FROM notes WHERE date('2026-01-01') < '2027'";
        rows(query, "");
        assertThat(rows(query, "").path("cached").asBoolean()).isTrue();
    }

    @Test
    void aDatasourceCanBeLeftOut() {
        Reply wrong = patch("{\"options\": {\"cache\": \"maybe\"}}");
        refused(wrong, 400, "VALIDATION_FAILED");
        assertThat(wrong.error().path("details").path("field").asText()).isEqualTo("options.cache");
        assertThat(patch("{\"options\": {\"cache\": \"off\"}}").status()).isEqualTo(200);
        rows("SELECT note FROM notes", "");
        assertThat(rows("SELECT note FROM notes", "").path("cached").asBoolean()).isFalse();
        assertThat(patch("{\"options\": {\"cache\": \"on\"}}").status()).isEqualTo(200);
        rows("SELECT note FROM notes", "");
        assertThat(rows("SELECT note FROM notes", "").path("cached").asBoolean()).isTrue();
    }

    private Reply patch(String json) {
        return server.send(server.to("/api/v1/data-sources/" + source).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    @Test
    void whoMayNotSeeTheRowsDoesNotGetThemFromTheCacheEither() {
        String query = "SELECT name FROM customers ORDER BY customer_id";
        String body = "{\"datasource\": \"ecommerce\", \"query\": \"" + query + "\", \"limit\": 3}";
        server.post("/api/v1/execute", body);
        assertThat(server.post("/api/v1/execute", body).data().path("cached").asBoolean()).isTrue();
        Server stranger = caller("\"schema_groups\": [\"retail\"], ");
        refused(stranger.post("/api/v1/execute", body), 404, "NOT_FOUND");
        Server shopper = caller("\"schema_groups\": [\"ecommerce\"], ");
        Reply own = shopper.post("/api/v1/execute", body);
        assertThat(own.data().path("cached").asBoolean()).as("rows read for others' rights are not shared").isFalse();
        assertThat(shopper.post("/api/v1/execute", body).data().path("cached").asBoolean()).isTrue();
    }

    @Test
    void aPolicyThatChangedCountsForKeptRowsToo() {
        String body = "{\"datasource\": \"ecommerce\", \"query\": \"SELECT email FROM customers ORDER BY customer_id\", \"limit\": 2}";
        server.post("/api/v1/execute", body);
        assertThat(server.post("/api/v1/execute", body).data().path("cached").asBoolean()).isTrue();
        try {
            policy("\"policy\": {\"defaults\": {\"blocked_columns\": [\"customers.email\"]}}");
            refused(server.post("/api/v1/execute", body), 422, "POLICY_VIOLATION");
            policy("\"policy\": {\"defaults\": {\"max_rows\": 1}}");
            JsonNode capped = server.post("/api/v1/execute", body).data();
            assertThat(capped.path("row_count").asInt()).isEqualTo(1);
            assertThat(capped.path("cached").asBoolean()).isFalse();
        } finally {
            policy("\"restore\": 0");
        }
    }

    private void policy(String change) {
        int version = server.get("/api/v1/policy").data().path("version").asInt();
        Reply put = server.send(server.to("/api/v1/policy").header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"version\": " + version + ", " + change + "}")));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
    }

    @Test
    void aQuestionGetsKeptRowsAndTheSameAnswer() {
        String question = "{\"query\": \"how many customers per country in ecommerce\", \"schema_group_id\": \"ecommerce\","
                + " \"execute\": true";
        JsonNode first = ask(question + ", \"cache\": false}").data();
        JsonNode again = ask(question + "}").data();
        assertThat(again.path("results").path("cached").asBoolean()).as(again.toString()).isTrue();
        assertThat(again.path("results").path("rows")).isEqualTo(first.path("results").path("rows"));
        assertThat(again.path("answer").path("text")).isEqualTo(first.path("answer").path("text"));
        JsonNode run = server.get("/api/v1/query/" + again.path("query_id").asText()).data();
        assertThat(run.path("stages").toString()).contains("kept from before");
        assertThat(server.get("/api/v1/health").data().path("components").path("caches").path("detail").asText())
                .contains("query-results");
    }

    private Server caller(String scope) {
        String name = "user-" + UUID.randomUUID();
        Reply user = server.post("/api/v1/users", "{" + scope + "\"name\": \"" + name + "\", \"roles\": [\"asker\"]}");
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        return server.with(server.post("/api/v1/api-keys", "{\"name\": \"test\", \"user\": \"" + name + "\"}").data()
                .path("key").asText());
    }
}
