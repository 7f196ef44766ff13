package io.dragoman.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.Server.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** What holds for every call, whatever it does. */
class RestEnvelopeTest extends ApiTest {

    @Test
    void saysHowItIsWithATraceId() {
        Reply reply = server.get("/api/v1/health");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("status").asText()).isEqualTo("success");
        // Other tests ask databases that do not exist, which makes it degraded.
        assertThat(reply.data().path("overall_status").asText()).isIn("healthy", "degraded");
        assertThat(reply.header("X-Trace-Id")).matches("[0-9a-f]{32}");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
    }

    @Test
    void keepsTheCallersTraceIdWhenItIsHarmless() {
        assertThat(server.send(server.to("/api/v1/health").header("X-Trace-Id", "abc-12345678")).header("X-Trace-Id"))
                .isEqualTo("abc-12345678");
        assertThat(server.send(server.to("/api/v1/health").header("X-Trace-Id", "<script>alert(1)</script>"))
                .header("X-Trace-Id")).doesNotContain("<");
    }

    @Test
    void repliesToUnknownPathsInTheEnvelope() {
        for (String path : new String[] {"/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/health/nothing"}) {
            refused(server.get(path), 404, "NOT_FOUND");
        }
    }

    @Test
    void repliesToAWrongMethodInTheEnvelope() {
        Reply reply = server.send(server.to("/api/v1/health").DELETE());
        refused(reply, 405, "METHOD_NOT_ALLOWED");
        assertThat(reply.header("Allow")).contains("GET");
    }

    @Test
    void repliesToAnUnacceptableFormatInTheEnvelope() {
        refused(server.send(server.to("/api/v1/health").header("Accept", "image/png")), 406, "NOT_ACCEPTABLE");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        Reply reply = server.send(server.to("/api/v1/health").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1])));
        refused(reply, 413, "PAYLOAD_TOO_LARGE");
        assertThat(reply.error().path("details").path("limit_bytes").asInt()).isEqualTo(1 << 20);
    }

    @Test
    void refusesCharsetsAndEncodingsItCannotRead() {
        for (String charset : new String[] {"utf-16", "no-such-charset", "\"", ""}) {
            refused(server.send(server.to("/api/v1/health").header("Content-Type", "application/json;charset=" + charset)
                    .POST(BodyPublishers.ofString("{}"))), 415, "UNSUPPORTED_MEDIA_TYPE");
        }
        refused(server.send(server.to("/api/v1/health").header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}"))), 415, "UNSUPPORTED_MEDIA_TYPE");
        refused(server.send(server.to("/api/v1/health").header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString("--x--"))), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void noHeaderOrParameterFromOutsideSteersARoute() {
        Reply reply = server.send(server.to("/api/v1/health?CamelHttpResponseCode=418&camelhttpresponsecode=418"
                        + "&Content-Type=text/html&camel_http_response_code=418")
                .header("CamelHttpResponseCode", "418").header("camelHttpUri", "http://127.0.0.1:1/")
                .header("CamelBeanMethodName", "getClass").header("X-Echo", "no"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.response().headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("camel"));
        assertThat(reply.header("X-Echo")).isNull();
    }

    @Test
    void refusesPagesThatAreNotNumbers() {
        Reply reply = server.get("/api/v1/health?limit=ten");
        refused(reply, 400, "VALIDATION_FAILED");
        assertThat(reply.error().path("details").path("field").asText()).isEqualTo("limit");
        refused(server.get("/api/v1/health?limit=1001"), 400, "VALIDATION_FAILED");
        refused(server.get("/api/v1/health?offset=-1"), 400, "VALIDATION_FAILED");
    }

    @Test
    void servesThePageOfItsDescriptionWithoutTheNet() {
        Reply page = server.get("/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("swagger-ui-bundle.js").doesNotContain("http://").doesNotContain("https://");
        assertThat(server.get("/webjars/swagger-ui/5.18.2/swagger-ui-bundle.js").status()).isEqualTo(200);
        assertThat(server.get("/docs/docs.js").status()).isEqualTo(200);
    }
}
