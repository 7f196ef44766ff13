package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Input that means harm, or was written by nobody in their right mind. */
class HostileInputTest extends ApiTest {

    @Test
    void deepJsonIsRefused() {
        refused(ask("{\"query\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"), 400, "VALIDATION_FAILED");
        refused(ask("{\"query\": \"orders\", \"other\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000) + "}"), 400,
                "VALIDATION_FAILED");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        Reply reply = server.send(server.to("/api/v1/query").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', 'q', 'u', 'e', 'r', 'y', '"', ':', '"', (byte) 0xC3,
                    (byte) 0x28, '"', '}'})));
        refused(reply, 400, "VALIDATION_FAILED");
    }

    @Test
    void controlCharactersAndHalfCharactersAreRefused() {
        refused(ask("{\"query\": \"orders\\u0000; drop\"}"), 400, "VALIDATION_FAILED");
        refused(ask("{\"query\": \"orders\\u001b[31m\"}"), 400, "VALIDATION_FAILED");
        refused(ask("{\"query\": \"orders \\ud800\"}"), 400, "VALIDATION_FAILED");
        refused(ask("{\"query\": \"orders\", \"schema_group_id\": \"a\\u0000b\"}"), 400, "VALIDATION_FAILED");
        refused(server.post("/api/v1/execute", "{\"query\": \"SELECT '\\u0000'\", \"datasource\": \"ecommerce\"}"), 400,
                "VALIDATION_FAILED");
    }

    @Test
    void questionsInAnyScriptAreAnsweredSomehow() {
        for (String question : List.of("订单有多少?", "Сколько заказов?", "😀😀😀", "‮orders‬", "orders\\n\\n\\torders",
                "'; DROP TABLE customers; --", "${body} #{1+1} {{camel.main.name}} ${sys.user.dir}",
                "<script>alert(1)</script>", "%00%0a..%2f..%2fetc/passwd", "orders ".repeat(280).strip())) {
            Reply reply = ask("{\"query\": \"" + question + "\", \"schema_group_id\": \"ecommerce\"}");
            assertThat(reply.status()).as(question + " → " + reply.text()).isIn(200, 422);
            assertThat(reply.text()).doesNotContain("Exception").doesNotContain("io.dragoman");
        }
    }

    @Test
    void noHeaderFromOutsideReachesTheRoutes() {
        Reply reply = server.send(server.to("/api/v1/query?CamelBeanMethodName=read&id=x&schema_group_id=bank"
                        + "&CamelHttpUri=http%3A%2F%2F127.0.0.1%3A1%2F")
                .header("Content-Type", "application/json").header("CamelHttpUri", "http://127.0.0.1:1/")
                .header("CamelBeanMethodName", "read").header("CamelRedelivered", "true").header("CamelToEndpoint", "direct:x")
                .header("camelhttpresponsecode", "204").header("answeredBy", "llm").header("body", "x")
                .POST(BodyPublishers.ofString("{\"query\": \"How many customers are there?\", "
                        + "\"schema_group_id\": \"ecommerce\", \"execute\": true}")));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.data().path("results").path("rows").path(0).path(0).asInt()).isEqualTo(20);
        assertThat(reply.data().path("schema_group").asText()).isEqualTo("ecommerce");
    }

    @Test
    void aPathParameterCannotBeReplacedByAQueryParameter() {
        String id = ask("{\"query\": \"hello\"}").data().path("query_id").asText();
        assertThat(server.get("/api/v1/query/" + id + "?id=00000000-0000-0000-0000-000000000000").data()
                .path("query_id").asText()).isEqualTo(id);
    }

    @Test
    void wrongContentTypesAreRefused() {
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded",
                "application/x-java-serialized-object", "nonsense")) {
            Reply reply = server.send(server.to("/api/v1/query").header("Content-Type", type)
                    .POST(BodyPublishers.ofString("query=orders")));
            refused(reply, 415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @Test
    void hugeBodiesAreRefusedWhetherOrNotTheySayHowLongTheyAre() {
        byte[] huge = ("{\"query\": \"" + "a".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        refused(server.send(server.to("/api/v1/query").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(huge))), 413, "PAYLOAD_TOO_LARGE");
        refused(server.send(server.to("/api/v1/query").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(huge)))), 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void aHugeNumberIsNotComputedWith() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"query\": \"orders\", \"limit\": 1e".getBytes(StandardCharsets.UTF_8));
        body.writeBytes("9".repeat(9).getBytes(StandardCharsets.UTF_8));
        body.writeBytes("}".getBytes(StandardCharsets.UTF_8));
        refused(ask(body.toString(StandardCharsets.UTF_8)), 400, "VALIDATION_FAILED");
    }

    @Test
    void pathsThatClimbLeadNowhere() {
        for (String path : List.of("/api/v1/../v1/query/x", "/api/v1/query/%2e%2e%2fhealth", "/api/v1//health",
                "/api/v1/query/" + "x".repeat(4_000), "/api/v1/health;jsessionid=1")) {
            Reply reply = server.get(path);
            assertThat(reply.status()).as(path).isIn(200, 400, 401, 403, 404);
            assertThat(reply.text()).doesNotContain("Exception").doesNotContain("\tat ");
        }
    }
}
