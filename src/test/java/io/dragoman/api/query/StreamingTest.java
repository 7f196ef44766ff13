package io.dragoman.api.query;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** Many rows over HTTP, from a real PostgreSQL, as the database itself sees it. */
@Timeout(120)
class StreamingTest extends ApiTest {

    private static final int ROWS = 120_000;
    private static JdbcTemplate owner;

    @BeforeEach
    void addDatabase() {
        if (owner == null) {
            TestDatabase database = TestDatabase.empty();
            owner = new JdbcTemplate(database.dataSource());
            owner.execute("create table event (id int primary key, kind int, note text, price numeric(12,2))");
            owner.execute("insert into event select i, i % 3, repeat('x', 100), i * 0.01 from generate_series(1, " + ROWS + ") i");
            owner.execute("create view broken as select id, case when id = 50000 then 1 / (id - 50000) else id end as n from event");
            owner.execute("analyze");
            Reply added = server.post("/api/v1/data-sources", """
                    {"name": "events", "dialect": "postgresql", "url": "%s", "user": "%s"}""".formatted(database.url(),
                    database.user()));
            assertThat(added.status()).isEqualTo(201);
        }
    }

    private static String body(String query, String rest) {
        return "{\"datasource\": \"events\", \"query\": \"" + query + "\"" + rest + "}";
    }

    private HttpResponse<InputStream> open(String body) throws Exception {
        HttpRequest request = server.to("/api/v1/execute").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void streamsMoreRowsThanAReplyHolds() {
        Reply csv = server.post("/api/v1/execute", body("SELECT id, kind, price FROM event ORDER BY id",
                ", \"format\": \"csv\", \"limit\": 1000000"));
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.text()).startsWith("id,kind,price\r\n1,1,0.01\r\n").endsWith("120000,0,1200.00\r\n");
        assertThat(csv.text().lines().count()).isEqualTo(ROWS + 1);
        Reply json = server.post("/api/v1/execute", body("SELECT id FROM event", ", \"format\": \"ndjson\", \"limit\": 20000"));
        assertThat(json.text().lines().count()).isEqualTo(20_001);
        assertThat(json.text()).endsWith("{\"$truncated\":{\"rows\":20000}}\n");
        Reply capped = server.post("/api/v1/execute", body("SELECT id FROM event", ", \"limit\": 1000000"));
        assertThat(capped.data().path("row_count").asInt()).isEqualTo(10_000);
        assertThat(capped.data().path("truncated").asBoolean()).isTrue();
    }

    @Test
    void tellsAFailureBeforeTheFirstRowAsAnError() {
        Reply reply = server.post("/api/v1/execute", body("SELECT n FROM broken WHERE id = 50000",
                ", \"format\": \"csv\""));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error().path("code").asText()).isEqualTo("QUERY_FAILED");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        Reply unsafe = server.post("/api/v1/execute", body("DELETE FROM event", ", \"format\": \"ndjson\""));
        assertThat(unsafe.error().path("code").asText()).isEqualTo("UNSAFE_QUERY");
    }

    @Test
    void marksAFailureOnTheWay() {
        Reply reply = server.post("/api/v1/execute", body("SELECT n FROM broken",
                ", \"format\": \"ndjson\", \"limit\": 1000000"));
        assertThat(reply.status()).isEqualTo(200);
        String last = reply.text().lines().reduce((first, second) -> second).orElseThrow();
        assertThat(last).contains("$error", "QUERY_FAILED", "division by zero");
    }

    @Test
    void waitsForASlowReaderAndEndsTheQueryOfOneWhoHangsUp() throws Exception {
        HttpResponse<InputStream> response = open(body("SELECT id, note, note, note FROM event",
                ", \"format\": \"csv\", \"limit\": 1000000"));
        InputStream rows = response.body();
        rows.readNBytes(1_000);
        Thread.sleep(5_500);
        assertThat(state()).as("the database waits, and not against the query's time limit of 5 s")
                .isEqualTo("idle in transaction");
        rows.readNBytes(100_000);
        rows.close();
        eventually(() -> state() == null);
        assertThat(server.post("/api/v1/execute", body("SELECT 1 AS one", "")).status()).isEqualTo(200);
    }

    /** What the session that reads events does, as the database shows it; null when there is none in a transaction. */
    private static String state() {
        return owner.query("select state from pg_stat_activity where application_name = 'dragoman' and datname = current_database()"
                + " and xact_start is not null", (row, i) -> row.getString(1)).stream().findFirst().orElse(null);
    }

    @Test
    void givesEveryRowOnOnePageAlsoWithTies() throws IOException {
        Set<Integer> seen = new LinkedHashSet<>();
        int read = 0;
        for (int offset = 0; offset < 20_000; offset += 5_000) {
            Reply page = server.post("/api/v1/execute", body("SELECT id, kind FROM event WHERE id <= 20000 ORDER BY kind",
                    ", \"limit\": 5000, \"offset\": " + offset));
            for (var row : page.data().path("rows")) {
                seen.add(row.path(0).asInt());
                read++;
            }
            // The table is rewritten in another order meanwhile, as any update does it.
            owner.update("update event set note = note where id % 7 = " + offset / 5_000);
        }
        assertThat(read).isEqualTo(20_000);
        assertThat(seen).hasSize(20_000);
    }
}
