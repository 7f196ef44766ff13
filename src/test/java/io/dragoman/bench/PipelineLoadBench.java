package io.dragoman.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole offline pipeline through HTTP at 10, 1,000 and 10,000 tables and 1, 16 and 256 concurrent callers: questions a
 * second, p50 and p99, time per stage, start-up to first answer, and resident memory. Callers and server share the machine.
 */
@Tag("bench")
class PipelineLoadBench {

    private static final int[] TABLES = {10, 1_000, 10_000};
    private static final int[] CALLERS = {1, 16, 256};

    @TempDir
    Path folder;

    @Test
    void questionsPerSecond() throws Exception {
        Path dataDir = Files.createDirectory(folder.resolve("data"));
        ServerProcess.start(dataDir).close();
        StringBuilder report = new StringBuilder();
        try (ServerProcess server = ServerProcess.start(dataDir)) {
            JsonNode first = server.post("/query",
                    Map.of("query", "How many customers are there?", "schema_group_id", "ecommerce", "execute", true));
            assertThat(first.path("status").asText()).isEqualTo("success");
            report.append("Start-up to first answer: ").append(server.ageMs()).append(" ms\n");
            report.append("\n| tables | callers | questions/s | p50 ms | p99 ms | answered |\n|---|---|---|---|---|---|\n");
            for (int tables : TABLES) {
                String group = "synthetic_" + tables;
                JsonNode uploaded = server.post("/schemas/upload", SyntheticSchema.upload(group, tables));
                assertThat(uploaded.path("status").asText()).as(uploaded.toString()).isEqualTo("success");
                awaitEmbeddings(server);
                List<String> questions = SyntheticSchema.questions(tables, 600);
                load(server, group, questions, 4, 600);
                for (int callers : CALLERS) {
                    report.append(load(server, group, questions, callers, callers == 1 ? 600 : 3_000).row(tables, callers));
                }
                report.append("<!-- stages at ").append(tables).append(": ").append(stages(server, group, questions)).append(" -->\n");
            }
            report.append("\nResident memory of the server after the load: ").append(server.residentMiB()).append(" MiB\n");
        }
        System.out.println(report);
        Files.writeString(Path.of("target", "bench-pipeline.md"), report);
    }

    private static void awaitEmbeddings(ServerProcess server) throws Exception {
        for (int i = 0; i < 6_000; i++) {
            JsonNode embeddings = server.get("/health").path("data").path("components").path("embeddings");
            if ("healthy".equals(embeddings.path("status").asText())
                    && !embeddings.path("detail").asText().endsWith("are embedded")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("The embeddings did not become ready");
    }

    private record Load(long[] latenciesNs, double seconds, int answered) {

        String row(int tables, int callers) {
            Arrays.sort(latenciesNs);
            return "| %,d | %d | %.0f | %.1f | %.1f | %d/%d |%n".formatted(tables, callers, latenciesNs.length / seconds,
                    at(0.50), at(0.99), answered, latenciesNs.length);
        }

        private double at(double quantile) {
            return latenciesNs[(int) Math.min(latenciesNs.length - 1, latenciesNs.length * quantile)] / 1e6;
        }
    }

    private static Load load(ServerProcess server, String group, List<String> questions, int callers, int total)
            throws Exception {
        long[] latencies = new long[total];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        long start = System.nanoTime();
        List<Future<?>> done = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            done.add(pool.submit(() -> {
                for (int i = next.getAndIncrement(); i < total; i = next.getAndIncrement()) {
                    String body = ServerProcess.JSON.writeValueAsString(Map.of("query", questions.get(i % questions.size()),
                            "schema_group_id", group));
                    long sent = System.nanoTime();
                    HttpResponse<String> reply = server.client().send(server.request("/query", body),
                            HttpResponse.BodyHandlers.ofString());
                    latencies[i] = System.nanoTime() - sent;
                    if (reply.statusCode() == 200 && reply.body().contains("\"status\":\"completed\"")) {
                        answered.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> caller : done) {
            caller.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        pool.shutdown();
        return new Load(latencies, seconds, answered.get());
    }

    private static Map<String, Double> stages(ServerProcess server, String group, List<String> questions) throws Exception {
        Map<String, Double> sums = new TreeMap<>();
        for (String question : questions.subList(0, 200)) {
            JsonNode timings = server.post("/query", Map.of("query", question, "schema_group_id", group))
                    .path("data").path("timings_ms");
            timings.fields().forEachRemaining(stage -> sums.merge(stage.getKey(), stage.getValue().asDouble() / 200, Double::sum));
        }
        sums.replaceAll((stage, ms) -> Math.round(ms * 100) / 100.0);
        return sums;
    }
}
