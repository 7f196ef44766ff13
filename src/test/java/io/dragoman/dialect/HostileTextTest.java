package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.BigQueryDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.MySqlDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text gives findings or a query, never an exception; what passes, passes again. */
class HostileTextTest {

    private static final List<Dialect> DIALECTS = List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(), new MySqlDialect(),
            new BigQueryDialect(), new QDialect());

    @Property(tries = 2_000, seed = "4711")
    void neverThrows(@ForAll("texts") String text) {
        for (Dialect dialect : DIALECTS) {
            Inspection inspection = dialect.inspect(text, null);
            if (inspection.passed()) {
                assertThat(dialect.inspect(inspection.query(), null).passed()).as(inspection.query()).isTrue();
                assertThat(dialect.inspect(dialect.limit(inspection.query(), 10, 5), null).passed())
                        .as(dialect.limit(inspection.query(), 10, 5)).isTrue();
            } else {
                assertThat(inspection.findings()).isNotEmpty();
                assertThat(inspection.query()).isNull();
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.of("select", "SELECT", "from", "FROM", "t", "where", "WHERE", "a", "b", "1", "2.5", "'x'",
                "\"y\"", "`s", "(", ")", "[", "]", "{", "}", ",", ";", "*", "+", "-", "%", "=", "<>", "by", "group by", "order by",
                "count(*)", "count i", "--", "/*", "*/", "/", "\\", "'", "\"", "$$", "each", "x:", ".z.d", "exec", "union", "limit 1",
                "case", "when", "then", "end", "with q as (select 1)", "join u on", "in", "not", "null", "\n", "!", "#", "@", ".", "?",
                "sum", "0x", "0N", "2024.01.01", "::date", "over ()", "and", "or", "as", "select a from t");
        return words.list().ofMinSize(1).ofMaxSize(14).map(parts -> String.join(" ", parts));
    }
}
