package io.dragoman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server with the pgvector extension, from the system's packages, on a folder of its own. It is installed
 * by {@code .ci/install-pgvector.sh} where that can be done, started once, and stopped when the tests end.
 */
public final class PgvectorServer implements Requirement {

    private static final Path SERVERS = Path.of("/usr/lib/postgresql");
    private static PGSimpleDataSource running;

    @Override
    public Optional<String> missing() {
        if (newestServer().filter(PgvectorServer::hasExtension).isEmpty()) {
            try {
                run(600, List.of("sh", ".ci/install-pgvector.sh"));
            } catch (IllegalStateException cannotInstall) {
                return Optional.of("there is no PostgreSQL with pgvector: " + cannotInstall.getMessage());
            }
        }
        return newestServer().filter(PgvectorServer::hasExtension).isPresent() ? Optional.empty()
                : Optional.of("there is no PostgreSQL with pgvector under " + SERVERS);
    }

    /** The server, started by the first call; database and superuser {@code postgres}, no extension created yet. */
    public static DataSource dataSource() {
        return dataSource("");
    }

    /** The same with server settings for each connection, such as {@code -c enable_seqscan=off}. */
    public static synchronized DataSource dataSource(String options) {
        if (running == null) {
            running = start();
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(running.getUrl());
        source.setUser("postgres");
        source.setOptions(options);
        return source;
    }

    private static PGSimpleDataSource start() {
        Path bin = newestServer().orElseThrow();
        try {
            Path folder = Files.createTempDirectory("dragoman-pgvector");
            int port = FreePort.find();
            List<String> as = asPostgres(folder);
            Path data = folder.resolve("data");
            run(180, with(as, bin.resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "-A", "trust",
                    "-E", "UTF8", "--no-sync"));
            run(180, with(as, bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-w", "-t", "170", "-l",
                    folder.resolve("log").toString(), "-o",
                    "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + folder, "start"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                run(60, with(as, bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-m", "immediate", "stop"));
                delete(folder);
            }));
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> asPostgres(Path folder) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        run(60, List.of("chown", "postgres", folder.toString()));
        return List.of("runuser", "-u", "postgres", "--");
    }

    private static Optional<Path> newestServer() {
        if (!Files.isDirectory(SERVERS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(SERVERS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparing(version -> Integer.valueOf(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasExtension(Path bin) {
        return Files.exists(Path.of("/usr/share/postgresql", bin.getParent().getFileName().toString(),
                "extension/vector.control"));
    }

    private static List<String> with(List<String> prefix, String... command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        return all;
    }

    private static void run(int seconds, List<String> command) {
        try {
            Path output = Files.createTempFile("dragoman", ".log");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + (ended ? " failed: " : " took too long: ")
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
            }
        } catch (IOException e) {
            throw new IllegalStateException(command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left behind: " + folder);
        }
    }
}
