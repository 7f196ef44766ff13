package io.dragoman.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Holds the gold queries of public benchmarks against the shipped policy. */
@Tag("bench")
@EnabledIfSystemProperty(named = "dragoman.bench.questions", matches = ".+")
class PolicyBench {

    private static final Map<String, Dialect> FILES = Map.of("postgres.jsonl", new PostgreSqlDialect(), "sqlite.jsonl",
            new SqliteDialect(), "duckdb.jsonl", new DuckDbDialect());

    @Test
    void theShippedPolicyRefusesNoGoldQuery() throws IOException {
        PolicyRules rules = PolicyReader.read(PolicyFile.shipped()).defaults();
        ObjectMapper json = new ObjectMapper();
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, Dialect> file : FILES.entrySet()) {
            int checked = 0;
            int most = 0;
            long start = System.nanoTime();
            for (String line : Files.readAllLines(Path.of(System.getProperty("dragoman.bench.questions"), file.getKey()))) {
                JsonNode question = json.readTree(line);
                String query = question.path("gold_query").asText();
                Inspection inspection = file.getValue().inspect(query, null);
                if (!question.path("gold_query").isTextual() || !inspection.passed()) {
                    continue;
                }
                checked++;
                most = Math.max(most, inspection.features().complexity().score());
                PolicyChecks.of(rules, query, inspection.features()).stream().map(Finding::message)
                        .forEach(message -> refused.add(question.path("id").asText() + ": " + message));
            }
            System.out.printf("%s: %d queries in %d ms, greatest complexity %d%n", file.getKey(), checked,
                    (System.nanoTime() - start) / 1_000_000, most);
        }
        assertThat(refused).isEmpty();
    }
}
