package io.dragoman.llm;

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
 * again when it changes; one that cannot be read is reported and the last good one stays. Thread-safe.
 */
@Service
public class Prompts {

    private static final Logger LOG = LoggerFactory.getLogger(Prompts.class);
    private static final long LOOK_AGAIN_NS = 1_000_000_000L;

    private final Path folder;
    private final LongSupplier clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    /** @param changed of the file in the folder; null for the built-in prompt */
    private record Kept(Prompt prompt, FileTime changed, long lookedAt) {
    }

    @Autowired
    Prompts(LlmProperties properties) {
        this(properties, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    Prompts(LlmProperties properties, LongSupplier clock) {
        this.clock = clock;
        this.folder = properties.prompts().isBlank() ? null : Path.of(properties.prompts());
    }

    /**
     * The prompt of that name, as it is now.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Prompt get(String name) {
        Kept known = kept.get(name);
        if (known != null && (folder == null || clock.getAsLong() - known.lookedAt() < LOOK_AGAIN_NS)) {
            return known.prompt();
        }
        Kept now = look(name, known);
        kept.put(name, now);
        return now.prompt();
    }

    private Kept look(String name, Kept known) {
        Path file = folder == null ? null : folder.resolve(name + ".yaml");
        try {
            if (file != null && Files.isRegularFile(file)) {
                FileTime changed = Files.getLastModifiedTime(file);
                return known != null && changed.equals(known.changed())
                        ? new Kept(known.prompt(), changed, clock.getAsLong())
                        : new Kept(PromptReader.read(name, Files.readAllBytes(file)), changed, clock.getAsLong());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The prompt {} of the folder is left out: {}", name, e.getMessage());
        }
        return known != null ? new Kept(known.prompt(), known.changed(), clock.getAsLong())
                : new Kept(builtIn(name), null, clock.getAsLong());
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
