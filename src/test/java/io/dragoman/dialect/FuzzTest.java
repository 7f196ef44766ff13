package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.BigQueryDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.MySqlDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaGroup;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Breeds texts out of attacks and queries: pieces of one in another, repeated, nested, cut and spoiled. Whatever comes out
 * gives findings or a query, within a bound of time; what passes, passes again, also with a limit.
 */
class FuzzTest {

    private static final List<Dialect> DIALECTS = List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(),
            new MySqlDialect(), new BigQueryDialect(), new QDialect());
    private static final SchemaGroup SCHEMA = TestSchema.of("t: a integer!, b text, c timestamp, d boolean",
            "u: a integer, x numeric", "trade: date date, time time, sym symbol, price float, size long");
    private static final List<String> QUERIES = List.of("SELECT a, count(*) FROM t WHERE b = 'x' GROUP BY a HAVING count(*) > 1",
            "WITH w AS (SELECT a FROM t) SELECT w.a, u.x FROM w JOIN u ON u.a = w.a ORDER BY 2 DESC LIMIT 5",
            "SELECT CASE WHEN a > 1 THEN 'x' ELSE b END, rank() OVER (PARTITION BY b ORDER BY a) FROM t",
            "SELECT a FROM t WHERE a IN (SELECT a FROM u WHERE u.x > t.a) UNION SELECT 1",
            "FROM t SELECT a, [1, 2][1], {'k': a}", "SELECT x FROM UNNEST([1,2]) AS x WITH OFFSET AS o",
            "select max price by sym, 5 xbar time.minute from trade where date=.z.d, sym in `a`b",
            "exec {x+y}[1;2] each price from trade where i<5", "aj[`sym`time;trade;trade]", "10#`price xdesc select from trade");
    private static final List<String> SPOIL = List.of("(", ")", "[", "]", "{", "}", "'", "\"", "`", ";", "--", "/*", "*/", "/",
            "\\", "$$", "#", "\0", "\u00a0", "\u200b", "\ud800", "\n", " ", "é", "漢", "\uff33", ",", ".", ":", "::", "@", "!",
            "NOT ", "CASE ", " END", "SELECT ", "FROM ", "each ", "E'", "r'''", "/*!", "0x", "1e9", "-", "*", "**", "=>");
    /** In time of the processor: the machine may be busy with something else. */
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The same texts each time, so that what is found new is found when somebody looks for it. */
    @Test
    void shortly() {
        fuzz(Duration.ofMinutes(5), 25_000, 4711);
    }

    @Test
    @Tag("bench")
    void forLong() {
        fuzz(Duration.ofSeconds(Long.getLong("dragoman.fuzz.seconds", 600)), Long.MAX_VALUE, System.nanoTime());
    }

    private static void fuzz(Duration time, long most, long seed) {
        Random random = new Random(seed);
        List<List<String>> seeds = DIALECTS.stream().map(FuzzTest::seeds).toList();
        long began = System.nanoTime();
        long texts = 0;
        long passed = 0;
        long slowest = 0;
        String slow = "";
        while (texts < most && System.nanoTime() - began < time.toNanos()) {
            int index = random.nextInt(DIALECTS.size());
            String text = breed(random, seeds.get(index));
            long start = THREADS.getCurrentThreadCpuTime();
            passed += holds(DIALECTS.get(index), text, seed) ? 1 : 0;
            long taken = THREADS.getCurrentThreadCpuTime() - start;
            if (taken > slowest) {
                slowest = taken;
                slow = DIALECTS.get(index).name() + ": " + text.substring(0, Math.min(200, text.length()));
            }
            texts++;
        }
        System.out.printf("fuzzed %,d texts in %d s, %,d of them pass, slowest %d ms (%s), seed %d%n", texts,
                (System.nanoTime() - began) / 1_000_000_000, passed, slowest / 1_000_000, slow.replace("\n", " "), seed);
    }

    private static boolean holds(Dialect dialect, String text, long seed) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            Inspection inspection = dialect.inspect(text, SCHEMA);
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start)).isLessThan(LONGEST);
            if (!inspection.passed()) {
                assertThat(inspection.findings()).isNotEmpty().noneMatch(
                        finding -> finding.message().equals("The query cannot be checked"));
                assertThat(inspection.query()).isNull();
                return false;
            }
            passesAgain(dialect, inspection.query(), "QUERY_TOO_SLOW");
            // What nests as deep as it may is one level too deep once a page of it is cut out.
            passesAgain(dialect, dialect.limit(inspection.query(), 10, 5), "QUERY_TOO_SLOW", "QUERY_TOO_DEEP");
            return true;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new AssertionError(dialect.name() + ", seed " + seed + ": " + text, e);
        }
    }

    private static void passesAgain(Dialect dialect, String text, String... or) {
        Inspection again = dialect.inspect(text, SCHEMA);
        if (!again.passed()) {
            assertThat(again.findings()).extracting(Finding::code).containsAnyOf(or);
        }
    }

    private static List<String> seeds(Dialect dialect) {
        List<String> seeds = new ArrayList<>(QUERIES);
        try (InputStream stream = FuzzTest.class.getResourceAsStream("attacks/" + dialect.name() + ".jsonl")) {
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                seeds.add(new ObjectMapper().readTree(line).get("input").asText());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return seeds;
    }

    private static String breed(Random random, List<String> seeds) {
        String text = any(random, random.nextInt(3) == 0 ? seeds : QUERIES);
        for (int changes = random.nextInt(5); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(12));
            text = switch (random.nextInt(7)) {
                case 0 -> text.substring(0, at) + any(random, SPOIL) + text.substring(at);
                case 1 -> text.substring(0, at) + text.substring(to);
                case 2 -> text.substring(0, at) + text.substring(at, to).repeat(1 + random.nextInt(3)) + text.substring(to);
                case 3 -> text.substring(0, at) + piece(random, any(random, seeds)) + text.substring(at);
                case 4 -> text.substring(0, at) + "(" + any(random, seeds) + ")" + text.substring(to);
                case 5 -> nested(random, text);
                default -> text.substring(0, at) + any(random, SPOIL).repeat(1 + random.nextInt(random.nextInt(50) == 0
                        ? 30_000 : 20)) + text.substring(to);
            };
        }
        return text;
    }

    private static String nested(Random random, String text) {
        int times = 1 + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 30);
        return switch (random.nextInt(4)) {
            case 0 -> "(".repeat(times) + text + ")".repeat(times);
            case 1 -> "SELECT * FROM (".repeat(times) + text + ") x".repeat(times);
            case 2 -> "{".repeat(times) + text + "}".repeat(times);
            default -> "SELECT " + "CASE WHEN a = 1 THEN ".repeat(times) + "1" + " END".repeat(times) + " FROM t";
        };
    }

    private static String piece(Random random, String text) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, Math.min(text.length(), from + 1 + random.nextInt(40)));
    }

    private static String any(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
