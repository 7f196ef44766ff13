package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolatilityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "postgresql | SELECT now()                                               | true",
        "postgresql | SELECT a FROM t WHERE d > CURRENT_DATE - 7                  | true",
        "postgresql | SELECT a FROM t ORDER BY random()                          | true",
        "postgresql | SELECT a FROM t WHERE d > DATE 'yesterday'                 | true",
        "postgresql | SELECT age(d) FROM t                                       | true",
        "postgresql | SELECT a FROM t WHERE d >= DATE '2026-01-01'               | false",
        "postgresql | SELECT a, count(*) FROM t GROUP BY a -- now()              | false",
        "postgresql | SELECT snow FROM t WHERE a = 'nowhere'                     | false",
        "sqlite     | SELECT date('now')                                         | true",
        "sqlite     | SELECT datetime( )                                         | true",
        "sqlite     | SELECT strftime('%Y')                                      | true",
        "sqlite     | SELECT strftime('%Y', d) FROM t                            | false",
        "sqlite     | SELECT date(d) FROM t                                      | false",
        "q          | select from trade where date=.z.d                          | true",
        "q          | select from trade where date=2026.01.02                    | false"})
    void tellsWhatReadsTheClockOrChance(String language, String query, boolean expected) {
        Dialect dialect = switch (language) {
            case "q" -> new QDialect();
            case "sqlite" -> new SqliteDialect();
            default -> new PostgreSqlDialect();
        };
        Inspection inspection = dialect.inspect(query, null, false);
        // What the checks refuse is never run, let alone kept.
        assertThat(!inspection.passed() || Volatility.of(inspection.features(), dialect) == expected).as(query).isTrue();
        assertThat(inspection.passed() || expected).as("a plain query passes: " + inspection.findings()).isTrue();
    }
}
