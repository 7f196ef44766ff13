package io.dragoman.api.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.testing.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The real socket.io-client, in a Node process of its own: any number of sockets, by names, and all that they heard. */
public final class SocketIoClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Where the client is installed. */
    static final Path FOLDER = Path.of("target/socket-io-client");
    private static final int LONGEST_S = 60;

    private final Process node;
    private final OutputStream commands;
    private final String url;
    private final List<Heard> heard = new ArrayList<>();

    /** Something that a socket heard, with the time in milliseconds. */
    public record Heard(String socket, String event, JsonNode data, long at) {
    }

    /** Node and the client, installed from the registry by its lock file. */
    public static final class Installed implements Requirement {

        @Override
        public Optional<String> missing() {
            try {
                Files.createDirectories(FOLDER);
                for (String file : List.of("package.json", "package-lock.json", "driver.cjs")) {
                    Files.copy(Path.of("src/test/resources/socket", file), FOLDER.resolve(file),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                if (Files.exists(FOLDER.resolve("node_modules/socket.io-client"))) {
                    return Optional.empty();
                }
                Path log = FOLDER.resolve("install.log");
                Process install = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
                return install.waitFor(180, TimeUnit.SECONDS) && install.exitValue() == 0 ? Optional.empty()
                        : Optional.of("socket.io-client cannot be installed: " + Files.readString(log).strip());
            } catch (IOException e) {
                return Optional.of("there is no npm: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        }
    }

    /** Clients of the server on a port of this machine. */
    public SocketIoClient(int port) {
        url = "http://127.0.0.1:" + port;
        try {
            node = new ProcessBuilder("node", FOLDER.resolve("driver.cjs").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = node.getOutputStream();
        Thread listener = new Thread(this::listen, "socket.io-client");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode said = JSON.readTree(line);
                synchronized (heard) {
                    heard.add(new Heard(said.path("id").asText(), said.path("event").asText(), said.path("data"),
                            said.path("at").asLong()));
                    heard.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String op, String socket, Object... fields) {
        ObjectNode command = JSON.createObjectNode().put("op", op).put("id", socket).put("url", url);
        try {
            for (int i = 0; i < fields.length; i += 2) {
                command.set((String) fields[i], JSON.readTree(String.valueOf(fields[i + 1])));
            }
            commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a socket with socket.io-client's options, as JSON. */
    public void open(String socket, String options) {
        say("connect", socket, "options", options);
    }

    /** Opens a socket over some transports, with a key, and waits until it is connected. */
    public void connect(String socket, String transports, String key) {
        open(socket, "{\"transports\": [" + transports + "], \"auth\": {\"token\": \"" + key + "\"}}");
        await(socket, "connect");
    }

    /** Sends an event. */
    public void emit(String socket, String event, String data) {
        say("emit", socket, "event", "\"" + event + "\"", "data", data, "ack", false);
    }

    /** Sends an event and waits for its acknowledgement. */
    public JsonNode ask(String socket, String event, String data) {
        int before = all(socket, "ack").size();
        say("emit", socket, "event", "\"" + event + "\"", "data", data, "ack", true);
        return awaitNumber(socket, "ack", before);
    }

    /** Sends an event many times. */
    public void many(String socket, String event, String data, int times) {
        say("many", socket, "event", "\"" + event + "\"", "data", data, "times", times);
    }

    /** Sends bytes. */
    public void binary(String socket, String event) {
        say("binary", socket, "event", "\"" + event + "\"");
    }

    /** Breaks the connection off, without the client meaning it. */
    public void drop(String socket) {
        say("drop", socket);
    }

    /** Leaves on purpose. */
    public void disconnect(String socket) {
        say("disconnect", socket);
    }

    /** The data of the first such event, once it was heard. */
    public JsonNode await(String socket, String event) {
        return await(socket, event, data -> true);
    }

    /** The data of the next such event after so many. */
    public JsonNode awaitNumber(String socket, String event, int before) {
        int[] count = {0};
        return await(socket, event, data -> count[0]++ >= before, () -> count[0] = 0);
    }

    /** The data of the first such event that is as wanted. */
    public JsonNode await(String socket, String event, Predicate<JsonNode> wanted) {
        return await(socket, event, wanted, () -> {
        });
    }

    private JsonNode await(String socket, String event, Predicate<JsonNode> wanted, Runnable again) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_S);
        synchronized (heard) {
            while (true) {
                again.run();
                for (Heard one : heard) {
                    if (one.socket().equals(socket) && one.event().equals(event) && wanted.test(one.data())) {
                        return one.data();
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError(socket + " did not hear " + event + " but " + shortened());
                }
                try {
                    heard.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private String shortened() {
        String all = heard.toString();
        return all.length() > 3_000 ? "…" + all.substring(all.length() - 3_000) : all;
    }

    /** All that a socket heard, in order. */
    public List<Heard> all(String socket) {
        synchronized (heard) {
            return heard.stream().filter(one -> one.socket().equals(socket)).toList();
        }
    }

    /** All such events that a socket heard, in order. */
    public List<Heard> all(String socket, String event) {
        return all(socket).stream().filter(one -> one.event().equals(event)).toList();
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!node.waitFor(5, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
        } catch (IOException e) {
            node.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            node.destroyForcibly();
        }
    }
}
