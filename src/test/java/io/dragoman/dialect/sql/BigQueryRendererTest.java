package io.dragoman.dialect.sql;

import static io.dragoman.dialect.PlanBuilder.aggregate;
import static io.dragoman.dialect.PlanBuilder.column;
import static io.dragoman.dialect.PlanBuilder.compare;
import static io.dragoman.dialect.PlanBuilder.count;
import static io.dragoman.dialect.PlanBuilder.date;
import static io.dragoman.dialect.PlanBuilder.from;
import static io.dragoman.dialect.PlanBuilder.number;
import static io.dragoman.dialect.PlanBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.Expression.DatePart;
import io.dragoman.offline.plan.Expression.RelativeTime;
import io.dragoman.offline.plan.Expression.TimeBucket;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.LogicalPlan.SetOperation.Kind;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every plan of {@link SqlRendererTest} written for BigQuery, and read again by its own checks; there is no server here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BigQueryRendererTest extends SqlRendererTest {

    private static final Column CREATED = column("o.created_at", DataType.TIMESTAMP);
    private static final Column SHIPPED = column("o.shipped", DataType.DATE);
    private static final Column STATUS = column("o.status", DataType.TEXT);
    private static final Column ID = column("o.id", DataType.INTEGER);

    @Override
    void gives(LogicalPlan plan, String... rows) {
        bigQuery(plan);
    }

    private static String bigQuery(LogicalPlan plan) {
        String query = new BigQueryDialect().render(plan);
        assertThat(new BigQueryDialect().inspect(query, null).findings()).as(query).isEmpty();
        return query;
    }

    private static String where(Predicate predicate) {
        String query = bigQuery(from("orders", "o").where(predicate).select(count()).plan());
        return query.substring(query.indexOf("WHERE ") + 6);
    }

    @Override
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            YEAR    | 1 | TIMESTAMP_TRUNC(created_at, YEAR)
            WEEK    | 1 | TIMESTAMP_TRUNC(created_at, ISOWEEK)
            HOUR    | 1 | TIMESTAMP_TRUNC(created_at, HOUR)
            MINUTE  | 5 | TIMESTAMP_BUCKET(created_at, INTERVAL 5 MINUTE, TIMESTAMP '2001-01-01')
            DAY     | 10 | DATE_BUCKET(DATE(created_at), INTERVAL 10 DAY, DATE '2001-01-01')
            QUARTER | 2 | DATE_BUCKET(DATE(created_at), INTERVAL 6 MONTH, DATE '2001-01-01')
            YEAR    | 5 | DATE_BUCKET(DATE(created_at), INTERVAL 5 YEAR, DATE '2000-01-01')
            """)
    void buckets(TimeUnit unit, int count, String bucket) {
        assertThat(bigQuery(from("orders", "o").select(new TimeBucket(unit, count, CREATED), "b").plan()))
                .isEqualTo("SELECT " + bucket + " AS b\nFROM orders");
    }

    @Override
    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void movesFromTheStartOfTheCurrentUnit(TimeUnit unit) {
        for (TimeUnit start : TimeUnit.values()) {
            for (int offset : new int[] {0, -1, 1, -3}) {
                where(compare(CREATED, ">=", new RelativeTime(unit, offset, start, DataType.TIMESTAMP)));
            }
        }
        assertThat(where(compare(CREATED, ">=", new RelativeTime(TimeUnit.MONTH, -3, TimeUnit.SECOND, DataType.TIMESTAMP))))
                .isEqualTo("created_at >= TIMESTAMP(DATETIME_SUB(DATETIME(CURRENT_TIMESTAMP()), INTERVAL 3 MONTH))");
    }

    @Test
    void comparesDatesWithDatesAndTimestampsWithTimestamps() {
        RelativeTime week = new RelativeTime(TimeUnit.DAY, -7, DataType.DATE);
        assertThat(where(compare(CREATED, ">=", week)))
                .isEqualTo("created_at >= TIMESTAMP(DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY))");
        assertThat(where(compare(CREATED, "=", week)))
                .isEqualTo("DATE(created_at) = DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)");
        assertThat(where(compare(SHIPPED, ">=", week))).isEqualTo("shipped >= DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)");
        assertThat(where(compare(CREATED, ">=", date("2024-01-01")))).isEqualTo("created_at >= '2024-01-01'");
        assertThat(where(compare(CREATED, "=", date("2024-01-01")))).isEqualTo("DATE(created_at) = '2024-01-01'");
    }

    @Test
    void writesItsIdiom() {
        LogicalPlan plan = from("my-project.shop.orders", "o").join(JoinType.INNER, "customers", "c",
                column("o.customer_id", DataType.INTEGER), column("c.id", DataType.INTEGER))
                .where(new Predicate.Like(STATUS, "Do\\%")).groupBy(column("c.hash", DataType.TEXT))
                .select(column("c.hash", DataType.TEXT)).select(new Expression.Aggregate(Function.COUNT, null, false,
                        compare(ID, ">", number("3"))), "n").asc(column("c.hash", DataType.TEXT)).plan();
        assertThat(bigQuery(plan)).isEqualTo("""
                SELECT c.`hash`, COUNT(CASE WHEN o.id > 3 THEN 1 END) AS n
                FROM `my-project`.shop.orders o
                JOIN customers c ON o.customer_id = c.id
                WHERE LOWER(o.status) LIKE 'do\\\\\\\\%'
                GROUP BY c.`hash`
                ORDER BY c.`hash` NULLS LAST""");
        assertThat(bigQuery(from("a", "a").select(column("a.id", DataType.INTEGER)).combine(Kind.EXCEPT,
                from("b", "b").select(column("b.id", DataType.INTEGER)).plan()).plan())).contains("EXCEPT DISTINCT");
        assertThat(bigQuery(from("a", "a").where(compare(column("a.name", DataType.TEXT), "=", text("O'Hara\n\\")))
                .select(count()).plan())).endsWith("name = 'O\\'Hara\\n\\\\'");
        assertThat(bigQuery(from("o", "o").select(new DatePart(DatePart.Part.WEEKDAY, CREATED), "d").plan()))
                .startsWith("SELECT MOD(EXTRACT(DAYOFWEEK FROM created_at) + 5, 7) + 1 AS d");
        assertThat(bigQuery(from("o", "o").select(aggregate(Function.MEDIAN, ID), "m").plan()))
                .contains("DIV(median_1_count + 1, 2)");
    }
}
