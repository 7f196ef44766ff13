package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Connects to SQLite files that exist. Nothing is ever created, and a URL can carry no parameters. */
@Component
class SqliteConnectorFactory implements ConnectorFactory {

    static final String PREFIX = "jdbc:sqlite:";

    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final DragomanProperties properties;
    private final QueryWatchdog watchdog;

    SqliteConnectorFactory(DragomanProperties properties, QueryWatchdog watchdog) {
        this.properties = properties;
        this.watchdog = watchdog;
    }

    @Override
    public String dialect() {
        return "sqlite";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        if (!url.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) || url.chars().anyMatch(Character::isISOControl)) {
            throw ConnectionUrl.invalid("The URL must read " + PREFIX + "/path/to/file.sqlite");
        }
        if (!options.isEmpty()) {
            throw FailureException.invalid("options." + options.keySet().iterator().next(),
                    "SQLite has no options");
        }
        String path = url.substring(PREFIX.length());
        if (path.isEmpty() || path.startsWith(":") || path.indexOf('?') >= 0 || path.startsWith("file:")) {
            throw ConnectionUrl.invalid("The URL must name a file by its plain path: no :memory:, no :resource:, "
                    + "no file: URI and no parameters. The file is always opened read-only");
        }
        requireDatabase(path);
        return new Address(PREFIX + path, null, null);
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        return new SqliteConnector(definition, properties, watchdog);
    }

    /** An empty file is an empty database; anything else starts with SQLite's header. */
    private static void requireDatabase(String text) {
        try {
            Path path = Path.of(text);
            if (!Files.isRegularFile(path)) {
                throw ConnectionUrl.invalid("There is no file of that path on the server; SQLite files are not created");
            }
            try (InputStream file = Files.newInputStream(path)) {
                byte[] start = file.readNBytes(HEADER.length);
                if (start.length > 0 && !Arrays.equals(start, HEADER)) {
                    throw ConnectionUrl.invalid("The file of that path is no SQLite database");
                }
            }
        } catch (InvalidPathException | IOException e) {
            throw ConnectionUrl.invalid("The file of that path cannot be read");
        }
    }
}
