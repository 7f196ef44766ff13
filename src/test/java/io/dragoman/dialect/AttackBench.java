package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.BigQueryDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.MySqlDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Holds the dialects against a folder of attacks, {@code <dialect>.jsonl} and {@code must_pass.jsonl}. */
@Tag("bench")
@EnabledIfSystemProperty(named = "dragoman.bench.attacks", matches = ".+")
class AttackBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Dialects DIALECTS = new Dialects(List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(), new MySqlDialect(),
            new BigQueryDialect(), new QDialect()));

    @Test
    void refusesAttacks() throws IOException {
        List<String> passed = new ArrayList<>();
        for (String name : List.of("postgresql", "sqlite", "duckdb", "mysql", "bigquery", "q")) {
            Optional<Dialect> dialect = DIALECTS.find(name);
            if (dialect.isEmpty() || !Files.exists(Path.of(System.getProperty("dragoman.bench.attacks"), name + ".jsonl"))) {
                continue;
            }
            for (JsonNode attack : lines(name + ".jsonl")) {
                Inspection inspection = dialect.get().inspect(attack.get("input").asText(), null);
                System.out.println(attack.get("input").asText() + "  →  " + inspection.findings().stream()
                        .map(finding -> finding.code() + ": " + finding.message()).toList());
                if (inspection.passed()) {
                    passed.add(attack.get("input").asText());
                }
            }
        }
        assertThat(passed).isEmpty();
    }

    @Test
    void letsHarmlessQueriesPass() throws IOException {
        List<String> refused = new ArrayList<>();
        for (JsonNode entry : lines("must_pass.jsonl")) {
            DIALECTS.find(entry.get("dialect").asText()).ifPresent(dialect -> {
                Inspection inspection = dialect.inspect(entry.get("input").asText(), null);
                if (!inspection.passed()) {
                    refused.add(entry.get("input").asText() + " " + inspection.findings());
                }
            });
        }
        assertThat(refused).isEmpty();
    }

    private static List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("dragoman.bench.attacks"), file))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
