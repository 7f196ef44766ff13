package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A prompt of one's own, under a server that runs. */
class LlmPromptFolderTest extends LlmServerTest {

    private static final Path BUILT_IN = Path.of("src/main/resources/prompts/generate.yaml");
    private static final Path MINE = PROMPTS.resolve("generate.yaml");

    @AfterEach
    void takeAway() throws IOException {
        Files.deleteIfExists(MINE);
    }

    /** The entry of {@code llm_calls} for the call that wrote the query. */
    private JsonNode generated() {
        JsonNode data = ask("{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\"}").data();
        for (JsonNode call : server.get("/api/v1/query/" + data.path("query_id").asText()).data().path("llm_calls")) {
            if (call.path("stage").asText().equals("generate")) {
                return call;
            }
        }
        throw new AssertionError("No call of generate in " + data);
    }

    private static LlmEndpoint.Asked lastGenerate() {
        return ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals("generate")).reduce((a, b) -> b).orElseThrow();
    }

    @Test
    void takesThePlaceOfTheBuiltInOneWithoutARestartAndEachRunSaysWhichItHad() throws Exception {
        JsonNode before = generated();
        assertThat(before.path("prompt").asText()).isEqualTo("generate");
        assertThat(before.path("prompt_hash").asText()).matches("[0-9a-f]{12}");
        assertThat(before.path("model").asText()).isEqualTo("gemini-2.5-pro");
        assertThat(before.path("outcome").asText()).isEqualTo("ok");
        assertThat(before.path("input_tokens").asInt()).isEqualTo(120);
        Files.writeString(MINE, Files.readString(BUILT_IN).replace("You write one read-only", "You write one short read-only"));
        JsonNode[] mine = new JsonNode[1];
        eventually(() -> {
            mine[0] = generated();
            return lastGenerate().system().startsWith("You write one short read-only");
        });
        assertThat(mine[0].path("prompt_hash").asText()).isNotEqualTo(before.path("prompt_hash").asText());
        Files.delete(MINE);
        eventually(() -> generated().path("prompt_hash").asText().equals(before.path("prompt_hash").asText()));
        assertThat(lastGenerate().system()).startsWith("You write one read-only");
    }
}
