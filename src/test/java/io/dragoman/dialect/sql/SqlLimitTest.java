package io.dragoman.dialect.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits queries and runs them on real databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlLimitTest {

    private static final PostgreSqlDialect DIALECT = new PostgreSqlDialect();

    private final RealDatabases databases = RealDatabases.start("""
            CREATE TABLE t (n integer);
            INSERT INTO t VALUES (1), (2), (3), (4), (5);
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT n FROM t ORDER BY n                                            | 2 | 0 | 1 2
            SELECT n FROM t ORDER BY n;                                           | 2 | 1 | 2 3
            SELECT n FROM t ORDER BY n -- all of them                             | 2 | 0 | 1 2
            SELECT n FROM t ORDER BY n; -- LIMIT 1                                | 2 | 0 | 1 2
            SELECT n FROM t ORDER BY n LIMIT 3                                    | 5 | 0 | 1 2 3
            SELECT n FROM t ORDER BY n LIMIT 3                                    | 2 | 0 | 1 2
            SELECT n FROM t ORDER BY n LIMIT 3                                    | 2 | 2 | 3
            SELECT n FROM t ORDER BY n LIMIT 3 OFFSET 1                           | 2 | 1 | 3 4
            SELECT n FROM t ORDER BY n LIMIT 3 OFFSET 1                           | 9 | 0 | 2 3 4
            SELECT n FROM t WHERE n < 3 UNION SELECT n + 3 FROM t ORDER BY 1      | 3 | 1 | 2 4 5
            SELECT n FROM t UNION SELECT n FROM t ORDER BY 1 LIMIT 4              | 3 | 0 | 1 2 3
            WITH w AS (SELECT n FROM t LIMIT 5) SELECT n FROM w ORDER BY n DESC   | 2 | 0 | 5 4
            SELECT n FROM t WHERE n IN (SELECT n FROM t LIMIT 2) ORDER BY n       | 1 | 0 | 1
            """)
    void givesTheRowsOfThePage(String query, int limit, int offset, String rows) {
        assertThat(String.join(" ", databases.postgresql(new PostgreSqlDialect().limit(query, limit, offset)))).isEqualTo(rows);
        assertThat(String.join(" ", databases.sqlite(new SqliteDialect().limit(query, limit, offset)))).isEqualTo(rows);
    }

    @Test
    void addsALimitAtTheEndWhereItCan() {
        assertThat(new SqliteDialect().limit("SELECT n FROM t;", 10, 0)).isEqualTo("SELECT n FROM t\nLIMIT 10");
        assertThat(new SqliteDialect().limit("VALUES (1), (2)", 1, 0)).startsWith("SELECT * FROM (");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> new SqliteDialect().limit("DELETE FROM t", 10, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SqliteDialect().limit("SELECT 1", 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT n % 2 AS odd, n FROM t ORDER BY odd                     | 2
            SELECT n % 2 AS odd, n FROM t                                  | 2
            SELECT n FROM t ORDER BY n % 2 DESC -- the odd ones first      | 2
            SELECT n % 2 AS odd, n FROM t ORDER BY odd LIMIT 4             | 3
            SELECT n % 2 AS odd, n FROM t ORDER BY odd LIMIT 4 OFFSET 1    | 2
            SELECT n % 2 AS odd, n FROM t LIMIT 100                        | 2
            SELECT n FROM t UNION ALL SELECT n FROM t                      | 3
            SELECT n % 2 AS odd, count(*) FROM t GROUP BY n % 2            | 1
            SELECT DISTINCT n % 3 FROM t ORDER BY 1                        | 2
            VALUES (3), (1), (2)                                           | 2
            WITH w AS (SELECT n FROM t LIMIT 5) SELECT n FROM w            | 2
            """)
    void givesEachRowOnOnePageOnly(String query, int size) {
        int width = databases.postgresql(query).get(0).split("\\|").length;
        List<Integer> columns = IntStream.rangeClosed(1, width).boxed().toList();
        for (Function<String, List<String>> database : List.<Function<String, List<String>>>of(databases::postgresql,
                databases::sqlite, databases::duckdb)) {
            List<String> all = database.apply(DIALECT.page(query, 1_000, 0, columns));
            List<String> paged = new ArrayList<>();
            for (int offset = 0; offset < all.size() + size; offset += size) {
                paged.addAll(database.apply(DIALECT.page(query, size, offset, columns)));
            }
            assertThat(paged).isEqualTo(all);
            assertThat(all).hasSameSizeAs(database.apply(query));
        }
    }

    @Test
    void sortsTiesByTheColumnsThatItIsGiven() {
        SqliteDialect dialect = new SqliteDialect();
        assertThat(dialect.page("SELECT a, b FROM t ORDER BY a", 10, 20, List.of(1, 2)))
                .isEqualTo("SELECT a, b FROM t ORDER BY a\n, 1, 2\nLIMIT 10 OFFSET 20");
        assertThat(dialect.page("SELECT a FROM t LIMIT 15", 10, 10, List.of(1)))
                .isEqualTo("SELECT a FROM t \nORDER BY 1\nLIMIT 5 OFFSET 10");
        assertThat(dialect.page("SELECT a FROM t", 10, 0, List.of())).isEqualTo("SELECT a FROM t\nLIMIT 10");
        assertThat(new PostgreSqlDialect().page("SELECT DISTINCT ON (a) a, b FROM t", 10, 0, List.of(1)))
                .isEqualTo("SELECT DISTINCT ON (a) a, b FROM t\nLIMIT 10");
        assertThat(dialect.page("SELECT a FROM t LIMIT 5", 10, 10, List.of(1))).endsWith("LIMIT 0 OFFSET 10");
    }
}
