package io.dragoman.api.query;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.dialect.Dialect;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.MariaDbServer;
import io.dragoman.testing.RecordedWire;
import io.dragoman.testing.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sends every attack through the door, and watches the databases, not the validator: the wire to a server, or whether the
 * process has opened the file. At the end a harmless query goes the same way, to see that the watch sees something.
 */
class WatchedDatabasesTest extends ApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void nothingOfAnAttackReachesPostgresql() {
        TestDatabase database = TestDatabase.shared();
        int port = Integer.parseInt(database.url().replaceAll(".*:(\\d+)/.*", "$1"));
        try (RecordedWire wire = RecordedWire.before(port)) {
            String source = add("postgresql", database.url().replace(":" + port + "/", ":" + wire.port() + "/"), "postgres");
            int before = wire.bytes();
            refusesAll("postgresql", source);
            assertThat(wire.bytes()).as("bytes sent to PostgreSQL").isEqualTo(before);
            assertThat(run(source, "SELECT 'seen' || 1 AS a").status()).isEqualTo(200);
            assertThat(wire.heard("'seen' || 1".getBytes(StandardCharsets.UTF_8))).isTrue();
        }
    }

    @Test
    @Requires(MariaDbServer.class)
    void nothingOfAnAttackReachesMysql() {
        String url = MariaDbServer.url();
        int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
        try (RecordedWire wire = RecordedWire.before(port)) {
            String source = add("mysql", url.replace(":" + port + "/", ":" + wire.port() + "/"), "root");
            int before = wire.bytes();
            refusesAll("mysql", source);
            assertThat(wire.bytes()).as("bytes sent to MariaDB").isEqualTo(before);
            assertThat(run(source, "SELECT CONCAT('seen', 1) AS a").status()).isEqualTo(200);
            assertThat(wire.heard("CONCAT('seen', 1)".getBytes(StandardCharsets.UTF_8))).isTrue();
        }
    }

    @Test
    void nothingOfAnAttackReachesKdb() {
        try (RecordedWire wire = RecordedWire.deadEnd()) {
            String source = add("q", "kdb://127.0.0.1:" + wire.port(), null);
            int before = wire.connections();
            refusesAll("q", source);
            assertThat(wire.connections()).as("connections to kdb+").isEqualTo(before);
            runUnheard(source, "select from trade");
            eventually(() -> wire.connections() > before);
        }
    }

    @Test
    void nothingOfAnAttackReachesBigQuery() {
        Reply created = server.post("/api/v1/data-sources", """
                {"name": "watched-bigquery", "dialect": "bigquery", "url": "bigquery://p1/d1", "options": {"access_token": "t"}}""");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        int before = BIGQUERY.connections();
        refusesAll("bigquery", "watched-bigquery");
        assertThat(BIGQUERY.connections()).as("connections to BigQuery").isEqualTo(before);
        runUnheard("watched-bigquery", "SELECT 1 AS a");
        eventually(() -> BIGQUERY.connections() > before);
    }

    @ParameterizedTest
    @CsvSource({"sqlite, SELECT 1 AS a", "duckdb, SELECT 1 AS a"})
    @EnabledOnOs(OS.LINUX)
    void noAttackOpensTheFile(String dialect, String harmless) throws Exception {
        Path file = Files.createTempDirectory("watched").resolve("watched." + dialect);
        try (Connection connection = DriverManager.getConnection("jdbc:" + dialect + ":" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a integer)");
        }
        String source = add(dialect, "jdbc:" + dialect + ":" + file, null);
        assertThat(open(file)).as("open before").isFalse();
        for (String attack : attacks(dialect)) {
            refused(attack, run(source, attack));
            assertThat(open(file)).as(attack).isFalse();
        }
        assertThat(run(source, harmless).status()).isEqualTo(200);
        assertThat(open(file)).as("open after a query that runs").isTrue();
    }

    private String add(String dialect, String url, String user) {
        ObjectNode body = JSON.createObjectNode().put("name", "watched-" + UUID.randomUUID()).put("dialect", dialect)
                .put("url", url);
        if (user != null) {
            body.put("user", user);
        }
        Reply created = server.post("/api/v1/data-sources", body.toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.data().path("name").asText();
    }

    private Reply run(String source, String query) {
        return server.post("/api/v1/execute", JSON.createObjectNode().put("query", query).put("datasource", source)
                .toString());
    }

    /** Runs a query on a database that does not answer, without waiting for what becomes of it. */
    private void runUnheard(String source, String query) {
        Thread asking = new Thread(() -> run(source, query), "unheard");
        asking.setDaemon(true);
        asking.start();
    }

    private void refusesAll(String dialect, String source) {
        attacks(dialect).forEach(attack -> refused(attack, run(source, attack)));
    }

    private static void refused(String attack, Reply reply) {
        assertThat(reply.status()).as(attack + ": " + reply.text()).isIn(400, 422);
    }

    /** Whether this process has the file, or one beside it, open. */
    private static boolean open(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
                } catch (IOException closed) {
                    return false;
                }
            });
        }
    }

    private static List<String> attacks(String dialect) {
        List<String> attacks = new ArrayList<>();
        try (InputStream stream = Dialect.class.getResourceAsStream("attacks/" + dialect + ".jsonl")) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode attack = JSON.readTree(line);
                attacks.add(attack.get("input").asText());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(attacks).hasSizeGreaterThan(60);
        return attacks;
    }
}
