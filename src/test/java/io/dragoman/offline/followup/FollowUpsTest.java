package io.dragoman.offline.followup;

import static io.dragoman.offline.followup.ShopWorld.AMOUNT;
import static io.dragoman.offline.followup.ShopWorld.CITY;
import static io.dragoman.offline.followup.ShopWorld.COUNT;
import static io.dragoman.offline.followup.ShopWorld.GROUP;
import static io.dragoman.offline.followup.ShopWorld.REVENUE;
import static io.dragoman.offline.followup.ShopWorld.STATUS;
import static io.dragoman.offline.followup.ShopWorld.in;
import static io.dragoman.offline.followup.ShopWorld.is;
import static io.dragoman.offline.followup.ShopWorld.orders;
import static io.dragoman.offline.followup.ShopWorld.revenueByCity;
import static io.dragoman.offline.followup.ShopWorld.rows;
import static io.dragoman.offline.followup.ShopWorld.single;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.OfflineEngine;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpsTest {

    private static final LocalDate TODAY = LocalDate.of(2024, 5, 15);
    private static final OfflineEngine ENGINE = new OfflineEngine();

    static Stream<Arguments> followUps() {
        Predicate paid = is(STATUS, "paid");
        LogicalPlan averageByCity = new LogicalPlan(revenueByCity(null).from(), null, List.of(CITY), null,
                List.of(new LogicalPlan.OutputColumn(CITY, null), new LogicalPlan.OutputColumn(new Expression.Aggregate(
                        Expression.Aggregate.Function.AVG, AMOUNT, false, null), "average")), false, null, List.of(), null);
        return Stream.of(
                // filters
                Arguments.of(orders(null), "now only cancelled ones", "2|cancelled|20"),
                Arguments.of(orders(paid), "what about open?", "4|open|40"),
                Arguments.of(orders(paid), "and cancelled", "2|cancelled|20"),
                Arguments.of(single(COUNT, paid), "also cancelled", "5"),
                Arguments.of(single(COUNT, null), "only paid or open", "5"),
                Arguments.of(orders(null), "without paid and open ones", "2|cancelled|20"),
                Arguments.of(single(COUNT, null), "excluding cancelled", "5"),
                Arguments.of(single(REVENUE, null), "only for Berlin", "130"),
                Arguments.of(single(REVENUE, null), "for customers in Paris", "80"),
                Arguments.of(single(COUNT, in(2024)), "of those, how many are paid", "3"),
                Arguments.of(orders(null), "with an amount above 45", "5|paid|50;6|paid|60"),
                Arguments.of(single(COUNT, is(STATUS, "paid")), "for all statuses", "6"),
                Arguments.of(single(COUNT, is(STATUS, "paid")), "remove the status filter", "6"),
                Arguments.of(single(COUNT, new Predicate.And(List.of(in(2024), paid))), "remove the date filter", "4"),
                Arguments.of(single(COUNT, new Predicate.And(List.of(in(2024), paid))), "remove all filters", "6"),
                Arguments.of(single(COUNT, new Predicate.And(List.of(in(2024), paid))), "regardless of status", "4"),
                Arguments.of(single(COUNT, in(2024)), "for all time", "6"),
                // time
                Arguments.of(single(REVENUE, in(2024)), "and for 2023?", "30"),
                Arguments.of(single(REVENUE, in(2024)), "what about 2023", "30"),
                Arguments.of(single(REVENUE, null), "in March 2024", "70"),
                Arguments.of(single(REVENUE, in(2023)), "and in March?", "10"),
                Arguments.of(single(REVENUE, new Predicate.And(List.of(in(2024), paid))), "and 2023?", "10"),
                Arguments.of(single(COUNT, null), "since April 2024", "2"),
                Arguments.of(single(COUNT, null), "not in 2024", "2"),
                // grouping
                Arguments.of(revenueByCity(null), "by month instead",
                        "2023-03-01|10;2023-04-01|20;2024-03-01|70;2024-04-01|50;2024-05-01|60"),
                Arguments.of(revenueByCity(null), "by status instead of by city", "paid|150;open|40;cancelled|20"),
                Arguments.of(single(REVENUE, null), "per city", "Berlin|130;Paris|80"),
                Arguments.of(single(REVENUE, null), "break it down by year", "2023|30;2024|180"),
                Arguments.of(revenueByCity(null), "also by year",
                        "Berlin|2024|100;Paris|2024|80;Berlin|2023|30"),
                Arguments.of(orders(null), "how many per status?", "cancelled|1;open|1;paid|4"),
                Arguments.of(revenueByCity(null), "in total", "210"),
                Arguments.of(revenueByCity(null), "yearly instead", "2023|30;2024|180"),
                // order and limit
                Arguments.of(orders(null), "sort them by amount descending, only the top 2", "6|paid|60;5|paid|50"),
                Arguments.of(revenueByCity(null), "only the top 1", "Berlin|130"),
                Arguments.of(revenueByCity(null), "the bottom 1", "Paris|80"),
                Arguments.of(revenueByCity(null), "ascending", "Paris|80;Berlin|130"),
                Arguments.of(revenueByCity(null), "reverse the order", "Paris|80;Berlin|130"),
                Arguments.of(revenueByCity(null), "sort by city", "Berlin|130;Paris|80"),
                Arguments.of(revenueByCity(null), "lowest first", "Paris|80;Berlin|130"),
                Arguments.of(orders(null), "newest first, just the first 2", "6|paid|60;5|paid|50"),
                Arguments.of(orders(null), "top 2 by amount", "6|paid|60;5|paid|50"),
                Arguments.of(revenueByCity(null), "the 1 lowest", "Paris|80"),
                Arguments.of(orders(paid), "make it 1", "1|paid|10"),
                Arguments.of(revenueByCity(null), "which is the highest?", "Berlin|130"),
                // columns
                Arguments.of(orders(is(STATUS, "open")), "also show the email", "4|open|40|cid@x"),
                Arguments.of(orders(is(STATUS, "open")), "add the customer name and the city", "4|open|40|Cid|Berlin"),
                Arguments.of(orders(is(STATUS, "open")), "without the status", "4|40"),
                Arguments.of(orders(is(STATUS, "open")), "only the amount", "40"),
                Arguments.of(revenueByCity(null), "also the average amount", "Berlin|130|32.5;Paris|80|40"),
                // measures
                Arguments.of(orders(paid), "how many are there?", "4"),
                Arguments.of(orders(paid), "how many orders are there?", "4"),
                Arguments.of(revenueByCity(null), "how many are there?", "2"),
                Arguments.of(orders(paid), "the total?", "150"),
                Arguments.of(orders(paid), "what is the average amount?", "37.5"),
                Arguments.of(single(REVENUE, null), "and the highest?", "60"),
                Arguments.of(averageByCity, "use the maximum instead", "Berlin|60;Paris|50"),
                Arguments.of(revenueByCity(null), "the total?", "210"),
                Arguments.of(revenueByCity(null), "as a percentage", "Berlin|130|61.904761904761905;Paris|80|38.095238095238095"),
                Arguments.of(orders(paid), "how much is that in total?", "150"),
                Arguments.of(revenueByCity(null), "the number of orders instead", "Berlin|4;Paris|2"),
                // bounds of groups
                Arguments.of(revenueByCity(null), "only those with more than 100", "Berlin|130"),
                Arguments.of(revenueByCity(null), "at most 80", "Paris|80"),
                // several at once
                Arguments.of(revenueByCity(null), "now only paid ones by month in 2024",
                        "2024-03-01|30;2024-04-01|50;2024-05-01|60"),
                Arguments.of(single(REVENUE, null), "month over month",
                        "2023-03-01|10|null|null;2023-04-01|20|10|100;2024-03-01|70|50|250;2024-04-01|50|-20|-28.571428571428573;"
                                + "2024-05-01|60|10|20"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("followUps")
    void changesThePlanOfTheQuestionBefore(LogicalPlan previous, String question, String expected) throws SQLException {
        Optional<Interpretation> result = follow(question, previous);
        assertThat(result).isPresent();
        assertThat(result.get()).isInstanceOf(Interpretation.Understood.class);
        assertThat(String.join(";", rows(((Interpretation.Understood) result.get()).plan()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"only the purple ones", "sort them by flavour", "by planet instead", "add the shoe size",
        "without the pigeons", "what is love", "", "???"})
    void inventsNothingForWordsItDoesNotKnow(String question) {
        assertThat(follow(question, orders(null))).isEmpty();
    }

    @Test
    void asksBackWhichAmountIsMeant() {
        LogicalPlan two = new LogicalPlan(List.of(ShopWorld.ORDERS), null, List.of(), null,
                List.of(new LogicalPlan.OutputColumn(AMOUNT, null), new LogicalPlan.OutputColumn(
                        new Expression.Column("t1", "discount", DataType.DECIMAL), null)),
                false, null, List.of(), null);
        for (String question : List.of("the total?", "how much is that?", "the average?")) {
            Interpretation asked = follow(question, two).orElseThrow();
            assertThat(asked).as(question).isInstanceOf(Interpretation.Ambiguous.class);
            Interpretation.Ambiguous ambiguous = (Interpretation.Ambiguous) asked;
            assertThat(question).contains(ambiguous.phrase());
            for (String choice : ambiguous.choices()) {
                String put = question.replace(ambiguous.phrase(), choice);
                assertThat(follow(put, two)).as(put).hasValueSatisfying(
                        result -> assertThat(result).isInstanceOf(Interpretation.Understood.class));
                LogicalPlan plan = ((Interpretation.Understood) follow(put, two).orElseThrow()).plan();
                assertThat(plan.select()).as(put).singleElement().satisfies(output -> assertThat(output.expression())
                        .isInstanceOfSatisfying(Expression.Aggregate.class, aggregate -> assertThat(choice)
                                .endsWith("." + ((Expression.Column) aggregate.argument()).column())));
            }
        }
    }

    @Test
    void keepsAConversationGoing() throws SQLException {
        LogicalPlan plan = single(REVENUE, null);
        for (String question : List.of("per city", "only paid ones", "and for 2024?", "also by month", "only the top 2",
                "what about Berlin?")) {
            plan = ((Interpretation.Understood) follow(question, plan).orElseThrow()).plan();
        }
        assertThat(rows(plan)).containsExactly("Berlin|2024-05-01|60");
    }

    @Test
    void survivesLongAndHostileText() {
        for (String piece : new String[] {"and ", "only ", "by ", "sort by ", "without ", "top 5 ", "a b ", "\u0000", "in 2023 "}) {
            follow(piece.repeat(1_999 / piece.length()), orders(null));
            assertThat(follow(piece.repeat(10_000), orders(null))).isEmpty();
        }
    }

    private static Optional<Interpretation> follow(String question, LogicalPlan previous) {
        return FollowUps.apply(question, previous, GROUP, TODAY,
                fresh -> ENGINE.interpret(fresh, GROUP, List.of(), null, TODAY));
    }
}
