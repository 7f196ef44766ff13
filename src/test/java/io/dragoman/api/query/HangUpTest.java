package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.testing.SlowWorld;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A caller who hangs up while the stages are streamed. */
class HangUpTest extends ApiTest {

    @LocalServerPort
    private int port;

    @Test
    void theQueryIsGoneFromTheDatabaseWithinASecond() throws Exception {
        SlowWorld world = SlowWorld.in(server);
        String body = "{\"query\": \"list the tortoises\", \"schema_group_id\": \"tortoises\", \"execute\": true}";
        String id = null;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/query HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY + "\r\nContent-Type: application/json\r\n"
                    + "Accept: text/event-stream\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); id == null; line = in.readLine()) {
                assertThat(line).isNotNull();
                if (line.contains("\"stage\":\"execute\"")) {
                    id = line.substring(line.indexOf("\"query_id\":\"") + 12).substring(0, 36);
                }
            }
            world.awaitRunning(1);
        }
        assertThat(world.awaitRunning(0)).isLessThan(Duration.ofSeconds(1));
        Instant limit = Instant.now().plusSeconds(5);
        while (server.get("/api/v1/query/" + id).status() != 200 && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        assertThat(server.get("/api/v1/query/" + UUID.fromString(id)).data().at("/error/code").asText())
                .isEqualTo("CANCELLED");
    }
}
