package io.dragoman.api.jms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.testing.Requirement;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Clients in a Node process that know nothing of Java: rhea for AMQP 1.0, stompit for STOMP. */
final class NodeClients implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Where the clients are installed. */
    static final Path FOLDER = Path.of("target/jms-clients");

    private final Process node;
    private final BufferedWriter commands;
    private final BufferedReader told;

    /** Node and the clients, installed from the registry by their lock file. */
    static final class Installed implements Requirement {

        @Override
        public Optional<String> missing() {
            try {
                Files.createDirectories(FOLDER);
                for (String file : List.of("package.json", "package-lock.json", "driver.cjs")) {
                    Files.copy(Path.of("src/test/resources/jms", file), FOLDER.resolve(file),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                if (Files.exists(FOLDER.resolve("node_modules/stompit"))) {
                    return Optional.empty();
                }
                Path log = FOLDER.resolve("install.log");
                Process install = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
                return install.waitFor(180, TimeUnit.SECONDS) && install.exitValue() == 0 ? Optional.empty()
                        : Optional.of("rhea and stompit cannot be installed: " + Files.readString(log).strip());
            } catch (IOException e) {
                return Optional.of("there is no npm: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("interrupted");
            }
        }
    }

    NodeClients(String port, String user, String password) throws IOException {
        node = new ProcessBuilder("node", FOLDER.resolve("driver.cjs").toString(), "127.0.0.1", port, user, password)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        commands = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8));
        told = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Sends a request and gives its reply, or an {@code error}. */
    JsonNode send(String protocol, String queue, String body, Map<String, Object> settings) throws IOException {
        Map<String, Object> command = new HashMap<>(Map.of("protocol", protocol, "queue", queue, "body", body, "wait", 60_000,
                "properties", Map.of()));
        command.putAll(settings);
        commands.write(JSON.writeValueAsString(command) + "\n");
        commands.flush();
        return JSON.readTree(told.readLine());
    }

    @Override
    public void close() throws IOException {
        commands.close();
        node.destroy();
    }
}
