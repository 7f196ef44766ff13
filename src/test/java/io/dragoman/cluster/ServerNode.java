package io.dragoman.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server as a process of its own, from the class path of the tests, on a database that it shares with others. */
final class ServerNode implements AutoCloseable {

    static final String KEY = "the-key-of-the-tests-of-several-servers";

    private static final Duration START = Duration.ofMinutes(4);

    private final Process process;
    private final Path log;
    private final int port;

    private ServerNode(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts one; it is not up yet. */
    static ServerNode start(String name, Path folder, TestDatabase database, Map<String, String> settings) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.dragoman.DragomanApplication",
                "--spring.autoconfigure.exclude=com.vaadin.flow.spring.SpringBootAutoConfiguration,"
                        + "com.vaadin.flow.spring.SpringSecurityAutoConfiguration");
        builder.environment().putAll(Map.of("SERVER_PORT", String.valueOf(port), "DRAGOMAN_DATA_DIR",
                folder.resolve(name).toString(), "DRAGOMAN_DB_URL", database.url(), "DRAGOMAN_DB_USER", database.user(),
                "DRAGOMAN_BOOTSTRAP_API_KEY", KEY, "DRAGOMAN_BROKER_PORT", "0", "DRAGOMAN_SECRET_KEY", "a-secret-that-both-servers-know"));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new ServerNode(builder.start(), log, port);
    }

    /** Waits until it answers. */
    ServerNode awaitUp() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (caller(null).get("/api/v1/health").status() == 200) {
                    return this;
                }
            } catch (UncheckedIOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("The server did not start:\n" + log());
    }

    /** Whoever shows that key. */
    Server caller(String key) {
        return new Server(port, key);
    }

    /** An administrator. */
    Server admin() {
        return caller(KEY);
    }

    /** The {@code data} of a call that has to succeed. */
    JsonNode post(String path, String json) {
        Reply reply = admin().post("/api/v1" + path, json);
        if (reply.status() >= 300) {
            throw new IllegalStateException(path + " gives " + reply.text() + "\n" + log());
        }
        return reply.data();
    }

    /** What it logged. */
    String log() {
        try {
            return java.nio.file.Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much of the processor's time it took so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /**
     * Halts it, and sees whether something is so while it stands still; if not, lets it go on.
     *
     * @return whether it is so: it stands still then, and is to be killed
     */
    boolean haltedWhen(BooleanSupplier seen) {
        signal("STOP");
        if (seen.getAsBoolean()) {
            return true;
        }
        signal("CONT");
        return false;
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " gives " + exit);
            }
            Thread.sleep(50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
