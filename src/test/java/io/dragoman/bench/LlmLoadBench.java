package io.dragoman.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.llm.Brain;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private static final int WARM_UP = Integer.getInteger("dragoman.bench.warm-up", 6_000);
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
        try (QuickEndpoint endpoint = new QuickEndpoint(new Brain());
                ServerProcess server = ServerProcess.start(dataDir, Map.of("OPENAI_BASE_URL", endpoint.url(),
                        "OPENAI_API_KEY", "key-of-openai"))) {
            long started = System.nanoTime();
            for (int asked = 0; asked < WARM_UP; asked += QUESTIONS) {
                atOnce(server, endpoint, report, "warm-up after " + (System.nanoTime() - started) / 1_000_000_000 + " s");
            }
            atOnce(server, endpoint, report, WARM_UP + " questions before");
            report.append("Stages: ").append(server.post("/query", question()).path("data").path("timings_ms")).append('\n');
            endpoint.delay(SLOW_MS);
            double serial = asked(server, PROBES)[PROBES / 2] / 1_000;
            for (int concurrent : new int[] {CONCURRENT / 5, CONCURRENT, CONCURRENT, CONCURRENT}) {
                double cpu = server.cpuMs();
                double mine = ownCpuMs();
                double all = together(server, concurrent);
                cpu = server.cpuMs() - cpu;
                mine = ownCpuMs() - mine;
                report.append(String.format(Locale.ROOT,
                        "Endpoint after %d ms: one question %.2f s, %d at once %.2f s, %.2f times as long; processor %.1f ms a question (callers and endpoint %.1f), load %s, resident %d MiB%n",
                        SLOW_MS, serial, concurrent, all, all / serial, cpu / concurrent, mine / concurrent, load(),
                        server.residentMiB()));
            }
        }
        System.out.println(report);
        Files.writeString(Path.of("target", "bench-llm.md"), report);
    }

    /** One caller, and an endpoint that replies at once. */
    private void atOnce(ServerProcess server, QuickEndpoint endpoint, StringBuilder report, String when) throws Exception {
        int calls = endpoint.calls();
        double cpu = server.cpuMs();
        double mine = ownCpuMs();
        double[] ms = asked(server, QUESTIONS);
        cpu = server.cpuMs() - cpu;
        mine = ownCpuMs() - mine;
        assertThat(endpoint.calls() - calls).isEqualTo(QUESTIONS * CALLS);
        report.append(String.format(Locale.ROOT, "Endpoint at once, %d calls a question: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; processor %.1f ms (caller and endpoint %.1f); %s%n",
                CALLS, ms[QUESTIONS / 2], ms[QUESTIONS * 95 / 100], ms[QUESTIONS * 99 / 100], cpu / QUESTIONS, mine / QUESTIONS, when));
    }

    private static double ownCpuMs() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
    }

    private static String load() throws Exception {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).split(" ")[0] : "unknown";
    }
}
