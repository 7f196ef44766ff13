package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be told of the production shape without an engine to start it. */
class ComposeFileTest {

    private final JsonNode compose = read();

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("docker-compose.yml")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyServiceHasAnImageOrIsBuiltAndWaitsForServicesThatThereAre() {
        assertThat(compose.path("services").properties()).hasSize(4).allSatisfy(service -> {
            assertThat(service.getValue().has("image") || service.getValue().has("build")).as(service.getKey()).isTrue();
            service.getValue().path("depends_on").properties().forEach(needed -> {
                JsonNode other = compose.path("services").path(needed.getKey());
                assertThat(other.isMissingNode()).as(needed.getKey()).isFalse();
                if (needed.getValue().path("condition").asText().equals("service_healthy")) {
                    assertThat(other.has("healthcheck")).as(needed.getKey()).isTrue();
                }
            });
        });
    }

    @Test
    void theApplicationUsesTheBrokerThatIsThere() {
        JsonNode application = compose.at("/services/dragoman/environment");
        JsonNode broker = compose.at("/services/broker/environment");
        assertThat(application.path("DRAGOMAN_BROKER_URL").asText()).isEqualTo("tcp://broker:61616");
        assertThat(application.path("DRAGOMAN_BROKER_USER")).isEqualTo(broker.path("ARTEMIS_USER"));
        assertThat(application.path("DRAGOMAN_BROKER_PASSWORD")).isEqualTo(broker.path("ARTEMIS_PASSWORD"));
    }

    @Test
    void volumesAreDeclaredAndUsed() {
        List<String> used = new ArrayList<>();
        compose.path("services").forEach(service -> service.path("volumes").forEach(volume ->
                used.add(volume.asText().substring(0, volume.asText().indexOf(':')))));
        assertThat(used).filteredOn(name -> name.startsWith(".")).allSatisfy(path -> assertThat(Path.of(path)).isDirectory());
        used.removeIf(name -> name.startsWith("."));
        List<String> declared = new ArrayList<>();
        compose.path("volumes").fieldNames().forEachRemaining(declared::add);
        assertThat(used).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void noSecretHasADefault() {
        compose.path("services").forEach(service -> service.path("environment").properties().forEach(variable -> {
            if (variable.getKey().matches(".*(PASSWORD|SECRET_KEY)")) {
                assertThat(variable.getValue().asText()).as(variable.getKey()).matches("\\$\\{[A-Z_]+:\\?set [A-Z_]+}");
            }
        }));
    }

    @Test
    void whatTheImageCopiesIsInTheSources() throws IOException {
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("./mvnw").contains("target/dragoman-*.jar");
        assertThat(Files.readString(Path.of(".dockerignore")).lines()).doesNotContain("frontend", "routes", "db", "src");
        assertThat(compose.at("/services/dragoman/build").asText()).isEqualTo(".");
    }
}
