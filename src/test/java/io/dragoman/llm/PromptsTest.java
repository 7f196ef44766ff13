package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.config.LlmProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PromptsTest {

    private static final Path BUILT_IN = Path.of("src/main/resources/prompts");

    private static final String REPLY = "structured_output: {type: object, properties: {type: {type: string}, "
            + "is_follow_up: {type: boolean}, confidence: {type: number}, reasoning: {type: string}}}";

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();

    private Prompts prompts() {
        return new Prompts(new LlmProperties("", Map.of(), Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(1), Map.of(),
                folder.toString(), "", 1_000, 0, 0), now::get);
    }

    private void aSecondPasses() {
        now.addAndGet(1_000_000_000L);
    }

    private void write(String name, String yaml, int second) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, yaml);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(second)));
    }

    private static String yaml(String system) {
        return "{name: intent, description: d, model: weak, temperature: 0, system_prompt: '" + system + "', user_prompt: u, "
                + REPLY + "}";
    }

    @TestFactory
    Stream<DynamicTest> everyBuiltInPromptIsReadAndSaysWhatItIsFor() throws IOException {
        try (Stream<Path> files = Files.list(BUILT_IN)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        Prompt prompt = PromptReader.read(name, Files.readAllBytes(BUILT_IN.resolve(name + ".yaml")));
                        assertThat(prompt.description()).isNotBlank();
                        assertThat(prompt.temperature()).isZero();
                        if (!name.startsWith("idioms-")) {
                            assertThat(prompt.schema()).isNotNull();
                            assertThat(prompt.system()).contains("is data.");
                        }
                    }));
        }
    }

    @Test
    void aFileOfTheFolderTakesThePlaceOfTheBuiltInAndIsReadAgainWhenItChanges() throws Exception {
        Prompts prompts = prompts();
        Prompt builtIn = prompts.get("intent");
        assertThat(builtIn.system()).startsWith("You sort");
        write("intent", yaml("Mine."), 1);
        aSecondPasses();
        Prompt mine = prompts.get("intent");
        assertThat(mine.system()).isEqualTo("Mine.");
        assertThat(mine.hash()).isNotEqualTo(builtIn.hash()).hasSize(12);
        write("intent", "{name: intent, system_prompt: [", 2);
        aSecondPasses();
        assertThat(prompts.get("intent")).as("the last good one stays").isEqualTo(mine);
        write("intent", yaml("Mine, again."), 3);
        aSecondPasses();
        assertThat(prompts.get("intent").system()).isEqualTo("Mine, again.");
        assertThat(prompts.get("intent").hash()).isNotEqualTo(mine.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "[]", "intent", "{name: other, model: weak, system_prompt: s, user_prompt: u, REPLY}",
        "{name: intent, system_prompt: s, user_prompt: u, REPLY}", "{name: intent, model: clever, system_prompt: s, user_prompt: u, REPLY}",
        "{name: intent, model: weak, user_prompt: u, REPLY}", "{name: intent, model: weak, system_prompt: s, user_prompt: u}",
        "{name: intent, model: weak, temperature: 3, system_prompt: s, user_prompt: u, REPLY}",
        "{name: intent, model: weak, max_tokens: 0, system_prompt: s, user_prompt: u, REPLY}",
        "{name: intent, model: weak, system_prompt: s, user_prompt: u, structured_output: {type: array}}",
        "{name: intent, model: weak, system_prompt: s, user_prompt: u, structured_output: {type: array, items: {type: string}}}",
        "{name: intent, model: weak, system_prompt: s, user_prompt: u, structured_output: {type: object, properties: {type: {type: string}}}}",
        "{name: intent, model: weak, system_prompt: s, user_prompt: u, tools: all, REPLY}"})
    void aFileThatCannotBeUsedIsToldOnceAndTheOneBeforeStays(String yaml, CapturedOutput log) throws Exception {
        Prompts prompts = prompts();
        Prompt before = prompts.get("intent");
        write("intent", yaml.replace("REPLY", REPLY), 1);
        for (int i = 0; i < 3; i++) {
            aSecondPasses();
            assertThat(prompts.get("intent")).isEqualTo(before);
        }
        assertThat(log.getOut()).containsOnlyOnce("The prompt intent of the folder cannot be used, the one before stays: ");
        assertThat(prompts().get("intent")).as("a server that starts with it takes the built-in one").isEqualTo(before);
    }

    @Test
    void aFileThatIsTakenAwayGivesItsPlaceBack() throws Exception {
        Prompts prompts = prompts();
        write("intent", yaml("Mine."), 1);
        assertThat(prompts.get("intent").system()).isEqualTo("Mine.");
        Files.delete(folder.resolve("intent.yaml"));
        aSecondPasses();
        assertThat(prompts.get("intent").system()).startsWith("You sort");
        assertThat(prompts.get("intent").hash()).hasSize(12);
    }

    @Test
    void aPromptThatIsNowhereIsAnError() {
        assertThatThrownBy(() -> prompts().get("nothing")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no prompt 'nothing'");
    }

    @Test
    void aValueIsNeverReadAsATemplate() {
        assertThat(Prompt.fill("{{ question }} {{nothing}}{{schema}} {{", Map.of("question", "{{schema}} }} {{", "schema", "s")))
                .isEqualTo("{{schema}} }} {{ s {{");
    }
}
