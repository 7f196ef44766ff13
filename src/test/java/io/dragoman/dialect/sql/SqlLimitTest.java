package io.dragoman.dialect.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits queries and runs them on real databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlLimitTest {

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
}
