package io.dragoman.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.llm.Brain;
import io.dragoman.llm.LlmEndpoint;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pipeline adds to the LLM's own time, through HTTP: with an endpoint that replies at once, and with one that takes
 * a second a call while many questions are asked at the same time. Callers, endpoint and server share the machine.
 */
@Tag("bench")
class LlmLoadBench {

    private static final int WARM_UP = 1_500;
    private static final int QUESTIONS = 500;
    private static final int CONCURRENT = Integer.getInteger("dragoman.bench.concurrent", 500);
    private static final int CALLS = 5;
    private static final long SLOW_MS = 1_000;
    private static final int PROBES = 3;

    @TempDir
    Path folder;

    private int number;

    /** A question that was not asked before: the reply cache is not what is measured. */
    private Map<String, Object> question() {
        return Map.of("query", "How many customers are there, asked for the time number " + Integer.toString(number++, 36) + "?",
                "schema_group_id", "ecommerce", "execute", true);
    }

    private static void requireAnswered(HttpResponse<String> reply) {
        assertThat(reply.body()).contains("\"engine\":\"llm\"").contains("\"degraded\":false")
                .contains("There are 20 customers.");
    }

    private double askOnce(ServerProcess server) throws Exception {
        String body = ServerProcess.JSON.writeValueAsString(question());
        long sent = System.nanoTime();
        HttpResponse<String> reply = server.client().send(server.request("/query", body),
                HttpResponse.BodyHandlers.ofString());
        double ms = (System.nanoTime() - sent) / 1e6;
        requireAnswered(reply);
        return ms;
    }

    private double[] asked(ServerProcess server, int times) throws Exception {
        double[] ms = new double[times];
        for (int i = 0; i < times; i++) {
            ms[i] = askOnce(server);
        }
        Arrays.sort(ms);
        return ms;
    }

    /** Seconds until all of them are answered. */
    private double together(ServerProcess server, int concurrent) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < concurrent; i++) {
            bodies.add(ServerProcess.JSON.writeValueAsString(question()));
        }
        long started = System.nanoTime();
        for (String body : bodies) {
            replies.add(server.client().sendAsync(server.request("/query", body), HttpResponse.BodyHandlers.ofString()));
        }
        CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).join();
        double seconds = (System.nanoTime() - started) / 1e9;
        replies.forEach(reply -> requireAnswered(reply.join()));
        return seconds;
    }

    @Test
    void overheadAndConcurrency() throws Exception {
        StringBuilder report = new StringBuilder("Load of the machine at the start: ").append(load()).append('\n');
        Path dataDir = Files.createDirectory(folder.resolve("data"));
        try (LlmEndpoint endpoint = new LlmEndpoint();
                ServerProcess server = ServerProcess.start(dataDir, Map.of("OPENAI_BASE_URL", endpoint.url("openai"),
                        "OPENAI_API_KEY", "key-of-openai"))) {
            endpoint.replies(new Brain());
            asked(server, WARM_UP);
            endpoint.reset();
            double cpu = server.cpuMs();
            double[] overhead = asked(server, QUESTIONS);
            cpu = server.cpuMs() - cpu;
            assertThat(endpoint.asked()).hasSize(QUESTIONS * CALLS);
            report.append(String.format(Locale.ROOT, "Endpoint at once, %d calls a question: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; processor %.1f ms%n",
                    CALLS, overhead[QUESTIONS / 2], overhead[QUESTIONS * 95 / 100], overhead[QUESTIONS * 99 / 100],
                    cpu / QUESTIONS));
            report.append("Stages: ").append(server.post("/query", question()).path("data").path("timings_ms")).append('\n');
            endpoint.reset();
            endpoint.delay(SLOW_MS);
            double serial = asked(server, PROBES)[PROBES / 2] / 1_000;
            for (int concurrent : new int[] {CONCURRENT / 5, CONCURRENT, CONCURRENT}) {
                endpoint.reset();
                endpoint.delay(SLOW_MS);
                cpu = server.cpuMs();
                double all = together(server, concurrent);
                cpu = server.cpuMs() - cpu;
                report.append(String.format(Locale.ROOT,
                        "Endpoint after %d ms: one question %.2f s, %d at once %.2f s, %.2f times as long; processor %.1f ms a question, load %s, resident %d MiB%n",
                        SLOW_MS, serial, concurrent, all, all / serial, cpu / concurrent, load(), server.residentMiB()));
            }
        }
        System.out.println(report);
        Files.writeString(Path.of("target", "bench-llm.md"), report);
    }

    private static String load() throws Exception {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).split(" ")[0] : "unknown";
    }
}
