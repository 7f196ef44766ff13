package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.socket.SocketIoClient;
import io.dragoman.testing.Requires;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an LLM writes, on its way to socket.io-client. */
@Requires(SocketIoClient.Installed.class)
@Timeout(180)
class SocketTokensTest extends LlmServerTest {

    @LocalServerPort
    private int port;

    private static String asking() {
        return "{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true, "
                + "\"model_config\": {\"provider\": \"openai\"}}";
    }

    @Test
    void streamsTheTokensOfAStageBetweenItsBeginAndItsEnd() {
        try (SocketIoClient client = new SocketIoClient(port)) {
            client.connect("a", "\"websocket\"", KEY);
            client.emit("a", "generate_query", asking());
            JsonNode result = client.await("a", "query_result");
            assertThat(result.path("engine").asText()).isEqualTo("llm");
            List<String> events = client.all("a").stream().filter(one -> one.data().path("stage").asText().equals("generate"))
                    .map(one -> one.event() + " " + one.data().path("status").asText()).toList();
            assertThat(events).startsWith("query_progress started", "query_token ").endsWith("query_progress completed");
            StringBuilder text = new StringBuilder();
            client.all("a", "query_token").stream().filter(one -> one.data().path("stage").asText().equals("generate"))
                    .forEach(one -> text.append(one.data().path("text").asText()));
            assertThat(text).contains("SELECT count(*) AS customers FROM customers");
        }
    }

    @Test
    void cancellingHangsUpOnTheLlm() {
        ENDPOINT.delay(60_000);
        try (SocketIoClient client = new SocketIoClient(port)) {
            client.connect("a", "\"websocket\"", KEY);
            String id = client.ask("a", "generate_query", asking()).at("/data/query_id").asText();
            client.await("a", "query_progress");
            eventually(() -> !ENDPOINT.asked().isEmpty());
            client.ask("a", "cancel_query", "{\"query_id\": \"" + id + "\"}");
            assertThat(client.await("a", "query_error").path("code").asText()).isEqualTo("CANCELLED");
            assertThat(ENDPOINT.asked()).as("nothing more is asked").hasSize(1);
        }
    }
}
