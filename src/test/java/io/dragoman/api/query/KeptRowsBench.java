package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What it gains to keep rows: one caller asks the same over HTTP, again and again. */
@Tag("bench")
class KeptRowsBench extends ApiTest {

    private static final int CALLS = 200;

    @Test
    void keptRowsAgainstAskingTheDatabase() {
        TestDatabase database = TestDatabase.empty();
        new JdbcTemplate(database.dataSource()).execute("CREATE TABLE sale AS SELECT i AS id, i % 7 AS store, i * 0.01 AS price"
                + " FROM generate_series(1, 500000) i");
        assertThat(server.post("/api/v1/data-sources", """
                {"name": "sales", "dialect": "postgresql", "url": "%s", "user": "%s"}""".formatted(database.url(),
                database.user())).status()).isEqualTo(201);
        measure("POST /execute, a count of 20 rows", "/api/v1/execute",
                "{\"datasource\": \"ecommerce\", \"query\": \"SELECT count(*) AS n FROM customers\"");
        measure("POST /query, a question about 20 rows", "/api/v1/query",
                "{\"query\": \"How many customers are there?\", \"schema_group_id\": \"ecommerce\", \"execute\": true");
        measure("POST /execute, sums of 500,000 rows in seven groups", "/api/v1/execute",
                "{\"datasource\": \"sales\", \"query\": \"SELECT store, sum(price) AS total FROM sale GROUP BY store\"");
    }

    private void measure(String what, String path, String body) {
        double asked = median(path, body + ", \"cache\": false}");
        double kept = median(path, body + "}");
        System.out.printf("%s: %.1f ms when the database is asked, %.1f ms when its rows were kept%n", what, asked, kept);
    }

    /** In milliseconds, of those calls that come after as many others. */
    private double median(String path, String body) {
        double[] took = new double[CALLS];
        for (int i = -CALLS; i < CALLS; i++) {
            long start = System.nanoTime();
            Reply reply = server.post(path, body);
            if (i >= 0) {
                took[i] = (System.nanoTime() - start) / 1e6;
            }
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        }
        Arrays.sort(took);
        return took[CALLS / 2];
    }
}
