package io.dragoman.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
        int port = FreePort.find();
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
    void awaitUp() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!up()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IllegalStateException("The server did not start:\n" + log());
            }
            Thread.sleep(100);
        }
    }

    private boolean up() {
        try {
            return caller(null).get("/api/v1/health").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
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
