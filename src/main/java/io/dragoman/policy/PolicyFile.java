package io.dragoman.policy;

import io.dragoman.config.DragomanProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.springframework.stereotype.Component;

/** The policy's file. The one in the data folder is written at the first start, with comments. */
@Component
class PolicyFile {

    private final Path path;
    private final boolean own;

    PolicyFile(DragomanProperties properties) {
        String configured = properties.policy().file();
        own = configured.isBlank();
        path = (own ? properties.dataDir().resolve("policy.yaml") : Path.of(configured)).toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /** The policy that is shipped. */
    static String shipped() {
        try (InputStream stream = PolicyFile.class.getResourceAsStream("policy.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws PolicyException when the file cannot be read */
    String read() {
        try {
            if (own && Files.notExists(path)) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, shipped());
            }
            if (Files.size(path) > 4L * PolicyReader.MAX_LENGTH) {
                throw new PolicyException("", "The policy is longer than " + PolicyReader.MAX_LENGTH + " characters", 0, 0);
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new PolicyException("", "There is no such file", 0, 0);
        } catch (CharacterCodingException e) {
            throw new PolicyException("", "It is not text in UTF-8", 0, 0);
        } catch (IOException | SecurityException e) {
            throw new PolicyException("", "It cannot be read (" + e.getClass().getSimpleName() + ")", 0, 0);
        }
    }

    /** Changes whenever the file does. */
    String stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.lastModifiedTime().toString() + "/" + attributes.size() + "/" + attributes.fileKey();
        } catch (IOException | SecurityException e) {
            return "missing";
        }
    }
}
