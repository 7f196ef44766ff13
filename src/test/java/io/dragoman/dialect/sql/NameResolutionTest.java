package io.dragoman.dialect.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.TestSchema;
import io.dragoman.schema.SchemaGroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameResolutionTest {

    private static final SchemaGroup SCHEMA = TestSchema.of(
            List.of(TestSchema.relationship("orders.customer_id", "customers.id"),
                    TestSchema.relationship("items.order_id", "orders.id")),
            "customers: id integer!, name text, city text, Rating integer",
            "orders: id integer!, customer_id integer, total numeric, status text, created_at timestamp, paid boolean",
            "items: id integer!, order_id integer, quantity integer");
    private final Dialect postgresql = new PostgreSqlDialect();
    private final Dialect sqlite = new SqliteDialect();

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = c.id AND total > 5)",
        "WITH m AS (SELECT customer_id, sum(total) t FROM orders GROUP BY 1) SELECT c.name, m.t FROM m JOIN customers c ON c.id = m.customer_id ORDER BY m.t DESC",
        "WITH m(a, b) AS (SELECT id, total FROM orders) SELECT a FROM m WHERE b > 1",
        "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT x FROM n",
        "SELECT x.id FROM (SELECT * FROM orders) x WHERE x.total > 1",
        "SELECT o.id, l.n FROM orders o, LATERAL (SELECT count(*) AS n FROM items i WHERE i.order_id = o.id) l",
        "SELECT id FROM orders UNION SELECT id FROM customers ORDER BY id",
        "SELECT date_trunc('month', created_at) AS month, count(*) FROM orders GROUP BY month ORDER BY month",
        "SELECT c.id, c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id",
        "SELECT id FROM orders JOIN items USING (id)",
        "SELECT upper(city) AS u FROM customers GROUP BY upper(city)",
        "SELECT rank() OVER (PARTITION BY city ORDER BY id) FROM customers",
        "SELECT \"Rating\" FROM customers",
        "SELECT count(*) FROM orders WHERE paid AND total > 3 AND status = 'x' AND id = '5'"})
    void findsNothingInCorrectQueries(String query) {
        Inspection inspection = postgresql.inspect(query, SCHEMA);
        assertThat(inspection.findings()).isEmpty();
        assertThat(inspection.query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT number FROM t", "SELECT a FROM t ORDER BY bool DESC", "SELECT a FROM t GROUP BY map"})
    void saysHowToNameAColumnThatIsCalledLikeAType(String query) {
        assertThat(postgresql.inspect(query, null).findings()).singleElement().extracting(Finding::message).asString()
                .contains("is read as a type, so name the column with its table, or in quotes");
        assertThat(postgresql.inspect(query.replaceFirst("number|bool|map", "t.$0"), null).passed()).isTrue();
        assertThat(postgresql.inspect(query.replaceFirst("number|bool|map", "\"$0\""), null).passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT id FROM oders                                          | UNKNOWN_TABLE    | 16 | orders
            SELECT c.nmae FROM customers c                                | UNKNOWN_COLUMN   | 8  | c.name
            SELECT id FROM orders WHERE ttoal > 3                         | UNKNOWN_COLUMN   | 29 | total
            SELECT x.id FROM orders o                                     | UNKNOWN_TABLE    | 8  |
            SELECT id FROM orders o JOIN items i ON i.order_id = o.id     | AMBIGUOUS_COLUMN | 8  | o.id
            SELECT a.b FROM (SELECT id AS c FROM orders) a                | UNKNOWN_COLUMN   | 8  | a.c
            SELECT id FROM orders WHERE total > (SELECT avg(tot) FROM orders) | UNKNOWN_COLUMN | 49 |
            SELECT status, name FROM orders                               | UNKNOWN_COLUMN   | 16 |
            SELECT city, name, count(*) FROM customers GROUP BY city      | MISSING_GROUP_BY | 14 | GROUP BY name
            SELECT city, count(*) FROM customers                          | MISSING_GROUP_BY | 8  | GROUP BY city
            SELECT id FROM orders WHERE status = 5                        | TYPE_MISMATCH    | 29 | status = '5'
            SELECT id FROM orders WHERE total = 'abc'                     | TYPE_MISMATCH    | 29 |
            SELECT id FROM orders WHERE paid = 1                          | TYPE_MISMATCH    | 29 |
            SELECT id FROM orders UNION SELECT id, name FROM customers    | COLUMN_COUNT     | 29 |
            WITH m AS (SELECT id FROM orders) SELECT total FROM m         | UNKNOWN_COLUMN   | 42 |
            """)
    void findsWhatIsWrongAndSaysWhatWasMeant(String query, String code, int column, String suggestion) {
        Finding finding = postgresql.inspect(query, SCHEMA).findings().get(0);
        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
        assertThat(finding.position().column()).isEqualTo(column);
        if (suggestion != null) {
            assertThat(finding.suggestion()).isEqualTo(suggestion);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT o.id FROM orders o, items i                                 | CARTESIAN_PRODUCT
            SELECT o.id FROM orders o JOIN items i ON i.quantity = o.id        | JOIN_WITHOUT_RELATIONSHIP
            SELECT Rating FROM customers                                       | NAME_CASE
            """)
    void warnsOfWhatIsProbablyWrong(String query, String code) {
        Inspection inspection = postgresql.inspect(query, SCHEMA);
        assertThat(inspection.findings()).extracting(Finding::code).containsExactly(code);
        assertThat(inspection.passed()).isTrue();
    }

    @Test
    void followsSqliteWhereItIsLenient() {
        assertThat(sqlite.inspect("SELECT id FROM orders WHERE status = \"done\"", SCHEMA).findings())
                .singleElement().satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("TEXT_IN_DOUBLE_QUOTES");
                    assertThat(finding.suggestion()).isEqualTo("'done'");
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                });
        assertThat(sqlite.inspect("SELECT total * 2 AS t FROM orders WHERE t > 3", SCHEMA).passed()).isTrue();
        assertThat(sqlite.inspect("SELECT rowid, RATING FROM Customers", SCHEMA).findings()).isEmpty();
        assertThat(sqlite.inspect("SELECT city, name, count(*) FROM customers GROUP BY city", SCHEMA).passed()).isTrue();
    }

    @Test
    void namesTheTablesThatAreRead() {
        assertThat(postgresql.inspect("WITH m AS (SELECT id FROM orders) SELECT * FROM m JOIN public.customers c ON c.id = m.id, "
                + "(SELECT 1 FROM orders) x", null).tables()).containsExactly("orders", "public.customers");
    }
}
