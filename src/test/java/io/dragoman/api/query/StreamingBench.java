package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.storage.TestDatabase;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** How fast a large result is streamed, and that the server never holds more of it than it sends at once. */
@Tag("bench")
@TestPropertySource(properties = "dragoman.execution.timeout=30s")
class StreamingBench extends ApiTest {

    /** A million rows of about 400 bytes, of which the server never holds more than it sends at once. */
    @Test
    void streamsAMillionRowsInConstantMemory() throws Exception {
        TestDatabase database = TestDatabase.empty();
        JdbcTemplate owner = new JdbcTemplate(database.dataSource());
        assertThat(server.post("/api/v1/data-sources", """
                {"name": "readings", "dialect": "postgresql", "url": "%s", "user": "%s"}""".formatted(database.url(),
                database.user())).status()).isEqualTo(201);
        owner.execute("create table reading as select i as id, i * 0.01 as price, repeat('x', 400) as note"
                + " from generate_series(1, 1000000) i");
        for (String format : new String[] {"csv", "ndjson"}) {
            System.gc();
            long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            long start = System.nanoTime();
            long bytes = 0;
            long most = 0;
            HttpResponse<InputStream> response = HttpClient.newHttpClient().send(server.to("/api/v1/execute")
                    .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("""
                            {"datasource": "readings", "query": "SELECT id, price, note FROM reading", "format": "%s",
                            "limit": 1000000}""".formatted(format))).build(), HttpResponse.BodyHandlers.ofInputStream());
            byte[] buffer = new byte[1 << 16];
            long next = 64L << 20;
            for (int read = response.body().read(buffer); read >= 0; read = response.body().read(buffer)) {
                bytes += read;
                if (bytes > next) {
                    System.gc();
                    most = Math.max(most, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() - before);
                    next += 64L << 20;
                }
            }
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            System.out.printf("%s: 1,000,000 rows, %d MB in %d ms; at most %d MB more heap is live meanwhile%n", format,
                    bytes >> 20, ms, most >> 20);
            assertThat(bytes).isGreaterThan(400_000_000L);
            assertThat(most).isLessThan(64L << 20);
        }
    }
}
