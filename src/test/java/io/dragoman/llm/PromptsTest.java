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
import org.junit.jupiter.api.io.TempDir;

class PromptsTest {

    private static final Path BUILT_IN = Path.of("src/main/resources/prompts");

    private final AtomicLong clock = new AtomicLong();

    @TempDir
    Path folder;

    private Prompts prompts() {
        return new Prompts(new LlmProperties("", Map.of(), Set.of(), Duration.ofSeconds(1), Duration.ofSeconds(1),
                folder.toString(), "", 1_000, 0, 0), clock::get);
    }

    private void write(String name, String yaml, int second) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, yaml);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(second)));
    }

    private static String yaml(String system) {
        return "{name: intent, description: d, model: weak, temperature: 0, system_prompt: '" + system + "', user_prompt: u}";
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
        clock.addAndGet(1_050_000_000L);
        Prompt mine = prompts.get("intent");
        assertThat(mine.system()).isEqualTo("Mine.");
        assertThat(mine.hash()).isNotEqualTo(builtIn.hash()).hasSize(12);
        write("intent", "{name: intent, system_prompt: [", 2);
        clock.addAndGet(1_050_000_000L);
        assertThat(prompts.get("intent")).as("the last good one stays").isEqualTo(mine);
        write("intent", yaml("Mine, again."), 3);
        clock.addAndGet(1_050_000_000L);
        assertThat(prompts.get("intent").system()).isEqualTo("Mine, again.");
        assertThat(prompts.get("intent").hash()).isNotEqualTo(mine.hash());
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
