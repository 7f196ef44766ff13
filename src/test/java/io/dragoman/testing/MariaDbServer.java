package io.dragoman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A MariaDB server, which speaks MySQL's protocol, from the system's packages, on a folder of its own. It is installed by
 * {@code .ci/install-mariadb.sh} where that can be done, started once, and stopped when the tests end.
 */
public final class MariaDbServer implements Requirement {

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static String url;

    @Override
    public Optional<String> missing() {
        if (!Files.isExecutable(SERVER)) {
            try {
                run(300, List.of("sh", ".ci/install-mariadb.sh"));
            } catch (IllegalStateException cannotInstall) {
                return Optional.of("there is no MariaDB: " + cannotInstall.getMessage());
            }
        }
        return Files.isExecutable(SERVER) ? Optional.empty() : Optional.of("there is no " + SERVER);
    }

    /** Of the database {@code test}, which is empty at first; the user is {@code root}, without a password. */
    public static synchronized String url() {
        if (url == null) {
            url = start();
        }
        return url;
    }

    private static String start() {
        try {
            Path folder = Files.createTempDirectory("dragoman-mariadb");
            int port = FreePort.find();
            List<String> own = List.of("--no-defaults", "--datadir=" + folder.resolve("data"),
                    "--user=" + System.getProperty("user.name"), "--innodb-log-file-size=8M", "--innodb-doublewrite=0");
            List<String> install = new ArrayList<>(List.of("mariadb-install-db"));
            install.addAll(own);
            install.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
            run(120, install);
            List<String> serve = new ArrayList<>(List.of(SERVER.toString()));
            serve.addAll(own);
            serve.addAll(List.of("--port=" + port, "--bind-address=127.0.0.1", "--socket=" + folder.resolve("socket"),
                    "--innodb-buffer-pool-size=32M", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin",
                    "--performance-schema=off", "--loose-skip-name-resolve"));
            Process server = new ProcessBuilder(serve).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.destroyForcibly();
                delete(folder);
            }));
            String root = "jdbc:mysql://127.0.0.1:" + port + "/";
            createDatabase(root, server);
            return root + "test";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createDatabase(String root, Process server) {
        SQLException last = null;
        for (int attempt = 0; attempt < 600 && server.isAlive(); attempt++) {
            try (Connection connection = DriverManager.getConnection(root, "root", "")) {
                connection.createStatement().execute("create database test");
                return;
            } catch (SQLException e) {
                last = e;
                pause();
            }
        }
        throw new IllegalStateException("MariaDB does not start", last);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void run(int seconds, List<String> command) {
        try {
            Path output = Files.createTempFile("dragoman", ".log");
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command.get(0) + (ended ? " failed: " : " took too long: ") + said.strip());
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
