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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks that must be refused, obfuscated by case, comments, Unicode, quotes, nesting and place. */
class AttackTest {

    private static final Dialects DIALECTS = new Dialects(
            List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(), new MySqlDialect(),
            new BigQueryDialect(), new QDialect()));

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

    static List<String> names() {
        return DIALECTS.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesHugeAndDeepInputAtOnce(String name) {
        Dialect dialect = DIALECTS.find(name).orElseThrow();
        warmUp(dialect);
        String million = "x".repeat(1_000_000);
        for (String input : List.of(million, "'" + million + "'", "SELECT '" + million + "'", "(".repeat(1_000_000),
                "SELECT " + "(".repeat(500_000), "SELECT " + "1,".repeat(500_000) + "1", "select a from t where b in "
                + "1 ".repeat(500_000), "`" + million, "/*".repeat(500_000), "\"" + million + "\"",
                "SELECT 1 FROM t WHERE a = '" + million + "'")) {
            assertThat(time(dialect, input)).as(input.substring(0, 20)).isLessThan(Duration.ofMillis(50));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesWhatIsShortEnoughButWouldTakeLong(String name) {
        Dialect dialect = DIALECTS.find(name).orElseThrow();
        warmUp(dialect);
        String deepCase = "SELECT " + "CASE WHEN 1=1 THEN ".repeat(3_000) + "1" + " END".repeat(3_000);
        for (String input : List.of("(".repeat(90_000), "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000), deepCase,
                "{".repeat(50_000), "'".repeat(99_999), "SELECT 1" + "+1".repeat(40_000), "SELECT " + "NOT ".repeat(20_000)
                + "1", "\"".repeat(99_999), "SELECT " + "-".repeat(90_000), "`".repeat(90_000) + "\"", "neg ".repeat(20_000),
                "/*".repeat(40_000), "SELECT " + "1,".repeat(45_000) + "1", "1 ".repeat(45_000), "[".repeat(90_000),
                "f" + "'".repeat(9_000) + "1", "f" + "[1]".repeat(3_000),
                "SELECT a FROM t WHERE a IN (" + "1,".repeat(20_000) + "1)", "SELECT " + "a.".repeat(40_000) + "b")) {
            assertThat(time(dialect, input)).as(input.substring(0, 20)).isLessThan(Duration.ofMillis(500));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatIsJustWithinTheLimits(String name) {
        Dialect dialect = DIALECTS.find(name).orElseThrow();
        warmUp(dialect);
        String list = name.equals("q") ? "select from t where a in (" + "1;".repeat(4_000) + "1)"
                : "SELECT a FROM t WHERE a IN (" + "1,".repeat(4_000) + "1)";
        long start = System.nanoTime();
        assertThat(dialect.inspect(list, null).passed()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static void warmUp(Dialect dialect) {
        for (int i = 0; i < 200; i++) {
            dialect.inspect("select a from t where b in (1, 2) and c = 'x'", null);
        }
    }

    /** The best of three, as what else the machine does is not of interest. */
    private static Duration time(Dialect dialect, String input) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            assertThat(dialect.inspect(input, null).passed()).isFalse();
            best = Math.min(best, System.nanoTime() - start);
        }
        return Duration.ofNanos(best);
    }
}
