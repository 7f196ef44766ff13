package io.dragoman.api.socket;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.testing.HeavyWorld;
import io.dragoman.testing.HeldTable;
import io.dragoman.testing.Requires;
import io.dragoman.testing.SlowWorld;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The limits of the socket, as socket.io-client meets them; small ones on a second port of the same server. */
@Requires(SocketIoClient.Installed.class)
@Timeout(180)
class SocketLimitsTest extends ApiTest {

    private static final String WEB_SOCKET = "\"websocket\"";
    private static final String QUESTION = "{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\"}";
    private static final String SLOW = "{\"query\": \"list the tortoises\", \"schema_group_id\": \"tortoises\", \"execute\": true}";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    private OwnDoor door;
    private SocketIoClient client;

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (door != null) {
            door.close();
        }
    }

    private int open(String... limits) {
        door = new OwnDoor(context, limits);
        return door.port();
    }

    @Test
    void closesAConnectionThatAsksNothingButNotOneWhoseQuestionRuns() throws Exception {
        HeldTable table = HeldTable.in(server, "canal_idle");
        client = new SocketIoClient(open("idle-timeout", "2s"));
        String once = "{\"transports\": [\"websocket\"], \"reconnection\": false, \"auth\": {\"token\": \"" + KEY + "\"}}";
        try (HeldTable.Hold held = table.hold()) {
            client.open("asks", once);
            client.ask("asks", "generate_query", table.question());
            table.awaitWaiting(1);
            client.open("idle", once);
            client.await("idle", "connect");
            client.await("idle", "disconnect");
            assertThat(client.all("asks", "disconnect")).isEmpty();
        }
        client.await("asks", "query_result");
        client.await("asks", "disconnect");
    }

    @Test
    void takesSoManyConnectionsAndNoMoreUntilOneLeaves() {
        client = new SocketIoClient(open("connections", "3"));
        String polling = "\"transports\": [\"polling\"], \"auth\": {\"token\": \"" + KEY + "\"}}";
        for (int i = 0; i < 3; i++) {
            client.open("c" + i, "{\"reconnection\": false, " + polling);
        }
        for (int i = 0; i < 3; i++) {
            client.await("c" + i, "connect");
        }
        client.open("more", "{\"reconnection\": false, " + polling);
        assertThat(client.await("more", "connect_error").path("status").asInt()).isEqualTo(503);
        client.disconnect("c0");
        client.open("again and again", "{" + polling);
        client.await("again and again", "connect");
    }

    @Test
    void aConnectionThatAsksNothingIsKeptByPings() {
        client = new SocketIoClient(open("ping-interval", "500ms"));
        for (String transport : List.of("websocket", "polling")) {
            client.connect(transport, "\"" + transport + "\"", KEY);
        }
        for (String transport : List.of("websocket", "polling")) {
            client.awaitNumber(transport, "ping", 1);
            assertThat(client.all(transport, "disconnect")).isEmpty();
        }
    }

    @Test
    void whoReadsLeastIsCutOffWhenTooMuchWaitsForAllAndFindsTheResultLater() throws Exception {
        HeavyWorld.in(server);
        int other = open("buffer-all", "1MB");
        client = new SocketIoClient(other);
        String id;
        try (RawSocket slow = new RawSocket(other)) {
            slow.connect(KEY);
            slow.send("42[\"generate_query\",{\"query\":\"list the boulders\",\"schema_group_id\":\"boulders\",\"execute\":true,"
                    + "\"limit\":3000}]");
            String progress = slow.readUntil("\"query_id\":\"");
            id = progress.substring(progress.indexOf("\"query_id\":\"") + 12).substring(0, 36);
            assertThat(slow.readUntil("query_result")).isNull();
        }
        client.connect("b", WEB_SOCKET, KEY);
        assertThat(client.ask("b", "generate_query", QUESTION).path("status").asText()).isEqualTo("success");
        assertThat(client.await("b", "query_result").path("query").asText()).isNotBlank();
        assertThat(server.get("/api/v1/query/" + id).data().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aCallerHasFiftyConnectionsAndAHundredQuestions() throws Exception {
        SlowWorld world = SlowWorld.in(server);
        client = new SocketIoClient(port);
        server.post("/api/v1/users", "{\"name\": \"socket-many\", \"roles\": [\"asker\"]}");
        String key = server.post("/api/v1/api-keys", "{\"name\": \"k\", \"user\": \"socket-many\"}").data().path("key").asText();
        for (int i = 0; i < 50; i++) {
            client.open("c" + i, "{\"transports\": [\"websocket\"], \"auth\": {\"token\": \"" + key + "\"}}");
        }
        for (int i = 0; i < 50; i++) {
            client.await("c" + i, "connect");
        }
        client.open("more", "{\"transports\": [\"websocket\"], \"auth\": {\"token\": \"" + key + "\"}}");
        JsonNode refused = client.await("more", "connect_error").path("data");
        assertThat(refused.path("code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(refused.path("message").asText()).contains("50 connections");

        for (int i = 0; i < 7; i++) {
            client.many("c" + i, "generate_query", SLOW, 20);
        }
        eventually(() -> refusals() > 0);
        for (int i = 0; i < 50; i++) {
            client.disconnect("c" + i);
        }
        world.awaitRunning(0);
    }

    /** How many questions were refused as their caller had too many. */
    private long refusals() {
        return IntStream.range(0, 7).mapToObj(i -> client.all("c" + i, "query_error")).flatMap(List::stream)
                .filter(error -> error.data().path("message").asText().contains("100 questions")).count();
    }
}
