package io.dragoman.api.query;

import static io.dragoman.testing.Eventually.atLeastOnce;
import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.testing.SlowWorld;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A caller who hangs up while the stages are streamed. */
class HangUpTest extends ApiTest {

    @LocalServerPort
    private int port;

    @Test
    void theQueryIsGoneFromTheDatabaseWithinASecond() throws Throwable {
        SlowWorld world = SlowWorld.in(server);
        atLeastOnce(() -> hangUp(world));
    }

    private void hangUp(SlowWorld world) throws Exception {
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
        String path = "/api/v1/query/" + id;
        assertThat(eventually(() -> server.get(path).data().at("/error/code").asText(), code -> !code.isEmpty())).isEqualTo("CANCELLED");
    }
}
