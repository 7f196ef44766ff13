package io.dragoman.testing;

import static io.dragoman.testing.Eventually.eventually;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Redis from the system's packages on a port of loopback, which can be killed, frozen and started again. It is installed by
 * {@code .ci/install-redis.sh} where that can be done.
 */
public final class RedisServer implements Requirement, AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

    private final int port;
    private final List<String> options;
    private Process process;

    /** Asks whether there is a Redis at all. */
    public RedisServer() {
        this(0, List.of());
    }

    private RedisServer(int port, List<String> options) {
        this.port = port;
        this.options = options;
    }

    /** A server that runs, with options as on its command line. */
    public static RedisServer start(String... options) {
        RedisServer server = new RedisServer(FreePort.find(), List.of(options));
        server.startAgain();
        return server;
    }

    /** A server that speaks TLS alone, and asks clients for no certificate. */
    public static RedisServer startTls(String certificate, String key) {
        int port = FreePort.find();
        RedisServer server = new RedisServer(port, List.of("--port", "0", "--tls-port", String.valueOf(port), "--tls-cert-file",
                certificate, "--tls-key-file", key, "--tls-auth-clients", "no"));
        server.startAgain();
        return server;
    }

    @Override
    public Optional<String> missing() {
        if (!Files.isExecutable(PROGRAM)) {
            try {
                Process install = new ProcessBuilder("sh", ".ci/install-redis.sh").redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                install.waitFor(300, TimeUnit.SECONDS);
            } catch (IOException e) {
                return Optional.of("there is no Redis: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Files.isExecutable(PROGRAM) ? Optional.empty()
                : Optional.of("there is no " + PROGRAM + ", and .ci/install-redis.sh cannot install it");
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its URL, without credentials. */
    public String url() {
        return (options.contains("--tls-port") ? "rediss" : "redis") + "://127.0.0.1:" + port;
    }

    /** Starts it, empty, on the port of before. */
    public void startAgain() {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        if (!options.contains("--port")) {
            command.addAll(List.of("--port", String.valueOf(port)));
        }
        command.addAll(options);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        eventually("Redis listens", this::listens);
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Redis does not start");
        }
        try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it as kill -9 does. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has it stand still: connections stay open, nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a command in the inline form of Redis' protocol gives, as it comes over the wire. */
    public String command(String line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write((line + "\r\nQUIT\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
