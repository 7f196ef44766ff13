package io.dragoman.api.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.config.SocketProperties;
import io.dragoman.failure.Failures;
import io.dragoman.security.AuditLog;
import io.dragoman.security.Credentials;
import io.dragoman.security.RateLimits;
import io.dragoman.testing.HeavyWorld;
import io.dragoman.testing.Requires;
import io.dragoman.testing.SlowWorld;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.util.unit.DataSize;

/** The limits of the socket, as socket.io-client meets them; small ones on a second port of the same server. */
@Requires(SocketIoClient.Installed.class)
@Timeout(90)
class SocketLimitsTest extends ApiTest {

    private static final String WEB_SOCKET = "\"websocket\"";
    private static final String QUESTION = "{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\"}";
    private static final String SLOW = "{\"query\": \"list the tortoises\", \"schema_group_id\": \"tortoises\", \"execute\": true}";

    @LocalServerPort
    private int port;

    @Autowired
    private Credentials credentials;

    @Autowired
    private RateLimits rates;

    @Autowired
    private Failures failures;

    @Autowired
    private AuditLog audit;

    @Autowired
    private SocketRuns runs;

    @Autowired
    private ProducerTemplate routes;

    private Connections connections;
    private WebServer small;
    private SocketIoClient client;

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (small != null) {
            connections.stop();
            small.stop();
            connections.shutDown();
        }
    }

    /** Opens the same door on another port: at most 3 connections, each for a second without a question, and 1 MB that waits. */
    private int open() {
        SocketProperties limits = new SocketProperties(true, 3, 50, 4, 16, 100, 32, Duration.ofSeconds(25), Duration.ofSeconds(20),
                Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(30), DataSize.ofKilobytes(256),
                DataSize.ofMegabytes(1), Duration.ofMinutes(1), Duration.ofMinutes(5), DataSize.ofMegabytes(32));
        connections = new Connections(limits, runs);
        SocketDoor door = new SocketDoor(limits, connections, credentials, rates, failures, audit, runs, routes);
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);
        tomcat.addContextCustomizers(context -> context.addServletContainerInitializer(new WsSci(), null));
        small = tomcat.getWebServer(context -> {
            var servlet = context.addServlet("socket", new SocketServlet(door, List.of(), 10_000));
            servlet.addMapping("/ws", "/ws/*");
            servlet.setAsyncSupported(true);
        });
        small.start();
        connections.start();
        connections.ready();
        return small.getPort();
    }

    @Test
    void closesAConnectionThatAsksNothingButNotOneWhoseQuestionRuns() throws Exception {
        SlowWorld world = SlowWorld.in(server);
        client = new SocketIoClient(open());
        String once = "{\"transports\": [\"websocket\"], \"reconnection\": false, \"auth\": {\"token\": \"" + KEY + "\"}}";
        client.open("asks", once);
        client.await("asks", "connect");
        client.ask("asks", "generate_query", SLOW);
        world.awaitRunning(1);
        client.open("idle", once);
        client.await("idle", "connect");
        client.await("idle", "disconnect");
        assertThat(client.all("asks", "disconnect")).isEmpty();
        assertThat(client.await("asks", "query_error").path("code").asText()).isEqualTo("TIMEOUT");
        client.await("asks", "disconnect");
    }

    @Test
    void takesSoManyConnectionsAndNoMoreUntilOneLeaves() {
        client = new SocketIoClient(open());
        String asking = "{\"reconnection\": false, \"transports\": [\"polling\"], \"auth\": {\"token\": \"" + KEY + "\"}}";
        for (int i = 0; i < 3; i++) {
            client.open("c" + i, asking);
        }
        for (int i = 0; i < 3; i++) {
            client.await("c" + i, "connect");
        }
        client.open("more", asking);
        assertThat(client.await("more", "connect_error").path("status").asInt()).isEqualTo(503);
        client.disconnect("c0");
        client.await("c1", "disconnect");
        client.open("again", asking);
        client.await("again", "connect");
    }

    @Test
    void whoReadsLeastIsCutOffWhenTooMuchWaitsForAllAndFindsTheResultLater() throws Exception {
        HeavyWorld.in(server);
        int other = open();
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
        for (int i = 0; i < 200 && refusals() == 0; i++) {
            Thread.sleep(50);
        }
        assertThat(refusals()).isPositive();
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
