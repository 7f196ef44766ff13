package io.dragoman.llm;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.dragoman.config.LlmProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * The prompts, by name. A file of the configured folder takes the place of the built-in one of the same name, and is read
 * again when it changes; one that cannot be used is reported and the last good one stays. When it is taken away, the built-in
 * one is back. Thread-safe.
 */
@Service
public class Prompts {

    private static final Logger LOG = LoggerFactory.getLogger(Prompts.class);
    private static final long LOOK_AGAIN_NS = 1_000_000_000L;

    private static final int LONGEST = 100_000;

    private final Path folder;
    private final LongSupplier now;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** @param changed of the file in the folder; null for the built-in prompt */
    private record Kept(Prompt prompt, FileTime changed, long lookedAt) {
    }

    @Autowired
    Prompts(LlmProperties properties) {
        this(properties, System::nanoTime);
    }

    /** @param now a clock in nanoseconds */
    Prompts(LlmProperties properties, LongSupplier now) {
        this.now = now;
        this.folder = properties.prompts().isBlank() ? null : Path.of(properties.prompts());
    }

    /**
     * The prompt of that name, as it is now.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Prompt get(String name) {
        Kept known = kept.get(name);
        if (known != null && (folder == null || now.getAsLong() - known.lookedAt() < LOOK_AGAIN_NS)) {
            return known.prompt();
        }
        Kept now = look(name, known);
        kept.put(name, now);
        return now.prompt();
    }

    private Kept look(String name, Kept known) {
        Path file = folder == null ? null : folder.resolve(name + ".yaml");
        FileTime changed = null;
        try {
            if (file == null || !Files.isRegularFile(file)) {
                return new Kept(known != null && known.changed() == null ? known.prompt() : builtIn(name), null, now.getAsLong());
            }
            changed = Files.getLastModifiedTime(file);
            if (known == null || !changed.equals(known.changed())) {
                return new Kept(read(name, file), changed, now.getAsLong());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The prompt {} of the folder cannot be used, the one before stays: {}", name, e.getMessage());
        }
        return new Kept(known == null ? builtIn(name) : known.prompt(), changed, now.getAsLong());
    }

    /** A prompt of the folder; its replies have to have the fields that are read of them. */
    private static Prompt read(String name, Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " bytes");
        }
        Prompt prompt = PromptReader.read(name, Files.readAllBytes(file));
        JsonObjectSchema needed = builtIn(name).schema();
        if (needed != null && (prompt.schema() == null || !prompt.schema().required().containsAll(needed.required()))) {
            throw new IllegalArgumentException("its structured_output needs the fields " + String.join(", ", needed.required()));
        }
        return prompt;
    }

    private static Prompt builtIn(String name) {
        try (InputStream file = Prompts.class.getResourceAsStream("/prompts/" + name + ".yaml")) {
            if (file == null) {
                throw new IllegalArgumentException("There is no prompt '" + name + "'.");
            }
            return PromptReader.read(name, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
