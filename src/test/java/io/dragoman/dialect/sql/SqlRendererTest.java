package io.dragoman.dialect.sql;

import static io.dragoman.dialect.PlanBuilder.aggregate;
import static io.dragoman.dialect.PlanBuilder.column;
import static io.dragoman.dialect.PlanBuilder.compare;
import static io.dragoman.dialect.PlanBuilder.count;
import static io.dragoman.dialect.PlanBuilder.date;
import static io.dragoman.dialect.PlanBuilder.from;
import static io.dragoman.dialect.PlanBuilder.number;
import static io.dragoman.dialect.PlanBuilder.text;
import static io.dragoman.schema.DataType.BOOLEAN;
import static io.dragoman.schema.DataType.DATE;
import static io.dragoman.schema.DataType.DECIMAL;
import static io.dragoman.schema.DataType.INTEGER;
import static io.dragoman.schema.DataType.TEXT;
import static io.dragoman.schema.DataType.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.Expression.DatePart;
import io.dragoman.offline.plan.Expression.Literal;
import io.dragoman.offline.plan.Expression.RelativeTime;
import io.dragoman.offline.plan.Expression.TimeBucket;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Expression.Window;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.LogicalPlan.SetOperation.Kind;
import io.dragoman.offline.plan.Predicate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders plans and runs them on a real PostgreSQL, a real SQLite and a real DuckDB with the same rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlRendererTest {

    private static final Column CUSTOMER = column("o.customer_id", INTEGER);
    private static final Column TOTAL = column("o.total", DECIMAL);
    private static final Column QUANTITY = column("o.quantity", INTEGER);
    private static final Column CREATED = column("o.created_at", TIMESTAMP);
    private static final Column STATUS = column("o.status", TEXT);
    private static final Column PAID = column("o.paid", BOOLEAN);
    private static final Column SHIPPED = column("o.shipped", DATE);
    private static final Column ID = column("o.id", INTEGER);
    private static final Column CUSTOMER_ID = column("c.id", INTEGER);
    private static final Column NAME = column("c.name", TEXT);

    static final String ROWS = """
            CREATE TABLE customers (id integer PRIMARY KEY, name text, "Group" text, "order" integer);
            INSERT INTO customers VALUES (1, 'Ann', 'a', 3), (2, 'Bob', 'b', 2), (3, 'O''Hara', NULL, 1), (4, NULL, 'a', 4);
            CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, total numeric(10,2), quantity integer,
                created_at timestamp, shipped date, status text, paid boolean);
            INSERT INTO orders VALUES (1, 1, 10.00, 3, '2024-01-01 00:00:00', '2024-01-02', 'Done', TRUE),
                (2, 1, 20.00, 4, '2024-01-31 23:59:59', '2024-02-01', 'done', FALSE),
                (3, 2, 30.00, 0, '2024-02-01 00:00:00', NULL, 'open_x', TRUE),
                (4, 2, 50.00, 2, '2024-05-05 10:07:31', '2024-05-06', '50%\\', NULL),
                (5, 3, NULL, 5, '2024-12-30 12:00:00', '2024-12-31', NULL, FALSE),
                (6, NULL, 5.00, 1, '2024-12-29 12:00:00', '2024-12-29', 'Done', TRUE);
            """;
    private final RealDatabases databases = RealDatabases.start(ROWS);

    void gives(LogicalPlan plan, String... rows) {
        assertThat(databases.postgresql(new PostgreSqlDialect().render(plan))).as("PostgreSQL: %s",
                new PostgreSqlDialect().render(plan)).containsExactly(rows);
        assertThat(databases.sqlite(new SqliteDialect().render(plan))).as("SQLite: %s",
                new SqliteDialect().render(plan)).containsExactly(rows);
        assertThat(databases.duckdb(duckdb(plan))).as("DuckDB: %s", duckdb(plan)).containsExactly(rows);
    }

    private static String duckdb(LogicalPlan plan) {
        String query = new DuckDbDialect().render(plan);
        assertThat(new DuckDbDialect().inspect(query, null).findings()).as(query).isEmpty();
        return query;
    }

    private static String postgresql(LogicalPlan plan) {
        return new PostgreSqlDialect().render(plan);
    }

    private static String sqlite(LogicalPlan plan) {
        return new SqliteDialect().render(plan);
    }

    @Test
    void writesAJoinWithGroupsTheWayAPersonWould() {
        LogicalPlan plan = from("orders", "o").join(JoinType.INNER, "customers", "c", CUSTOMER, CUSTOMER_ID)
                .where(compare(STATUS, "<>", text("open_x"))).groupBy(NAME).select(NAME)
                .select(aggregate(Function.SUM, TOTAL), "revenue").desc(aggregate(Function.SUM, TOTAL)).limit(5).plan();
        assertThat(postgresql(plan)).isEqualTo("""
                SELECT c.name, SUM(o.total) AS revenue
                FROM orders o
                JOIN customers c ON o.customer_id = c.id
                WHERE o.status <> 'open_x'
                GROUP BY c.name
                ORDER BY revenue DESC NULLS LAST
                LIMIT 5""");
        assertThat(sqlite(plan)).isEqualTo(postgresql(plan).replace(" NULLS LAST", ""));
        gives(plan, "Bob|50", "Ann|30");
    }

    @Test
    void leavesOutAliasesOfASingleTable() {
        LogicalPlan plan = from("orders", "o").where(compare(PAID, "=", new Literal("true", BOOLEAN)))
                .select(count(), "n").plan();
        assertThat(postgresql(plan)).isEqualTo("SELECT COUNT(*) AS n\nFROM orders\nWHERE paid");
        assertThat(sqlite(plan)).isEqualTo("SELECT COUNT(*) AS n\nFROM orders\nWHERE paid = 1");
        gives(plan, "3");
        gives(from("orders", "o").where(compare(PAID, "=", new Literal("false", BOOLEAN))).select(count(), "n").plan(), "2");
    }

    @Test
    void quotesOnlyNamesThatNeedIt() {
        Column group = column("c.Group", TEXT);
        Column order = column("c.order", INTEGER);
        LogicalPlan plan = from("customers", "c").select(group, "Group").select(order).select(NAME, "odd name")
                .asc(order).plan();
        assertThat(postgresql(plan)).isEqualTo(
                "SELECT \"Group\", \"order\", name AS \"odd name\"\nFROM customers\nORDER BY \"order\"");
        gives(plan, "null|1|O'Hara", "b|2|Bob", "a|3|Ann", "a|4|null");
        assertThat(postgresql(from("sales.Orders", "o").select(count()).plan())).contains("FROM sales.\"Orders\"");
        assertThat(new PostgreSqlSyntax().identifiers().name("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(new SqliteSyntax().identifiers().name("Älter")).isEqualTo("\"Älter\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Hara", "'; DROP TABLE orders; --", "\\", "\\'", "a\nb", "%", "日本", "$$x$$"})
    void keepsTextAsItIs(String value) {
        gives(from("customers", "c").where(compare(CUSTOMER_ID, "=", number("1"))).select(text(value), "v").plan(), value);
        gives(from("customers", "c").where(compare(NAME, "=", text(value))).select(count(), "n").plan(),
                value.equals("O'Hara") ? "1" : "0");
    }

    @Test
    void refusesATextThatNoDatabaseCanHoldAndANumberThatIsNone() {
        assertThatThrownBy(() -> postgresql(from("customers", "c").select(text("a\0b")).plan()))
                .isInstanceOf(CannotRenderException.class);
        assertThatThrownBy(() -> sqlite(from("customers", "c").select(number("1; DROP TABLE x")).plan()))
                .isInstanceOf(CannotRenderException.class).hasMessageContaining("number");
    }

    @Test
    void comparesTextExactlyButMatchesPatternsInAnyCase() {
        gives(from("orders", "o").where(compare(STATUS, "=", text("done"))).select(ID).plan(), "2");
        gives(from("orders", "o").where(new Predicate.Like(STATUS, "DO%")).select(ID).asc(ID).plan(), "1", "2", "6");
        gives(from("orders", "o").where(new Predicate.Like(STATUS, "%\\")).select(ID).plan(), "4");
        gives(from("orders", "o").where(new Predicate.Not(new Predicate.Like(STATUS, "do%"))).select(ID).asc(ID).plan(),
                "3", "4");
    }

    @Test
    void readsConstantsInTheTypeOfTheirColumn() {
        gives(from("orders", "o").where(compare(STATUS, "=", number("5"))).select(count()).plan(), "0");
        gives(from("orders", "o").where(compare(QUANTITY, "=", text("5"))).select(ID).plan(), "5");
        gives(from("orders", "o").where(new Predicate.In(QUANTITY, List.of(text("5"), text("4")))).select(ID).asc(ID)
                .plan(), "2", "5");
        gives(from("orders", "o").where(compare(QUANTITY, ">", text("4"))).select(ID).plan(), "5");
    }

    @Test
    void dividesExactlyAndGivesNullForZero() {
        Arithmetic ratio = new Arithmetic(Arithmetic.Operator.DIVIDE, number("7"), QUANTITY);
        LogicalPlan plan = from("orders", "o").where(compare(ID, "=", number("3"))).select(ratio, "r").asc(ID).plan();
        assertThat(postgresql(plan)).contains("7::numeric / NULLIF(quantity, 0)");
        assertThat(sqlite(plan)).contains("CAST(7 AS REAL) / quantity");
        gives(from("orders", "o").select(new Arithmetic(Arithmetic.Operator.DIVIDE, QUANTITY, number("2")), "h")
                .asc(ID).plan(), "1.5", "2", "0", "1", "2.5", "0.5");
        gives(from("orders", "o").where(compare(ID, "=", number("3"))).select(ratio, "r").plan(), "null");
        Arithmetic share = new Arithmetic(Arithmetic.Operator.DIVIDE,
                new Arithmetic(Arithmetic.Operator.SUBTRACT, QUANTITY, number("1")),
                new Arithmetic(Arithmetic.Operator.ADD, QUANTITY, number("1")));
        gives(from("orders", "o").where(compare(ID, "=", number("1"))).select(share, "r").plan(), "0.5");
        gives(from("orders", "o").select(new Arithmetic(Arithmetic.Operator.DIVIDE, aggregate(Function.SUM, QUANTITY),
                count()), "r").plan(), "2.5");
    }

    @Test
    void putsNullsLastBothWays() {
        gives(from("customers", "c").select(NAME).asc(NAME).plan(), "Ann", "Bob", "O'Hara", "null");
        gives(from("customers", "c").select(NAME).desc(NAME).plan(), "O'Hara", "Bob", "Ann", "null");
        assertThat(postgresql(from("customers", "c").select(NAME).asc(NAME).plan())).doesNotContain("NULLS");
        assertThat(postgresql(from("customers", "c").groupBy(NAME).select(NAME).desc(count()).plan()))
                .doesNotContain("NULLS");
    }

    @Test
    void findsMediansOnBothDatabases() {
        Expression median = aggregate(Function.MEDIAN, TOTAL);
        gives(from("orders", "o").select(median, "m").select(count(), "n").plan(), "20|6");
        gives(from("orders", "o").groupBy(CUSTOMER).select(CUSTOMER).select(median, "m").select(aggregate(Function.SUM,
                QUANTITY), "q").having(compare(median, ">", number("5"))).asc(CUSTOMER).plan(), "1|15|7", "2|40|2");
        gives(from("orders", "o").join(JoinType.INNER, "customers", "c", CUSTOMER, CUSTOMER_ID).groupBy(NAME)
                .select(NAME).select(median, "m").desc(median).limit(2).plan(), "Bob|40", "Ann|15");
        gives(from("orders", "o").select(new Expression.Aggregate(Function.MEDIAN, QUANTITY, false,
                compare(ID, ">=", number("4"))), "m").plan(), "2");
    }

    @Test
    void findsTheDeviationOfASample() {
        assertThat(databases.sqlite(sqlite(from("orders", "o").select(aggregate(Function.STDDEV, QUANTITY)).plan())))
                .first().asString().startsWith("1.8708");
        assertThat(databases.postgresql(postgresql(from("orders", "o").select(aggregate(Function.STDDEV, QUANTITY))
                .plan()))).first().asString().startsWith("1.8708");
    }

    @Test
    void countsWithFilterAndDistinct() {
        gives(from("orders", "o").select(new Expression.Aggregate(Function.COUNT, null, false,
                compare(TOTAL, ">=", number("20"))), "big").select(new Expression.Aggregate(Function.COUNT, CUSTOMER, true,
                null), "c").plan(), "3|3");
    }

    @Test
    void comparesWithThePreviousRowAndTheTotal() {
        TimeBucket month = new TimeBucket(TimeUnit.MONTH, 1, CREATED);
        Expression sum = aggregate(Function.SUM, QUANTITY);
        Window previous = new Window(Window.Function.LAG, sum, List.of(new LogicalPlan.Ordering(month, false)));
        LogicalPlan plan = from("orders", "o").groupBy(month).select(new DatePart(DatePart.Part.MONTH, month), "month")
                .select(sum, "q").select(previous, "before").select(new Window(Window.Function.TOTAL, sum, List.of()), "all")
                .asc(month).plan();
        gives(plan, "1|7|null|15", "2|0|7|15", "5|2|0|15", "12|6|2|15");
    }

    @Test
    void treatsADateAsAWholeDayOfATimestamp() {
        gives(from("orders", "o").where(compare(CREATED, "=", date("2024-01-01"))).select(ID).plan(), "1");
        gives(from("orders", "o").where(compare(CREATED, "<=", date("2024-01-31"))).select(ID).asc(ID).plan(), "1", "2");
        gives(from("orders", "o").where(compare(CREATED, "<", date("2024-02-01"))).select(ID).asc(ID).plan(), "1", "2");
        gives(from("orders", "o").where(compare(CREATED, ">", date("2024-05-05"))).select(ID).asc(ID).plan(), "5", "6");
        gives(from("orders", "o").where(new Predicate.Between(CREATED, date("2024-01-31"), date("2024-02-01"), false))
                .select(ID).asc(ID).plan(), "2", "3");
        gives(from("orders", "o").where(new Predicate.Between(CREATED, date("2024-01-31"), date("2024-02-01"), true))
                .select(ID).asc(ID).plan(), "2");
        gives(from("orders", "o").where(new Predicate.Between(SHIPPED, date("2024-01-02"), date("2024-02-01"), true))
                .select(ID).asc(ID).plan(), "1");
        gives(from("orders", "o").where(compare(CREATED, ">", new Literal("2024-02-01T00:00:00", TIMESTAMP)))
                .select(ID).asc(ID).plan(), "4", "5", "6");
    }

    @ParameterizedTest
    @CsvSource({"YEAR, 2024", "QUARTER, 4", "MONTH, 12", "WEEK, 52", "DAY, 29", "WEEKDAY, 7", "HOUR, 12", "MINUTE, 0"})
    void takesPartsOfTimes(DatePart.Part part, String value) {
        gives(from("orders", "o").where(compare(ID, "=", number("6"))).select(new DatePart(part, CREATED), "p").plan(), value);
    }

    @ParameterizedTest
    @CsvSource({"YEAR, 1, 2024-01-01", "QUARTER, 1, 2024-04-01", "MONTH, 1, 2024-05-01", "WEEK, 1, 2024-04-29",
        "DAY, 1, 2024-05-05", "HOUR, 1, 2024-05-05 10:00:00", "MINUTE, 1, 2024-05-05 10:07:00",
        "MINUTE, 5, 2024-05-05 10:05:00", "HOUR, 6, 2024-05-05 06:00:00", "DAY, 10, 2024-04-30", "WEEK, 2, 2024-04-22",
        "MONTH, 6, 2024-01-01", "QUARTER, 2, 2024-01-01", "YEAR, 5, 2020-01-01"})
    void buckets(TimeUnit unit, int count, String start) {
        LogicalPlan plan = from("orders", "o").where(compare(ID, "=", number("4")))
                .select(new TimeBucket(unit, count, CREATED), "bucket").plan();
        assertThat(databases.sqlite(sqlite(plan))).containsExactly(start);
        assertThat(databases.postgresql(postgresql(plan)).get(0).replace(" 00:00:00", "")).isEqualTo(start);
        assertThat(databases.duckdb(duckdb(plan)).get(0).replace(".0", "").replace(" 00:00:00", "")).isEqualTo(start);
    }

    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void movesFromTheStartOfTheCurrentUnit(TimeUnit unit) {
        for (TimeUnit start : TimeUnit.values()) {
            for (int offset : new int[] {0, -1, 1, -3}) {
                RelativeTime time = new RelativeTime(unit, offset, start, TIMESTAMP);
                LogicalPlan plan = from("customers", "c").where(compare(CUSTOMER_ID, "=", number("1"))).select(time, "t").plan();
                String sqlite = databases.sqlite(sqlite(plan)).get(0);
                String postgresql = databases.postgresql(postgresql(plan)).get(0);
                String duckdb = databases.duckdb(duckdb(plan)).get(0);
                assertThat(sqlite.substring(0, 7)).as("%s %s %s", unit, offset, start).isEqualTo(postgresql.substring(0, 7))
                        .isEqualTo(duckdb.substring(0, 7));
                if (start.compareTo(TimeUnit.DAY) < 0) {
                    continue;
                }
                assertThat((sqlite + " 00:00:00").substring(0, 19)).as("%s %s %s", unit, offset, start)
                        .isEqualTo((postgresql + " 00:00:00").substring(0, 19))
                        .isEqualTo((duckdb.replaceAll("\\.0$", "") + " 00:00:00").substring(0, 19));
            }
        }
    }

    @Test
    void writesRelativeTimesIdiomatically() {
        assertThat(postgresql(since(new RelativeTime(TimeUnit.DAY, -7, DATE)))).endsWith(">= current_date - 7");
        assertThat(postgresql(since(new RelativeTime(TimeUnit.MONTH, 0, DATE)))).endsWith(">= date_trunc('month', current_date)");
        assertThat(postgresql(since(new RelativeTime(TimeUnit.HOUR, -24, TimeUnit.SECOND, TIMESTAMP))))
                .endsWith(">= now() - interval '24 hours'");
        assertThat(sqlite(since(new RelativeTime(TimeUnit.DAY, -7, DATE)))).endsWith(">= date('now', '-7 days')");
        assertThat(sqlite(since(new RelativeTime(TimeUnit.MONTH, -1, DATE))))
                .endsWith(">= date('now', 'start of month', '-1 month')");
        assertThat(sqlite(since(new RelativeTime(TimeUnit.MINUTE, 630, TimeUnit.DAY, TIMESTAMP))))
                .endsWith(">= datetime('now', 'start of day', '+630 minutes')");
    }

    private static LogicalPlan since(RelativeTime time) {
        return from("orders", "o").where(compare(CREATED, ">=", time)).select(count()).plan();
    }

    @Test
    void asksForMembershipWithoutMindingNulls() {
        LogicalPlan buyers = from("orders", "o").select(CUSTOMER).plan();
        gives(from("customers", "c").where(new Predicate.InSubquery(CUSTOMER_ID, buyers)).select(CUSTOMER_ID)
                .asc(CUSTOMER_ID).plan(), "1", "2", "3");
        gives(from("customers", "c").where(new Predicate.Not(new Predicate.InSubquery(CUSTOMER_ID, buyers)))
                .select(CUSTOMER_ID).plan(), "4");
        LogicalPlan first = from("orders", "o").select(CUSTOMER).desc(ID).limit(2).plan();
        gives(from("customers", "c").where(new Predicate.Not(new Predicate.InSubquery(CUSTOMER_ID, first)))
                .select(CUSTOMER_ID).asc(CUSTOMER_ID).plan(), "1", "2", "4");
    }

    @Test
    void refersToTheOuterTableFromASubquery() {
        LogicalPlan own = from("orders", "o").where(compare(CUSTOMER, "=", CUSTOMER_ID)).select(ID).plan();
        LogicalPlan plan = from("customers", "c").where(new Predicate.Not(new Predicate.Exists(own))).select(CUSTOMER_ID).plan();
        assertThat(postgresql(plan)).isEqualTo("""
                SELECT c.id
                FROM customers c
                WHERE NOT EXISTS (SELECT o.id FROM orders o WHERE o.customer_id = c.id)""");
        gives(plan, "4");
        LogicalPlan average = from("orders", "o").select(aggregate(Function.AVG, QUANTITY)).plan();
        Column other = column("p.quantity", INTEGER);
        gives(from("orders", "p").where(compare(other, ">", new Expression.ScalarSubquery(average)))
                .select(column("p.id", INTEGER)).asc(column("p.id", INTEGER)).plan(), "1", "2", "5");
    }

    @ParameterizedTest
    @CsvSource({"UNION, 1|2|3|4", "INTERSECT, 1|2|3", "EXCEPT, 4", "UNION_ALL, 1|1|1|2|2|2|3|3|4"})
    void combinesRows(Kind kind, String ids) {
        LogicalPlan buyers = from("orders", "o").where(new Predicate.Not(new Predicate.IsNull(CUSTOMER))).select(CUSTOMER).plan();
        gives(from("customers", "c").select(CUSTOMER_ID).combine(kind, buyers).asc(CUSTOMER_ID).plan(), ids.split("\\|"));
    }

    @Test
    void keepsAMembersOwnLimit() {
        LogicalPlan last = from("orders", "o").select(ID).desc(ID).limit(2).plan();
        gives(from("customers", "c").where(compare(CUSTOMER_ID, "=", number("1"))).select(CUSTOMER_ID)
                .combine(Kind.UNION, last).desc(CUSTOMER_ID).limit(2).plan(), "6", "5");
    }

    @Test
    void keepsRowsWithoutPartnerInALeftJoin() {
        gives(from("customers", "c").join(JoinType.LEFT, "orders", "o", CUSTOMER_ID, CUSTOMER).groupBy(CUSTOMER_ID)
                .select(CUSTOMER_ID).select(aggregate(Function.COUNT, ID), "n").asc(CUSTOMER_ID).plan(),
                "1|2", "2|2", "3|1", "4|0");
    }

    @Test
    void roundsConcatenatesAndChoosesTheFirstValue() {
        gives(from("orders", "o").where(compare(ID, "=", number("1"))).select(call(Expression.Call.Function.CONCAT, STATUS,
                text("-"), QUANTITY), "c").select(call(Expression.Call.Function.ROUND, new Arithmetic(
                        Arithmetic.Operator.DIVIDE, QUANTITY, number("7")), number("2")), "r").select(call(
                        Expression.Call.Function.COALESCE, TOTAL, number("0")), "t").plan(), "Done-3|0.43|10");
    }

    private static Expression call(Expression.Call.Function function, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments));
    }

    @Test
    void mixesAndOrAndNotWithTheRightParentheses() {
        Predicate small = compare(TOTAL, "<", number("15"));
        Predicate big = compare(TOTAL, ">", number("40"));
        Predicate done = new Predicate.Like(STATUS, "done");
        gives(from("orders", "o").where(new Predicate.And(List.of(new Predicate.Or(List.of(small, big)), done)))
                .select(ID).asc(ID).plan(), "1", "6");
        gives(from("orders", "o").where(new Predicate.Not(new Predicate.Or(List.of(small, big)))).select(ID).asc(ID).plan(),
                "2", "3");
        gives(from("orders", "o").where(new Predicate.Or(List.of(new Predicate.And(List.of(small, done)),
                new Predicate.Between(CREATED, date("2024-02-01"), date("2024-02-02"), true)))).select(ID).asc(ID).plan(),
                "1", "3", "6");
    }

    @Test
    void saysWhatCannotBeSaid() {
        assertThatThrownBy(() -> postgresql(from("trade", "t").join(JoinType.AS_OF, "quote", "q", column("t.sym", TEXT),
                column("q.sym", TEXT)).select(count()).plan()))
                .isInstanceOf(CannotRenderException.class).hasMessage("PostgreSQL has no way to say an as-of join");
        assertThatThrownBy(() -> sqlite(from("orders", "o").select(aggregate(Function.FIRST, TOTAL)).plan()))
                .isInstanceOf(CannotRenderException.class).hasMessageContaining("first row");
    }

    @Test
    void tellsAHeadingFromAColumnOfTheSameName() {
        LogicalPlan plan = from("orders", "o").groupBy(STATUS).select(aggregate(Function.MAX, TOTAL), "status")
                .where(new Predicate.Not(new Predicate.IsNull(STATUS))).asc(STATUS).limit(1).plan();
        gives(plan, "50");
    }
}
