package io.dragoman.api.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasources over HTTP. */
class DataSourceCallsTest extends ApiTest {

    private static final String PATH = "/api/v1/data-sources";

    private static String name() {
        return "ds_" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String body(String name, String url, String more) {
        return "{\"name\":\"" + name + "\",\"dialect\":\"postgresql\",\"url\":\"" + url + "\"" + more + "}";
    }

    private Reply patch(String name, String json) {
        return server.send(server.to(PATH + "/" + name).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    @Test
    void keepsADatasourceFromItsCreationToItsEnd() {
        String name = name();
        Reply created = server.post(PATH, body(name, TestDatabase.shared().url(), ",\"user\":\"postgres\""));
        assertThat(created.status()).isEqualTo(201);
        String id = created.data().path("id").asText();
        assertThat(server.get(PATH + "/" + id).data()).isEqualTo(server.get(PATH + "/" + name).data());
        assertThat(server.post(PATH + "/" + name + "/test", "").data().path("reachable").asBoolean()).isTrue();
        assertThat(patch(name, "{\"description\":\"Mine\"}").data().path("description").asText()).isEqualTo("Mine");
        JsonNode page = server.get(PATH + "?limit=1000").data();
        assertThat(page.path("items").findValuesAsText("name")).contains(name);
        assertThat(page.path("total").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(server.send(server.to(PATH + "/" + name).DELETE()).status()).isEqualTo(200);
        assertThat(server.get(PATH + "/" + name).status()).isEqualTo(404);
    }

    @Test
    void showsThatADatabaseIsOutOfReachInTheHealth() {
        String name = name();
        server.post(PATH, body(name, "jdbc:postgresql://127.0.0.1:1/none", ""));
        assertThat(server.post(PATH + "/" + name + "/test", "").status()).isEqualTo(503);
        JsonNode health = server.get("/api/v1/health").data();
        assertThat(health.path("overall_status").asText()).isEqualTo("degraded");
        assertThat(health.path("components").path("datasources").path("detail").asText()).contains("cannot be reached")
                .doesNotContain(name);
        server.send(server.to(PATH + "/" + name).DELETE());
    }

    @Test
    void neverGivesASecretBack() {
        String name = name();
        String secret = "hush-hush";
        Reply created = server.post(PATH, body(name, "jdbc:postgresql://eve:" + secret + "@db.invalid/x", ""));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text() + server.get(PATH + "/" + name).text() + server.get(PATH).text()
                + server.post(PATH + "/" + name + "/test", "").text()
                + patch(name, "{\"password\":\"" + secret + "\"}").text()
                + server.post(PATH, body(name, "jdbc:postgresql://h/x?loggerFile=" + secret, "")).text())
                .doesNotContain(secret).contains("eve");
    }

    @Test
    void refusesANameThatIsTaken() {
        String name = name();
        String body = body(name, TestDatabase.shared().url(), "");
        assertThat(server.post(PATH, body).status()).isEqualTo(201);
        Reply again = server.post(PATH, body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.error().path("code").asText()).isEqualTo("CONFLICT");
    }

    @Test
    void saysWhyADatabaseCannotBeReached() {
        String name = name();
        server.post(PATH, body(name, "jdbc:postgresql://127.0.0.1:1/none", ""));
        Reply reply = server.post(PATH + "/" + name + "/test", "");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error().path("code").asText()).isEqualTo("DATASOURCE_UNAVAILABLE");
        assertThat(reply.error().path("message").asText()).contains("refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"dialect\":\"sqlite\",\"url\":\"jdbc:sqlite:/x\"}|name",
        "{\"name\":\"n1\",\"url\":\"jdbc:sqlite:/x\"}|dialect",
        "{\"name\":\"n1\",\"dialect\":\"sqlite\"}|url",
        "{\"name\":\"n1\",\"dialect\":\"sqlite\",\"url\":\"jdbc:sqlite:/etc/passwd\"}|url",
        "{\"name\":\"n1\",\"dialect\":\"postgresql\",\"url\":\"jdbc:postgresql://h/d?socketFactory=x\"}|url",
        "{\"name\":\"n1\",\"dialect\":\"postgresql\",\"url\":\"jdbc:postgresql://h/d\",\"options\":{\"x\":\"y\"}}|options.x",
        "{\"name\":7,\"dialect\":\"sqlite\",\"url\":\"jdbc:sqlite:/x\"}|name",
        "{\"name\":\"a/b\",\"dialect\":\"sqlite\",\"url\":\"jdbc:sqlite:/x\"}|name"})
    void namesTheFieldAtFault(String body, String field) {
        Reply reply = server.post(PATH, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error().path("code").asText()).isEqualTo("VALIDATION_FAILED");
        assertThat(reply.error().path("details").path("field").asText()).isEqualTo(field);
    }

    @Test
    void refusesToBeRenamed() {
        String name = name();
        server.post(PATH, body(name, TestDatabase.shared().url(), ""));
        assertThat(patch(name, "{\"name\":\"another\"}").error().path("details").path("field").asText()).isEqualTo("name");
    }

    @Test
    void knowsNothingOfDatasourcesThatAreNotThere() {
        for (String id : new String[] {"nothing", UUID.randomUUID().toString(), "x".repeat(3_000)}) {
            assertThat(server.get(PATH + "/" + id).status()).isEqualTo(404);
            assertThat(patch(id, "{}").status()).isEqualTo(404);
            assertThat(server.send(server.to(PATH + "/" + id).DELETE()).status()).isEqualTo(404);
            assertThat(server.post(PATH + "/" + id + "/test", "").status()).isEqualTo(404);
        }
    }
}
