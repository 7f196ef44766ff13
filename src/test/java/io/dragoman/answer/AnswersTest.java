package io.dragoman.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.datasource.ResultTable;
import io.dragoman.datasource.ResultTable.ResultColumn;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final Expression.Column CITY = column("city", DataType.TEXT);
    private static final Expression.Column PLACED = column("placed", DataType.DATE);
    private static final Expression.Column TOTAL = column("total_amount", DataType.DECIMAL);
    private static final Expression.Column ID = column("id", DataType.INTEGER);
    private static final Expression COUNT = new Aggregate(Aggregate.Function.COUNT, null, false, null);
    private static final Expression REVENUE = new Aggregate(Aggregate.Function.SUM, TOTAL, false, null);
    private static final Predicate CANCELLED = new Predicate.Comparison(Predicate.Comparison.Operator.EQ,
            column("status", DataType.TEXT), new Expression.Literal("cancelled", DataType.TEXT));

    private final Answers answers = new Answers();

    @Test
    void countsInASentence() {
        assertThat(text(plan(null, List.of(), COUNT), table("count", row(26L)))).isEqualTo("There are 26 orders.");
        assertThat(text(plan(CANCELLED, List.of(), COUNT), table("count", row(1L))))
                .isEqualTo("There is 1 order where status is cancelled.");
        assertThat(text(plan(null, List.of(), new Aggregate(Aggregate.Function.COUNT, CITY, true, null)),
                table("count", row(1234L)))).isEqualTo("There are 1,234 different cities.");
    }

    @Test
    void saysWhoseColumnAConditionIsOn() {
        LogicalPlan.Source orders = new LogicalPlan.Source("shop", "orders", "t1", null, List.of());
        LogicalPlan.Source customers = new LogicalPlan.Source("shop", "customers", "t2", LogicalPlan.JoinType.INNER, List.of());
        assertThat(where(new Expression.Column("t2", "name", DataType.TEXT), orders, customers))
                .isEqualTo("There is 1 order where the customer's name is Ann Lee.");
        assertThat(where(new Expression.Column("t2", "customer_city", DataType.TEXT), orders, customers))
                .isEqualTo("There is 1 order where customer city is Ann Lee.");
        assertThat(where(new Expression.Column("t1", "status", DataType.TEXT), orders, customers))
                .isEqualTo("There is 1 order where status is Ann Lee.");
    }

    private String where(Expression.Column column, LogicalPlan.Source... from) {
        Predicate named = new Predicate.Comparison(Predicate.Comparison.Operator.EQ, column, new Expression.Literal("Ann Lee", DataType.TEXT));
        return text(new LogicalPlan(List.of(from), named, List.of(), null, outputs(COUNT), false, null, List.of(), null), table("count", row(1L)));
    }

    @Test
    void saysWhatASingleValueIs() {
        assertThat(text(plan(null, List.of(), new Aggregate(Aggregate.Function.AVG, TOTAL, false, null)),
                table("avg", row(new BigDecimal("1234.5000000000000000")))))
                .isEqualTo("The average total amount is 1,234.50.");
        assertThat(text(plan(null, List.of(), new Aggregate(Aggregate.Function.MAX, PLACED, false, null)),
                table("max", row(LocalDate.of(2024, 3, 5))))).isEqualTo("The latest placed is 2024-03-05.");
        assertThat(text(null, table("vwap", row(101.25)))).isEqualTo("The vwap is 101.25.");
        assertThat(text(null, table("cancelled_percent", row(12.5)))).isEqualTo("The cancelled percent is 12.5%.");
    }

    @Test
    void saysThatThereIsNoValue() {
        assertThat(text(plan(CANCELLED, List.of(), REVENUE), table("sum", row((Object) null))))
                .isEqualTo("There is no total amount: no row matches.");
    }

    @Test
    void saysThatNothingMatches() {
        assertThat(text(plan(CANCELLED, List.of(), ID), table("id"))).isEqualTo("There are no orders where status is cancelled.");
        assertThat(text(null, table("id"))).isEqualTo("Nothing matches: the query gave no rows.");
    }

    @Test
    void namesTheFirstOfARanking() {
        LogicalPlan ranking = new LogicalPlan(orders(), null, List.of(CITY), null, outputs(CITY, REVENUE), false, null,
                List.of(new LogicalPlan.Ordering(REVENUE, true)), 1);
        assertThat(text(ranking, table("city,revenue", row("Berlin", new BigDecimal("1200.50")))))
                .isEqualTo("Berlin comes first, with revenue 1,200.50.");
    }

    @Test
    void listsAFewValuesAndSaysThatThereAreMore() {
        assertThat(text(plan(null, List.of(), CITY), table("city", row("Rome"), row("Berlin"))))
                .isEqualTo("There are 2 cities: Rome, Berlin.");
        ResultTable many = table("city", Stream.iterate(0, i -> i + 1).limit(50).map(i -> row("c" + i))
                .toArray(List[]::new));
        assertThat(text(plan(null, List.of(), CITY), many)).startsWith("There are 50 cities, such as c0, c1, ")
                .endsWith("c9.");
    }

    @Test
    void saysThatRowsWereCutOff() {
        ResultTable cut = new ResultTable(List.of(new ResultColumn("id", "integer"), new ResultColumn("city", "text")),
                List.of(row(1L, "Rome"), row(2L, "Rome")), 2, true, 1);
        assertThat(text(plan(null, List.of(), ID, CITY), cut))
                .isEqualTo("There are at least 2 orders. Only the first 2 rows are shown; there are more.");
    }

    @Test
    void namesTheHighestAndLowestGroupAndTheShareOfTheWhole() {
        Answer answer = answers.shape("revenue by city", plan(null, List.of(CITY), CITY, REVENUE), table("city,revenue",
                row("Rome", 10L), row("Berlin", 70L), row("Paris", 20L)));
        assertThat(answer.text()).isEqualTo("Revenue for 3 cities: highest Berlin (70), lowest Rome (10).");
        assertThat(answer.insights()).containsExactly("Berlin makes up 70% of the whole revenue.");
        assertThat(answer.chart()).isEqualTo(new Chart(Chart.Type.BAR, "city", List.of("revenue"), null));
    }

    @Test
    void namesRowsThatHaveAKeyByTheirNameWhetherOrNotItIsKnownHowTheyWereAsked() {
        ResultTable table = table("customer_id,city,revenue", row(1L, "Rome", 10L), row(2L, "Berlin", 70L), row(3L, "Paris", 20L));
        Expression.Column key = column("customer_id", DataType.INTEGER);
        for (LogicalPlan plan : new LogicalPlan[] {null, plan(null, List.of(key, CITY), key, CITY, REVENUE)}) {
            Answer answer = answers.shape("who buys the most", plan, table);
            assertThat(answer.text()).isEqualTo("Revenue for 3 customers: highest Berlin (70), lowest Rome (10).");
            assertThat(answer.chart()).isEqualTo(new Chart(Chart.Type.BAR, "city", List.of("revenue"), null));
        }
        assertThat(text(null, table("first_name,last_name,salary", row("Ann", "Ash", 5L), row("Bob", "Ash", 7L))))
                .isEqualTo("Salary for 2 rows: highest Bob, Ash (7), lowest Ann, Ash (5).");
        assertThat(text(null, table("name,price", row("bolt", 1L), row("bolt", 2L)))).isEqualTo("There are 2 rows.");
    }

    @Test
    void saysNoShareOfAWholeThatWasCutOffOrDoesNotAddUp() {
        ResultTable rows = table("city,revenue", row("Rome", 10L), row("Berlin", 70L), row("Paris", 20L));
        LogicalPlan top = new LogicalPlan(orders(), null, List.of(CITY), null, outputs(CITY, REVENUE), false, null,
                List.of(new LogicalPlan.Ordering(REVENUE, true)), 3);
        assertThat(answers.shape("top 3 cities", top, rows).insights()).isEmpty();
        LogicalPlan average = plan(null, List.of(CITY), CITY, new Aggregate(Aggregate.Function.AVG, TOTAL, false, null));
        assertThat(answers.shape("average by city", average, rows).insights()).isEmpty();
    }

    @Test
    void seesATrendOverTimeWhateverTheOrderOfTheRows() {
        Expression month = new Expression.TimeBucket(Expression.TimeUnit.MONTH, 1, PLACED);
        Answer answer = answers.shape("revenue by month", plan(null, List.of(month), month, REVENUE), table("month,revenue",
                row("2024-04-01", 150L), row("2024-01-01", 100L), row("2024-02-01", 110L), row("2024-03-01", 120L)));
        assertThat(answer.insights()).containsExactly(
                "Revenue rises over time, from 100 (January 2024) to 150 (April 2024), up 50%.",
                "From March 2024 to April 2024 revenue went up 25%.");
        assertThat(answer.chart()).isEqualTo(new Chart(Chart.Type.LINE, "month", List.of("revenue"), null, Period.MONTH));
    }

    @Test
    void saysWhatChangedMostFromPeriodToPeriod() {
        Expression quarter = new Expression.TimeBucket(Expression.TimeUnit.QUARTER, 1, PLACED);
        Expression before = new Expression.Window(Expression.Window.Function.LAG, REVENUE, List.of());
        Expression change = new Expression.Arithmetic(Expression.Arithmetic.Operator.SUBTRACT, REVENUE, before);
        Expression percent = new Expression.Arithmetic(Expression.Arithmetic.Operator.DIVIDE, change, before);
        Answer answer = answers.shape("quarter over quarter revenue", plan(null, List.of(quarter), quarter, REVENUE, change, percent),
                table("quarter,revenue,change,change_percent", row("2024-01-01", 100L, null, null), row("2024-04-01", 150L, 50L, 50L),
                        row("2024-07-01", 75L, -75L, -50L), row("2024-10-01", 90L, 15L, 20L)));
        assertThat(answer.text()).isEqualTo("Revenue for 4 quarters, each compared with the one before: the largest change up is +50% in Q2 2024,"
                + " the largest change down -50% in Q3 2024.");
        assertThat(answer.insights()).noneMatch(insight -> insight.contains("hange"));
        assertThat(answer.chart()).isEqualTo(new Chart(Chart.Type.LINE, "quarter", List.of("revenue", "change"), null, Period.QUARTER));
    }

    @Test
    void namesPeriodsAsPeopleDo() {
        Expression week = new Expression.TimeBucket(Expression.TimeUnit.WEEK, 1, PLACED);
        assertThat(text(plan(null, List.of(week), week, REVENUE), table("period,revenue", row(LocalDate.of(2024, 1, 1), 1L),
                row(LocalDate.of(2024, 1, 8), 2L))))
                .isEqualTo("Revenue for 2 weeks: highest week of 8 January 2024 (2), lowest week of 1 January 2024 (1).");
        Expression weekday = new Expression.DatePart(Expression.DatePart.Part.WEEKDAY, PLACED);
        assertThat(text(plan(null, List.of(weekday), weekday, REVENUE), table("period,revenue", row(1L, 1L), row(7L, 2L))))
                .contains("highest Sunday (2), lowest Monday (1)");
        assertThat(text(null, table("month,revenue", row("2024-01", 1L), row("2024-02", 2L)))).contains("highest February 2024 (2)");
        assertThat(text(null, table("month,revenue", row("2024-01-17", 1L), row("2024-02-01", 2L)))).contains("lowest 2024-01-17 (1)");
        Predicate february = new Predicate.Between(PLACED, new Expression.Literal("2024-02-01", DataType.DATE),
                new Expression.Literal("2024-03-01", DataType.DATE), true);
        assertThat(text(plan(february, List.of(), COUNT), table("count", row(3L)))).isEqualTo("There are 3 orders where placed is in February 2024.");
    }

    @Test
    void seesNoTrendInNoise() {
        Expression month = new Expression.TimeBucket(Expression.TimeUnit.MONTH, 1, PLACED);
        Answer answer = answers.shape("revenue by month", plan(null, List.of(month), month, REVENUE), table("month,revenue",
                row("2024-01-01", 100L), row("2024-02-01", 50L), row("2024-03-01", 120L), row("2024-04-01", 80L)));
        assertThat(answer.insights()).noneMatch(insight -> insight.contains("over time"));
    }

    @Test
    void seesAnOutlier() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(row("city" + i, 100L + i));
        }
        rows.add(row("Berlin", 5000L));
        Answer answer = answers.shape("average by city", plan(null, List.of(CITY), CITY,
                new Aggregate(Aggregate.Function.AVG, TOTAL, false, null)), table("city,average", rows.toArray(List[]::new)));
        assertThat(answer.insights()).containsExactly("Berlin stands out: average 5,000 against a median of 106.");
    }

    @Test
    void drawsAPieOnlyOfAFewPartsOfAWholeThatWasAskedFor() {
        LogicalPlan plan = plan(null, List.of(CITY), CITY, REVENUE);
        ResultTable few = table("city,revenue", row("Rome", 10L), row("Berlin", 70L));
        assertThat(answers.shape("share of revenue by city", plan, few).chart().type()).isEqualTo(Chart.Type.PIE);
        ResultTable negative = table("city,revenue", row("Rome", -10L), row("Berlin", 70L));
        assertThat(answers.shape("share of revenue by city", plan, negative).chart().type()).isEqualTo(Chart.Type.BAR);
    }

    @Test
    void drawsLinesForTwoDimensionsOfWhichOneIsTime() {
        Expression month = new Expression.TimeBucket(Expression.TimeUnit.MONTH, 1, PLACED);
        Answer answer = answers.shape("revenue by month and city", plan(null, List.of(month, CITY), month, CITY, REVENUE),
                table("month,city,revenue", row("2024-01-01", "Rome", 1L), row("2024-02-01", "Rome", 2L)));
        assertThat(answer.chart()).isEqualTo(new Chart(Chart.Type.LINE, "month", List.of("revenue"), "city", Period.MONTH));
        assertThat(answer.chart().toMap()).containsEntry("type", "line").containsEntry("series", "city");
    }

    @Test
    void drawsNothingOfIdentifiersAndTexts() {
        assertThat(answers.shape("list orders", plan(null, List.of(), ID, CITY), table("id,city", row(1L, "Rome"),
                row(2L, "Rome"), row(3L, "Rome"))).chart()).isNull();
    }

    @Test
    void neverSeparatesTheDigitsOfIdentifiersAndYears() {
        assertThat(text(null, table("customer_id,year", row(123456L, 2024L))))
                .isEqualTo("There is one result: customer id 123456, year 2024.");
    }

    @Test
    void keepsTextsOfRowsOnOneShortLine() {
        Answer answer = answers.shape("x", null, table("name,note", row("a\n\u0000b", "<b>" + "x".repeat(500))));
        assertThat(answer.text()).contains("name a b").hasSizeLessThan(200).doesNotContain("\n");
    }

    @Test
    void survivesOddRows() {
        for (Object value : Arrays.asList(null, Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1E+500"),
                new BigDecimal("1E-500"), Long.MIN_VALUE, "", "\uD800", 1.0E300, true, 0)) {
            for (int rows : new int[] {1, 2, 9}) {
                List<List<Object>> all = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    all.add(row("k" + i, value));
                }
                ResultTable table = table("name,value", all.toArray(List[]::new));
                assertThat(answers.shape("q", null, table)).isNotNull();
                assertThat(answers.shape("q", plan(null, List.of(CITY), CITY, REVENUE), table)).isNotNull();
            }
        }
        assertThat(answers.shape("", null, new ResultTable(List.of(), List.of(), 0, false, 0))).isNotNull();
    }

    @Test
    void takesUnderAMillisecondForAThousandRows() {
        Random random = new Random(1);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(row(LocalDate.of(2020, 1, 1).plusDays(i), random.nextDouble() * 100));
        }
        ResultTable table = table("day,revenue", rows.toArray(List[]::new));
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            long start = System.nanoTime();
            answers.shape("revenue by day", null, table);
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best).isLessThan(1_000_000L);
    }

    private String text(LogicalPlan plan, ResultTable table) {
        return answers.shape("", plan, table).text();
    }

    private static Expression.Column column(String name, DataType type) {
        return new Expression.Column("o", name, type);
    }

    private static List<LogicalPlan.Source> orders() {
        return List.of(new LogicalPlan.Source("shop", "orders", "o", null, List.of()));
    }

    private static List<OutputColumn> outputs(Expression... expressions) {
        return Stream.of(expressions).map(expression -> new OutputColumn(expression, null)).toList();
    }

    private static LogicalPlan plan(Predicate where, List<Expression> groupBy, Expression... select) {
        return new LogicalPlan(orders(), where, groupBy, null, outputs(select), false, null, List.of(), null);
    }

    private static List<Object> row(Object... values) {
        return values == null ? Arrays.asList((Object) null) : Arrays.asList(values);
    }

    @SafeVarargs
    private static ResultTable table(String names, List<Object>... rows) {
        return new ResultTable(Stream.of(names.split(",")).map(name -> new ResultColumn(name, null)).toList(),
                List.of(rows), rows.length, false, 1);
    }
}
