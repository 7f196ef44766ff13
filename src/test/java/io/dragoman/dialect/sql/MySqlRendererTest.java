package io.dragoman.dialect.sql;

import static io.dragoman.dialect.PlanBuilder.aggregate;
import static io.dragoman.dialect.PlanBuilder.column;
import static io.dragoman.dialect.PlanBuilder.compare;
import static io.dragoman.dialect.PlanBuilder.count;
import static io.dragoman.dialect.PlanBuilder.from;
import static io.dragoman.dialect.PlanBuilder.number;
import static io.dragoman.dialect.PlanBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.Expression.RelativeTime;
import io.dragoman.offline.plan.Expression.TimeBucket;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import io.dragoman.testing.MariaDbServer;
import io.dragoman.testing.Requires;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every plan of {@link SqlRendererTest} on a real MariaDB, which speaks MySQL's language. */
@Requires(MariaDbServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlRendererTest extends SqlRendererTest {

    private static final Column CREATED = column("o.created_at", DataType.TIMESTAMP);
    private static final Column STATUS = column("o.status", DataType.TEXT);
    private static final Column ID = column("o.id", DataType.INTEGER);
    private Connection mariaDb;

    @Override
    void gives(LogicalPlan plan, String... rows) {
        assertThat(rows(plan)).as(new MySqlDialect().render(plan)).containsExactly(rows);
    }

    private List<String> rows(LogicalPlan plan) {
        if (mariaDb == null) {
            mariaDb = RealDatabases.mariaDb(ROWS);
        }
        String query = new MySqlDialect().render(plan);
        assertThat(new MySqlDialect().inspect(query, null).findings()).as(query).isEmpty();
        return RealDatabases.rows(mariaDb, query);
    }

    @Override
    @Test
    void comparesTextExactlyButMatchesPatternsInAnyCase() {
        gives(from("orders", "o").where(compare(STATUS, "=", text("done"))).select(ID).asc(ID).plan(), "1", "2", "6");
        gives(from("orders", "o").where(new Predicate.Like(STATUS, "DO%")).select(ID).asc(ID).plan(), "1", "2", "6");
        gives(from("orders", "o").where(new Predicate.Like(STATUS, "%\\")).select(ID).plan(), "4");
    }

    @Override
    @ParameterizedTest
    @CsvSource({"YEAR, 1, 2024-01-01", "QUARTER, 1, 2024-04-01", "MONTH, 1, 2024-05-01", "WEEK, 1, 2024-04-29",
        "DAY, 1, 2024-05-05", "HOUR, 1, 2024-05-05 10:00:00", "MINUTE, 1, 2024-05-05 10:07:00",
        "MINUTE, 5, 2024-05-05 10:05:00", "HOUR, 6, 2024-05-05 06:00:00", "DAY, 10, 2024-04-30", "WEEK, 2, 2024-04-22",
        "MONTH, 6, 2024-01-01", "QUARTER, 2, 2024-01-01", "YEAR, 5, 2020-01-01"})
    void buckets(TimeUnit unit, int count, String start) {
        assertThat(rows(from("orders", "o").where(compare(ID, "=", number("4")))
                .select(new TimeBucket(unit, count, CREATED), "bucket").plan())).containsExactly(start);
    }

    @Override
    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void movesFromTheStartOfTheCurrentUnit(TimeUnit unit) {
        for (TimeUnit start : TimeUnit.values()) {
            assertThat(rows(from("customers", "c").where(compare(column("c.id", DataType.INTEGER), "=", number("1")))
                    .select(new RelativeTime(unit, -3, start, DataType.TIMESTAMP), "t").plan())).hasSize(1);
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate quarter = today.withMonth((today.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1);
        gives(from("customers", "c").where(compare(column("c.id", DataType.INTEGER), "=", number("1"))).select(
                new RelativeTime(TimeUnit.QUARTER, -1, DataType.DATE), "t").plan(), quarter.minusMonths(3).toString());
        gives(from("customers", "c").where(compare(column("c.id", DataType.INTEGER), "=", number("1"))).select(
                new RelativeTime(TimeUnit.WEEK, 0, DataType.DATE), "t").plan(),
                today.minusDays(today.getDayOfWeek().getValue() - 1L).toString());
    }

    @Override
    @Test
    void findsTheDeviationOfASample() {
        assertThat(rows(from("orders", "o").select(aggregate(Function.STDDEV, column("o.quantity", DataType.INTEGER))).plan()))
                .first().asString().startsWith("1.8708");
    }

    @Test
    void writesItsIdiom() {
        LogicalPlan plan = from("orders", "o").join(JoinType.INNER, "customers", "c", column("o.customer_id", DataType.INTEGER),
                column("c.id", DataType.INTEGER)).where(compare(CREATED, ">=", new RelativeTime(TimeUnit.DAY, -7, DataType.DATE)))
                .groupBy(column("c.order", DataType.INTEGER)).select(column("c.order", DataType.INTEGER)).select(count(), "n")
                .asc(column("c.order", DataType.INTEGER)).plan();
        assertThat(new MySqlDialect().render(plan)).isEqualTo("""
                SELECT c.`order`, COUNT(*) AS n
                FROM orders o
                JOIN customers c ON o.customer_id = c.id
                WHERE o.created_at >= CURRENT_DATE - INTERVAL 7 DAY
                GROUP BY c.`order`
                ORDER BY c.`order` IS NULL, c.`order`""");
    }
}
