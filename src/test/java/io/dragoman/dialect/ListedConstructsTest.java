package io.dragoman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.BigQueryDialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.MySqlDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of thing that is promised to be refused or found, once, with its code. */
class ListedConstructsTest {

    private static final SchemaGroup MARKETS = TestSchema.of(
            "trade: date date, time time, sym symbol, price float, size long, note string",
            "quote: date date, time time, sym symbol, bid float, ask float");
    private static final SchemaGroup SHOP = TestSchema.of(
            List.of(TestSchema.relationship("orders.customer_id", "customers.id")),
            "customers: id integer!, name text, dropped_at timestamp",
            "orders: id integer!, customer_id integer, total numeric, status text, created_at timestamp");
    private static final List<Dialect> SQL = List.of(new PostgreSqlDialect(), new SqliteDialect(), new DuckDbDialect(),
            new MySqlDialect(), new BigQueryDialect());
    private final Dialect q = new QDialect();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            trade:0#trade                             | ASSIGNMENT
            trade::0#trade                            | ASSIGNMENT
            trade[`price]:0                           | ASSIGNMENT
            select from (t:trade)                     | ASSIGNMENT
            {trade::x}[1]                             | ASSIGNMENT
            system "ls"                               | FUNCTION_NOT_ALLOWED
            \\ls                                      | NOT_A_QUERY
            value "1"                                 | FUNCTION_NOT_ALLOWED
            parse "1"                                 | FUNCTION_NOT_ALLOWED
            eval (1;2)                                | FUNCTION_NOT_ALLOWED
            reval (1;2)                               | FUNCTION_NOT_ALLOWED
            get `trade                                | FUNCTION_NOT_ALLOWED
            `x set 1                                  | FUNCTION_NOT_ALLOWED
            hopen 5010                                | FUNCTION_NOT_ALLOWED
            hclose 3                                  | FUNCTION_NOT_ALLOWED
            hdel `x                                   | FUNCTION_NOT_ALLOWED
            3 "1+1"                                   | APPLY_NOT_ALLOWED
            0 "1+1"                                   | APPLY_NOT_ALLOWED
            -1 "text"                                 | APPLY_NOT_ALLOWED
            `::5010 "x"                               | APPLY_NOT_ALLOWED
            `:f 0: enlist "x"                         | OPERATOR_NOT_ALLOWED
            `:f 1: 0x00                               | OPERATOR_NOT_ALLOWED
            `:f 2: (`g;1)                             | OPERATOR_NOT_ALLOWED
            .z.pg:{x}                                 | ASSIGNMENT
            .z.ps "x"                                 | FUNCTION_NOT_ALLOWED
            .z.ph                                     | FUNCTION_NOT_ALLOWED
            .z.pw                                     | FUNCTION_NOT_ALLOWED
            .Q.dpft[`:d;.z.d;`sym;`trade]             | FUNCTION_NOT_ALLOWED
            .Q.l `x                                   | FUNCTION_NOT_ALLOWED
            .h.hp "x"                                 | FUNCTION_NOT_ALLOWED
            .j.k "1"                                  | FUNCTION_NOT_ALLOWED
            update price:0 from `trade                | NOT_A_QUERY
            delete from `trade                        | NOT_A_QUERY
            `trade insert (1;2)                       | FUNCTION_NOT_ALLOWED
            `trade upsert (1;2)                       | FUNCTION_NOT_ALLOWED
            select from trade where sym=value "x"     | FUNCTION_NOT_ALLOWED
            select value note from trade              | FUNCTION_NOT_ALLOWED
            load `x                                   | FUNCTION_NOT_ALLOWED
            rload `x                                  | FUNCTION_NOT_ALLOWED
            `:lib 2:(`f;1)                            | OPERATOR_NOT_ALLOWED
            ![`trade;();0b;enlist `a]                 | OPERATOR_NOT_ALLOWED
            """)
    void refusesInQ(String query, String code) {
        Inspection inspection = q.inspect(query, MARKETS);
        assertThat(inspection.passed()).isFalse();
        assertThat(inspection.findings()).extracting(Finding::code).contains(code);
        assertThat(inspection.findings()).allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select from trade where i<10
            select i, sym from trade where date=.z.d
            select last i by sym from trade
            select count i by date from trade where date within 2024.01.01 2024.01.31
            """)
    void knowsTheVirtualColumnAndPartitionsOfQ(String query) {
        assertThat(q.inspect(query, MARKETS).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT id INTO x FROM orders                                             | NOT_ALLOWED
            SELECT id FROM orders FOR UPDATE                                         | NOT_ALLOWED
            WITH x AS (DELETE FROM orders RETURNING id) SELECT id FROM x             | NOT_A_QUERY
            WITH x AS (INSERT INTO orders VALUES (1) RETURNING id) SELECT id FROM x  | NOT_A_QUERY
            WITH x AS (SELECT 1) UPDATE orders SET id = 1                            | NOT_A_QUERY
            DELETE FROM orders                                                       | NOT_A_QUERY
            SELECT 1; SELECT 2                                                       | MULTIPLE_STATEMENTS
            SELECT no_such_function(id) FROM orders                                  | FUNCTION_NOT_ALLOWED
            SELECT id FROM oders                                                     | UNKNOWN_TABLE
            SELECT totl FROM orders                                                  | UNKNOWN_COLUMN
            SELECT id FROM orders o JOIN customers c ON c.id = o.customer_id         | AMBIGUOUS_COLUMN
            SELECT o.id FROM (SELECT id FROM orders) o WHERE o.total > 1             | UNKNOWN_COLUMN
            WITH m AS (SELECT id FROM orders) SELECT total FROM m                    | UNKNOWN_COLUMN
            SELECT id FROM orders UNION SELECT id, name FROM customers               | COLUMN_COUNT
            SELECT status, count(*) FROM orders                                      | MISSING_GROUP_BY
            SELECT id FROM orders WHERE status = 5                                   | TYPE_MISMATCH
            SELECT o.id FROM orders o JOIN customers c ON o.status = c.id            | TYPE_MISMATCH
            SELECT o.id FROM orders o, customers c                                   | CARTESIAN_PRODUCT
            SELECT o.id FROM orders o JOIN customers c ON o.id = c.id                | JOIN_WITHOUT_RELATIONSHIP
            """)
    void findsInEverySql(String query, String code) {
        for (Dialect dialect : SQL) {
            Inspection inspection = dialect.inspect(query, SHOP);
            assertThat(inspection.findings()).as("%s: %s", dialect.name(), inspection.findings()).isNotEmpty();
            assertThat(inspection.findings()).as(dialect.name()).extracting(Finding::code).contains(code);
        }
    }

    @ParameterizedTest
    @CsvSource({"postgresql, pg_class", "postgresql, information_schema.tables", "sqlite, sqlite_master",
        "duckdb, duckdb_tables", "duckdb, information_schema.tables", "mysql, information_schema.tables", "mysql, mysql.user",
        "mysql, performance_schema.threads", "bigquery, d.INFORMATION_SCHEMA.TABLES", "bigquery, d.__TABLES__"})
    void refusesSystemCatalogues(String name, String table) {
        Dialect dialect = SQL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        assertThat(dialect.inspect("SELECT * FROM " + table, null).findings()).extracting(Finding::code)
                .containsExactly("SYSTEM_TABLE");
    }

    @Test
    void suggestsWhatWasMeantInEverySql() {
        for (Dialect dialect : SQL) {
            assertThat(dialect.inspect("SELECT totl FROM orders", SHOP).findings().get(0).suggestion()).isEqualTo("total");
            assertThat(dialect.inspect("SELECT id FROM orders, LATERAL (SELECT 1 AS one) l WHERE l.one = 1", SHOP).passed())
                    .as(dialect.name()).isTrue();
            assertThat(dialect.inspect("SELECT dropped_at FROM customers", SHOP).findings()).isEmpty();
            assertThat(dialect.limit("SELECT id FROM orders", 10, 0)).endsWith("LIMIT 10");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            duckdb   | FROM orders SELECT count(*)
            duckdb   | FROM orders
            duckdb   | FROM orders SELECT status, sum(total) AS s WHERE total > 3 GROUP BY ALL ORDER BY ALL
            duckdb   | SELECT * EXCLUDE (id) FROM orders
            duckdb   | SELECT list_transform([1, 2], x -> x + id) FROM orders
            duckdb   | SELECT status FROM orders QUALIFY row_number() OVER (PARTITION BY status ORDER BY id) = 1
            duckdb   | SELECT id::INTEGER[] FROM orders
            duckdb   | SELECT o.id FROM orders o ASOF JOIN customers c ON o.customer_id = c.id AND o.created_at >= c.dropped_at
            mysql    | SELECT `id` FROM orders WHERE status = "done" # all of them
            mysql    | SELECT IF(total > 1, 'a', 'b') FROM orders LIMIT 5, 10
            mysql    | SELECT GROUP_CONCAT(DISTINCT status ORDER BY status SEPARATOR ', ') FROM orders
            mysql    | SELECT DATE_ADD(created_at, INTERVAL 1 DAY) FROM orders WHERE status REGEXP '^d'
            bigquery | SELECT * EXCEPT (id) REPLACE (total + 1 AS total) FROM `my-project.shop.orders`
            bigquery | SELECT x, o FROM orders, UNNEST([1, 2]) AS x WITH OFFSET AS o
            bigquery | SELECT ARRAY_AGG(status IGNORE NULLS ORDER BY id LIMIT 1)[OFFSET(0)] FROM orders
            bigquery | SELECT STRUCT(id AS a, 'it\\'s' AS b), SAFE_CAST(status AS INT64) FROM orders WHERE status = "done"
            bigquery | SELECT status FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY status ORDER BY id) = 1
            bigquery | SELECT DATE_TRUNC(created_at, ISOWEEK), SAFE.PARSE_DATE('%F', status) FROM `shop.ord*`
            """)
    void readsWhatIsItsOwn(String name, String query) {
        Dialect dialect = SQL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        assertThat(dialect.inspect(query, SHOP).findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)).isEmpty();
    }

    @Test
    void putsAQueryThatBeginsWithFromInOrderAndKeepsItsPlaces() {
        Inspection inspection = new DuckDbDialect().inspect("FROM orders SELECT id, totl WHERE id > 1", SHOP);
        assertThat(inspection.findings().get(0).position().column()).isEqualTo(24);
        assertThat(new DuckDbDialect().inspect("FROM orders SELECT id WHERE id > 1", SHOP).query())
                .isEqualTo("SELECT id \nFROM orders WHERE id > 1");
    }
}
