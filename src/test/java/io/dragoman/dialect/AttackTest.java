package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks that must be refused, obfuscated by case, comments, Unicode, quotes, nesting and place. */
class AttackTest {

    private static final Dialects DIALECTS = new Dialects(
            List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(), new QDialect()));

    static Stream<Arguments> attacks() throws IOException {
        List<Arguments> attacks = new ArrayList<>();
        for (String dialect : DIALECTS.names()) {
            try (InputStream stream = AttackTest.class.getResourceAsStream("attacks/" + dialect + ".jsonl")) {
                for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                    JsonNode attack = new ObjectMapper().readTree(line);
                    attacks.add(Arguments.of(dialect, attack.get("why").asText(), attack.get("input").asText()));
                }
            }
        }
        return attacks.stream();
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @MethodSource("attacks")
    void refuses(String dialect, String why, String input) {
        Inspection inspection = DIALECTS.find(dialect).orElseThrow().inspect(input, null);
        assertThat(inspection.passed()).isFalse();
        assertThat(inspection.query()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "sqlite", "q"})
    void refusesHugeAndDeepInputAtOnce(String name) {
        Dialect dialect = DIALECTS.find(name).orElseThrow();
        dialect.inspect("select a from t", null);
        String deepCase = "SELECT " + "CASE WHEN 1=1 THEN ".repeat(3_000) + "1" + " END".repeat(3_000);
        for (String input : List.of("a".repeat(1_000_000), "SELECT " + "(".repeat(500_000), "(".repeat(90_000),
                "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000), deepCase, "{".repeat(50_000), "'".repeat(99_999),
                "SELECT 1" + "+1".repeat(40_000), "SELECT " + "NOT ".repeat(20_000) + "1", "\"".repeat(99_999),
                "SELECT " + "-".repeat(90_000), "`".repeat(90_000) + "\"", "neg ".repeat(20_000), "/*".repeat(40_000))) {
            assertTimeout(Duration.ofSeconds(10), () -> assertThat(dialect.inspect(input, null).passed()).isFalse());
        }
        long start = System.nanoTime();
        dialect.inspect("SELECT 1 FROM t WHERE a = '" + "x".repeat(1_000_000) + "'", null);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(50));
    }
}
