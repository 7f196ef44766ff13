package io.dragoman.dialect.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures false refusals: real questions' queries, from the folder that {@code dragoman.bench.questions} names. */
@Tag("bench")
@EnabledIfSystemProperty(named = "dragoman.bench.questions", matches = ".+")
class SqlSafetyBench {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"sqlite, sqlite.jsonl", "postgresql, postgres.jsonl"})
    void letsRealQueriesPass(String name, String file) throws IOException {
        Dialect dialect = name.equals("sqlite") ? new SqliteDialect() : new PostgreSqlDialect();
        List<String> refused = new ArrayList<>();
        int total = 0;
        long start = System.nanoTime();
        for (String line : Files.readAllLines(Path.of(System.getProperty("dragoman.bench.questions"), file))) {
            JsonNode entry = JSON.readTree(line);
            List<String> queries = new ArrayList<>(List.of(entry.get("gold_query").asText()));
            entry.path("gold_alternatives").forEach(query -> queries.add(query.asText()));
            for (String query : queries) {
                total++;
                Inspection inspection = dialect.inspect(query, null);
                inspection.findings().stream().filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .findFirst().ifPresent(finding -> refused.add(finding.message() + " @" + finding.position() + ": " + query));
            }
        }
        System.out.printf("%s: %d of %d refused, %d µs each%n", name, refused.size(), total,
                (System.nanoTime() - start) / 1000 / total);
        refused.forEach(System.out::println);
        assertThat(refused.size()).isLessThanOrEqualTo(total / 500);
    }
}
