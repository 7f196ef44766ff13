package io.dragoman.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged server as a process of its own, as a user would start it, with a client for its REST door. */
final class ServerProcess implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "the-key-of-the-benchmarks";
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;
    private final long startedAt = System.nanoTime();

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts {@code target/dragoman-*.jar}, unpacked, and waits until it is healthy. */
    static ServerProcess start(Path dataDir) throws IOException, InterruptedException {
        return start(dataDir, Map.of());
    }

    /** The same, with more variables in its environment. */
    static ServerProcess start(Path dataDir, Map<String, String> environment) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(JAVA));
        String options = System.getProperty("dragoman.bench.java", "-Xmx448m -XX:+UseSerialGC");
        if (!options.isBlank()) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of("-jar", unpacked().toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("SERVER_PORT", String.valueOf(port), "DRAGOMAN_DATA_DIR", dataDir.toString(),
                "DRAGOMAN_BOOTSTRAP_API_KEY", KEY));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(dataDir.resolveSibling(dataDir.getFileName() + ".log").toFile());
        ServerProcess server = new ServerProcess(builder.start(), port);
        server.awaitHealthy();
        return server;
    }

    /** The packaged jar, unpacked once as docs/Operations.md does. */
    private static Path unpacked() throws IOException, InterruptedException {
        Path jar;
        try (var files = Files.list(Path.of("target"))) {
            jar = files.filter(file -> file.getFileName().toString().matches("dragoman-.*\\.jar")).findFirst()
                    .orElseThrow(() -> new IllegalStateException("Run ./mvnw package -DskipTests first"));
        }
        Path folder = Path.of("target", "unpacked");
        Path unpacked = folder.resolve(jar.getFileName());
        if (!Files.exists(unpacked) || Files.getLastModifiedTime(unpacked).compareTo(Files.getLastModifiedTime(jar)) < 0) {
            int exit = new ProcessBuilder(JAVA, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force",
                    "--destination", folder.toString()).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("The jar cannot be unpacked");
            }
            Files.setLastModifiedTime(unpacked, FileTime.from(Instant.now()));
        }
        return unpacked;
    }

    private void awaitHealthy() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (client.send(HttpRequest.newBuilder(uri("/health")).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("The server did not become healthy");
    }

    /** Milliseconds since the process was started. */
    long ageMs() {
        return (System.nanoTime() - startedAt) / 1_000_000;
    }

    /** Posts a body and gives the parsed reply, whatever its status. */
    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return JSON.readTree(client.send(request(path, JSON.writeValueAsString(body)),
                HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    /** Gets a path and gives the parsed reply. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(client.send(HttpRequest.newBuilder(uri(path)).header("X-API-Key", KEY).build(),
                HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json").header("X-API-Key", KEY)
                .timeout(Duration.ofMinutes(10)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    HttpClient client() {
        return client;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/api/v1" + path);
    }

    /** Time of the processor that the server's JVM took so far, in milliseconds. */
    double cpuMs() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
    }

    /** Resident memory of the server's JVM in MiB, from the kernel; -1 where there is no /proc. */
    long residentMiB() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(-1);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
