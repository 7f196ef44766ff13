package io.dragoman.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server from Maven-delivered binaries. It listens on loopback only, on a port that was free, and asks
 * for a generated password; its data stays in the data folder, written as safely as an installed server's.
 */
final class EmbeddedDatabase implements AutoCloseable {

    static final String DATABASE = "dragoman";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final DatabaseServer server;

    private EmbeddedDatabase(EmbeddedPostgres postgres, DatabaseServer server) {
        this.postgres = postgres;
        this.server = server;
    }

    /**
     * Starts the server on the data of earlier starts, or on a new cluster, and creates the database if there is none.
     *
     * @throws StorageException when PostgreSQL does not start; the message has its own last words
     */
    static EmbeddedDatabase start(DataFolder folder) {
        Path data = folder.path().resolve("postgres");
        Path binaries = folder.path().resolve("postgres-binaries");
        Path log = folder.path().resolve("postgres.log");
        Path initialising = folder.path().resolve("postgres.initialising");
        OrphanServer.stop(data, binaries);
        try {
            removeUnfinishedExtraction(binaries);
            if (Files.exists(initialising)) {
                delete(data);
            }
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                LOG.info("Creating the embedded PostgreSQL in {}", data);
                Files.writeString(initialising, "");
            }
            String password = password(folder.path().resolve("postgres.password"));
            EmbeddedPostgres postgres = builder(data, binaries, folder, password, log).start();
            Files.deleteIfExists(initialising);
            createDatabase(postgres);
            return new EmbeddedDatabase(postgres, new DatabaseServer(
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE, "postgres", password, true));
        } catch (IOException | SQLException | RuntimeException e) {
            throw new StorageException("The embedded PostgreSQL in " + data + " did not start" + lastWords(log) + ".",
                    "See " + log + ".", e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data, Path binaries, DataFolder folder, String password,
            Path log) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP_WAIT)
                .setOutputRedirector(Redirect.to(log.toFile()))
                .setErrorRedirector(Redirect.to(log.toFile()))
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", folder.path().resolve("postgres.password").toString())
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", password)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("jit", "off");
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Files.writeString(file, HexFormat.of().formatHex(secret));
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
        }
        return Files.readString(file).strip();
    }

    private static void createDatabase(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery(
                    "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    /** A kill during the extraction leaves a folder without its last file, which the library would trip over. */
    private static void removeUnfinishedExtraction(Path binaries) throws IOException {
        if (!Files.isDirectory(binaries)) {
            return;
        }
        try (Stream<Path> versions = Files.list(binaries)) {
            for (Path version : versions.filter(path -> !Files.exists(path.resolve(".exists"))).toList()) {
                delete(version);
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return lines.stream().filter(line -> line.contains("FATAL") || line.contains("error"))
                    .reduce((first, second) -> second).map(line -> ": " + line.strip()).orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    /** Where to connect to. */
    DatabaseServer server() {
        return server;
    }

    /** Shuts the server down; its data stays. */
    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
