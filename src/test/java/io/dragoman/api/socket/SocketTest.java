package io.dragoman.api.socket;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.security.oidc.TestIssuer;
import io.dragoman.testing.Requires;
import io.dragoman.testing.SlowWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The socket, spoken to by socket.io-client as it is published. */
@Requires(SocketIoClient.Installed.class)
@Timeout(180)
class SocketTest extends ApiTest {

    private static final String WEB_SOCKET = "\"websocket\"";
    private static final String QUESTION = "{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\", "
            + "\"execute\": true, \"request_id\": \"mine\"}";
    private static final String SLOW = "{\"query\": \"list the tortoises\", \"schema_group_id\": \"tortoises\", \"execute\": true}";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient database;

    private SocketIoClient client;

    @BeforeEach
    void start() {
        client = new SocketIoClient(port);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"websocket\"", "\"polling\"", "\"polling\", \"websocket\""})
    void tellsOfEachStageInOrderThenTheSameAsRest(String transports) {
        client.connect("a", transports, KEY);
        JsonNode ack = client.ask("a", "generate_query", QUESTION);
        assertThat(ack.path("status").asText()).isEqualTo("success");
        ObjectNode result = (ObjectNode) client.await("a", "query_result");
        assertThat(result.path("query_id")).isEqualTo(ack.path("data").path("query_id"));
        assertThat(result.remove("request_id").asText()).isEqualTo("mine");
        List<String> stages = client.all("a", "query_progress").stream()
                .map(one -> one.data().path("stage").asText() + " " + one.data().path("status").asText()).toList();
        assertThat(stages).containsExactly("intent started", "intent completed", "retrieve started", "retrieve completed",
                "analyse started", "analyse completed", "generate started", "generate completed", "validate started",
                "validate completed", "execute started", "execute completed", "answer started", "answer completed");
        assertThat(client.all("a", "query_progress")).allSatisfy(one -> {
            assertThat(one.data().path("query_id")).isEqualTo(result.path("query_id"));
            assertThat(one.data().path("request_id").asText()).isEqualTo("mine");
            assertThat(one.data().has("elapsed_ms")).isTrue();
        });
        ObjectNode rest = (ObjectNode) ask(QUESTION).data();
        List.of("query_id", "trace_id", "timings_ms").forEach(own -> {
            rest.remove(own);
            result.remove(own);
        });
        List.of(rest, result).forEach(reply -> ((ObjectNode) reply.path("results"))
                .remove(List.of("execution_time_ms", "cached", "age_ms")));
        // JavaScript writes 1.0 as 1.
        assertThat(result.equals((one, other) -> one.isNumber() && other.isNumber()
                ? Double.compare(one.asDouble(), other.asDouble()) : one.equals(other) ? 0 : 1, rest))
                .as("%s as %s", result, rest).isTrue();
        if (transports.startsWith("\"polling\", ")) {
            assertThat(client.await("a", "upgrade").asText()).isEqualTo("websocket");
        }
    }

    @Test
    void tellsErrorsAsRestDoesAsAnEventAndToTheAcknowledgement() {
        client.connect("a", WEB_SOCKET, KEY);
        for (String body : List.of("{\"query\": \"\"}", "{\"query\": 7}", "{\"query\": \"x\", \"limit\": 0}",
                "{\"query\": \"" + "x".repeat(2_001) + "\"}",
                "{\"query\": \"how many?\", \"conversation_id\": \"" + UUID.randomUUID() + "\"}",
                "{\"query\": \"How many customers are there?\", \"schema_group_id\": \"none\"}")) {
            int before = client.all("a", "query_error").size();
            client.emit("a", "generate_query", body);
            JsonNode error = client.awaitNumber("a", "query_error", before);
            JsonNode rest = ask(body).error();
            assertThat(error.path("code")).as(body).isEqualTo(rest.path("code"));
            assertThat(error.path("details").path("field")).isEqualTo(rest.path("details").path("field"));
            assertThat(error.path("trace_id").asText()).hasSize(32);
            assertThat(error.toString()).doesNotContain("Exception").doesNotContain("io.dragoman");
        }
        JsonNode refused = client.ask("a", "generate_query", "{\"query\": \"\", \"request_id\": \"mine\"}");
        assertThat(refused.path("status").asText()).isEqualTo("error");
        assertThat(refused.at("/error/code").asText()).isEqualTo("VALIDATION_FAILED");
        client.await("a", "query_error", data -> data.path("request_id").asText().equals("mine"));
        assertThat(client.ask("a", "generate_query", "[1]").at("/error/code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(client.ask("a", "drop_table", "{}").at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(client.ask("a", "cancel_query", "{}").at("/error/details/field").asText()).isEqualTo("query_id");
        String deep = "{\"query\": \"x\", \"model_config\": " + "[".repeat(200) + "]".repeat(200) + "}";
        assertThat(client.ask("a", "generate_query", deep).at("/error/code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(client.ask("a", "generate_query", QUESTION).path("status").asText()).as("it goes on").isEqualTo("success");
    }

    @Test
    void cancellingStopsTheQueryInTheDatabase() {
        SlowWorld world = SlowWorld.in(server);
        client.connect("a", WEB_SOCKET, KEY);
        client.connect("other", WEB_SOCKET, keyOf("{\"name\": \"socket-other\", \"roles\": [\"asker\"]}", "socket-other"));
        String id = client.ask("a", "generate_query", SLOW).at("/data/query_id").asText();
        world.awaitRunning(1);
        String whose = "{\"query_id\": \"" + id + "\"}";
        assertThat(client.ask("other", "cancel_query", whose).at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(client.ask("other", "attach", whose).at("/error/code").asText()).isEqualTo("NOT_FOUND");
        assertThat(client.ask("a", "cancel_query", whose).at("/data/cancelled").asBoolean()).isTrue();
        world.awaitRunning(0);
        JsonNode error = client.await("a", "query_error");
        assertThat(error.path("code").asText()).isEqualTo("CANCELLED");
        assertThat(error.path("query_id").asText()).isEqualTo(id);
        assertThat(client.ask("a", "cancel_query", whose).at("/data/cancelled").asBoolean()).as("it ended").isFalse();
    }

    @Test
    void whoLosesTheConnectionComesBackToTheResult() {
        for (String transports : List.of(WEB_SOCKET, "\"polling\"")) {
            String name = "a " + transports;
            client.connect(name, transports, KEY);
            String id = client.ask(name, "generate_query", QUESTION).at("/data/query_id").asText();
            client.drop(name);
            client.await(name, "disconnect");
            client.awaitNumber(name, "connect", 1);
            client.emit(name, "attach", "{\"query_id\": \"" + id + "\"}");
            JsonNode result = client.await(name, "query_result");
            assertThat(result.path("query_id").asText()).isEqualTo(id);
            assertThat(result.at("/results/rows/0/0").asInt()).as("the rows, too").isEqualTo(20);
        }
        String asked = ask(QUESTION).data().path("query_id").asText();
        client.emit("a " + WEB_SOCKET, "attach", "{\"query_id\": \"" + asked + "\"}");
        JsonNode stored = client.await("a " + WEB_SOCKET, "query_result", data -> data.path("query_id").asText().equals(asked));
        assertThat(stored.path("query").asText()).containsIgnoringCase("count(*)");
    }

    @Test
    void whoLeavesOnPurposeWaitsForNothing() {
        SlowWorld world = SlowWorld.in(server);
        client.open("a", "{\"transports\": [\"websocket\"], \"reconnection\": false, \"auth\": {\"token\": \"" + KEY + "\"}}");
        client.await("a", "connect");
        String id = client.ask("a", "generate_query", SLOW).at("/data/query_id").asText();
        world.awaitRunning(1);
        client.disconnect("a");
        world.awaitRunning(0);
        assertThat(eventually(() -> server.get("/api/v1/query/" + id).data(), run -> !run.path("status").asText().equals("running"))
                .at("/error/code").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void takesKeysAtTheHandshakeAndNoneInTheAddress() {
        client.open("none", "{}");
        JsonNode refused = client.await("none", "connect_error");
        assertThat(refused.at("/data/code").asText()).isEqualTo("UNAUTHENTICATED");
        client.open("wrong", "{\"auth\": {\"token\": \"not-a-key\"}}");
        assertThat(client.await("wrong", "connect_error").at("/data/code").asText()).isEqualTo("UNAUTHENTICATED");
        client.open("address", "{\"query\": {\"token\": \"" + KEY + "\", \"api_key\": \"" + KEY + "\"}}");
        assertThat(client.await("address", "connect_error").at("/data/code").asText()).isEqualTo("UNAUTHENTICATED");
        client.open("header", "{\"extraHeaders\": {\"X-API-Key\": \"" + KEY + "\"}}");
        client.await("header", "connect");
        client.open("bearer", "{\"transports\": [\"websocket\"], \"extraHeaders\": {\"Authorization\": \"Bearer " + KEY + "\"}}");
        client.await("bearer", "connect");
        client.open("wrong header", "{\"reconnection\": false, \"extraHeaders\": {\"X-API-Key\": \"not-a-key\"}}");
        assertThat(client.await("wrong header", "connect_error").path("status").asInt()).isEqualTo(401);
        client.open("page", "{\"reconnection\": false, \"extraHeaders\": {\"Origin\": \"https://evil.example\"}}");
        assertThat(client.await("page", "connect_error").path("status").asInt()).isEqualTo(403);
    }

    @Test
    void whoeverIsShutOutMeanwhileIsCutOffAtTheNextEvent() {
        server.post("/api/v1/users", "{\"name\": \"socket-leaver\", \"roles\": [\"asker\"]}");
        JsonNode made = server.post("/api/v1/api-keys", "{\"name\": \"k\", \"user\": \"socket-leaver\"}").data();
        client.connect("a", WEB_SOCKET, made.path("key").asText());
        assertThat(client.ask("a", "generate_query", QUESTION).path("status").asText()).isEqualTo("success");
        client.await("a", "query_result");
        assertThat(server.send(server.to("/api/v1/api-keys/" + made.path("id").asText()).DELETE()).status()).isEqualTo(200);
        client.emit("a", "generate_query", QUESTION);
        assertThat(client.await("a", "query_error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(client.await("a", "disconnect").asText()).isEqualTo("io server disconnect");
    }

    @Test
    void needsTheRolesAndSightThatRestNeeds() {
        client.connect("curator", WEB_SOCKET, keyOf("{\"name\": \"socket-curator\", \"roles\": [\"curator\"]}", "socket-curator"));
        assertThat(client.ask("curator", "generate_query", QUESTION).at("/error/code").asText()).isEqualTo("FORBIDDEN");
        client.connect("retail", WEB_SOCKET, keyOf("{\"name\": \"socket-retail\", \"roles\": [\"asker\"], "
                + "\"schema_groups\": [\"retail\"]}", "socket-retail"));
        client.emit("retail", "generate_query", QUESTION);
        assertThat(client.await("retail", "query_error").path("code").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void refusesWhatIsTooMuchAtOnceAndGoesOn() {
        SlowWorld world = SlowWorld.in(server);
        client.connect("a", WEB_SOCKET, KEY);
        client.many("a", "generate_query", SLOW.replace("}", ", \"request_id\": \"mine\"}"), 25);
        JsonNode refused = client.await("a", "query_error", data -> data.path("code").asText().equals("RATE_LIMITED"));
        assertThat(refused.path("request_id").asText()).isEqualTo("mine");
        assertThat(refused.at("/details/retry_after_s").asInt()).isPositive();
        assertThat(client.all("a", "disconnect")).isEmpty();
        client.disconnect("a");
        world.awaitRunning(0);
        client.connect("b", WEB_SOCKET, KEY);
        assertThat(client.ask("b", "generate_query", QUESTION).path("status").asText()).isEqualTo("success");
    }

    @Test
    void refusesBytesAndOtherNamespaces() {
        client.connect("a", WEB_SOCKET, KEY);
        client.binary("a", "generate_query");
        assertThat(client.await("a", "query_error").path("code").asText()).isEqualTo("VALIDATION_FAILED");
        client.await("a", "disconnect");
    }

    @Test
    void closesAConnectionThatSendsMoreThanAMegabyteAtOnce() {
        for (String transport : List.of("websocket", "polling")) {
            client.open(transport, "{\"transports\": [\"" + transport + "\"], \"reconnection\": false, \"auth\": {\"token\": \""
                    + KEY + "\"}}");
            client.await(transport, "connect");
            client.emit(transport, "generate_query", "{\"query\": \"" + "x".repeat(1 << 20) + "\"}");
            client.await(transport, "disconnect");
        }
    }

    @Test
    void aFaultAtSignInOrBeforeAnEventIsAnsweredUnderATraceId() {
        JsonNode other = server.post("/api/v1/api-keys", "{\"name\": \"other\"}").data();
        String key = keyOf("{\"name\": \"socket-unlucky\", \"roles\": [\"asker\"]}", "socket-unlucky");
        client.connect("a", WEB_SOCKET, key);
        // Keys that were seen are looked up again.
        server.send(server.to("/api/v1/api-keys/" + other.path("id").asText()).DELETE());
        database.sql("ALTER TABLE api_keys RENAME TO away").update();
        try {
            JsonNode failed = client.ask("a", "generate_query", QUESTION);
            assertThat(failed.at("/error/code").asText()).isEqualTo("INTERNAL_ERROR");
            assertThat(failed.at("/error/trace_id").asText()).hasSize(32);
            client.open("b", "{\"reconnection\": false, \"auth\": {\"token\": \"" + key + "\"}}");
            JsonNode refused = client.await("b", "connect_error");
            assertThat(refused.at("/data/code").asText()).isEqualTo("INTERNAL_ERROR");
            assertThat(refused.at("/data/trace_id").asText()).hasSize(32);
            client.open("c", "{\"reconnection\": false, \"extraHeaders\": {\"X-API-Key\": \"" + key + "\"}}");
            assertThat(client.await("c", "connect_error").path("status").asInt()).isEqualTo(500);
        } finally {
            database.sql("ALTER TABLE away RENAME TO api_keys").update();
        }
        assertThat(client.ask("a", "generate_query", QUESTION).path("status").asText()).as("it goes on").isEqualTo("success");
    }

    @Test
    void takesPagesOfListedOriginsAndLetsTheirScriptsReadTheReplies() {
        for (String transport : List.of("websocket", "polling")) {
            client.open(transport, "{\"transports\": [\"" + transport + "\"], \"extraHeaders\": {\"Origin\": "
                    + "\"https://pages.example\"}, \"auth\": {\"token\": \"" + KEY + "\"}}");
            client.await(transport, "connect");
            assertThat(client.ask(transport, "generate_query", QUESTION).path("status").asText()).isEqualTo("success");
        }
        Reply poll = server.with(null).send(server.to("/ws/?EIO=4&transport=polling").header("Origin", "https://pages.example"));
        assertThat(poll.status()).isEqualTo(200);
        assertThat(poll.header("Access-Control-Allow-Origin")).isEqualTo("https://pages.example");
        assertThat(server.send(server.to("/ws/?EIO=4&transport=polling").header("Origin", "https://pages.example.evil.example"))
                .status()).isEqualTo(403);
    }

    @Test
    void takesTokensOfTheIdentityProviderWithTheirRolesAndSight() {
        String name = "socket-token-" + UUID.randomUUID();
        TestIssuer issuer = TestIssuer.shared();
        client.connect("a", WEB_SOCKET, issuer.token(Map.of("preferred_username", name, "roles", List.of("asker"),
                "groups", List.of("ecommerce")), claims -> claims.subject(name)));
        assertThat(client.ask("a", "generate_query", QUESTION).path("status").asText()).isEqualTo("success");
        assertThat(client.await("a", "query_result").at("/results/rows/0/0").asInt()).isEqualTo(20);
        client.emit("a", "generate_query", QUESTION.replace("ecommerce", "retail"));
        assertThat(client.await("a", "query_error").path("code").asText()).isEqualTo("NOT_FOUND");
        client.open("late", "{\"auth\": {\"token\": \"" + issuer.token(Map.of("roles", List.of("asker")), claims -> claims.subject(name)
                .expirationTime(Date.from(Instant.now().minusSeconds(3_600)))) + "\"}}");
        assertThat(client.await("late", "connect_error").at("/data/code").asText()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void theExampleOfTheDocumentationWorksAsItIsWritten() throws Exception {
        String page = Files.readString(Path.of("docs", "WebSocket.md"));
        String example = page.substring(page.indexOf("```js\n") + 6);
        Path script = SocketIoClient.FOLDER.resolve("ask.cjs");
        Files.writeString(script, example.substring(0, example.indexOf("```")).replace(":8080", ":" + port));
        ProcessBuilder node = new ProcessBuilder("node", script.toString()).redirectErrorStream(true);
        node.environment().put("DRAGOMAN_KEY", KEY);
        Path log = SocketIoClient.FOLDER.resolve("ask.log");
        Process asked = node.redirectOutput(log.toFile()).start();
        boolean ended = asked.waitFor(60, TimeUnit.SECONDS);
        asked.destroy();
        String told = Files.readString(log);
        assertThat(ended).as(told).isTrue();
        assertThat(told).contains("status: 'success'").contains("request_id: 'first'").contains("validate completed (")
                .containsIgnoringCase("SELECT COUNT(*)").contains("[ [ 20 ] ]");
    }

    private String keyOf(String user, String name) {
        server.post("/api/v1/users", user);
        return server.post("/api/v1/api-keys", "{\"name\": \"k\", \"user\": \"" + name + "\"}").data().path("key").asText();
    }
}
