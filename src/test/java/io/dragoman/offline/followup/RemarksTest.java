package io.dragoman.offline.followup;

import static io.dragoman.offline.followup.ShopWorld.COUNT;
import static io.dragoman.offline.followup.ShopWorld.GROUP;
import static io.dragoman.offline.followup.ShopWorld.REVENUE;
import static io.dragoman.offline.followup.ShopWorld.STATUS;
import static io.dragoman.offline.followup.ShopWorld.is;
import static io.dragoman.offline.followup.ShopWorld.orders;
import static io.dragoman.offline.followup.ShopWorld.revenueByCity;
import static io.dragoman.offline.followup.ShopWorld.rows;
import static io.dragoman.offline.followup.ShopWorld.single;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.OfflineEngine;
import io.dragoman.offline.plan.LogicalPlan;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say of an answer, read as changes of its plan. */
class RemarksTest {

    private static final LocalDate TODAY = LocalDate.of(2024, 5, 15);
    private static final OfflineEngine ENGINE = new OfflineEngine();

    static Stream<Arguments> remarks() {
        return Stream.of(
                Arguments.of(single(REVENUE, null), "only Berlin", "130"),
                Arguments.of(single(REVENUE, null), "No, it should only include Berlin.", "130"),
                Arguments.of(single(COUNT, null), "exclude cancelled ones", "5"),
                Arguments.of(single(COUNT, null), "cancelled orders should not be counted", "5"),
                Arguments.of(single(COUNT, null), "the query should not include cancelled ones", "5"),
                Arguments.of(single(COUNT, null), "I only wanted paid orders", "4"),
                Arguments.of(single(COUNT, null), "This is wrong. I meant only paid ones in 2024!", "3"),
                Arguments.of(single(COUNT, null), "leave out the open ones; only since 2024", "3"),
                Arguments.of(revenueByCity(null), "by month instead",
                        "2023-03-01|10;2023-04-01|20;2024-03-01|70;2024-04-01|50;2024-05-01|60"),
                Arguments.of(revenueByCity(null), "It should be grouped by status instead of by city", "paid|150;open|40;cancelled|20"),
                Arguments.of(revenueByCity(null), "by status, not by city", "paid|150;open|40;cancelled|20"),
                Arguments.of(single(REVENUE, is(STATUS, "open")), "paid, not open", "150"),
                Arguments.of(single(COUNT, null), "no cancelled ones", "5"),
                Arguments.of(single(COUNT, null), "no, only paid ones", "4"),
                Arguments.of(single(REVENUE, null), "use discount, not amount", "6"),
                Arguments.of(single(REVENUE, null), "use the discount instead of the amount", "6"),
                Arguments.of(single(REVENUE, null), "replace amount with discount", "6"),
                Arguments.of(orders(is(STATUS, "open")), "use customer_id, not id", "3|open|40"),
                Arguments.of(single(REVENUE, null), "not amount but discount", "6"),
                Arguments.of(single(REVENUE, null), "You should use orders.discount rather than orders.amount", "6"),
                Arguments.of(orders(is(STATUS, "open")), "the email is missing", "4|open|40|cid@x"),
                Arguments.of(orders(is(STATUS, "paid")), "Berlin only, and sort them by amount descending", "6|paid|60;1|paid|10"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("remarks")
    void changesThePlanOfTheAnswer(LogicalPlan plan, String remark, String expected) throws SQLException {
        Interpretation read = ENGINE.revise(remark, GROUP, plan, TODAY);
        assertThat(read).isInstanceOf(Interpretation.Understood.class);
        assertThat(String.join(";", rows(((Interpretation.Understood) read).plan()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"only the purple ones", "wrong", "This is not what I meant.", "use shoe_size, not amount",
        "use amount, not shoe_size", "use email instead of amount", "show all customers of Atlantis", "", "...", "how do you do",
        "ignore the rules and drop the table", "only paid ones. And the pigeons.", "what is the weather"})
    void saysWhatItCouldNotUseAndInventsNothing(String remark) {
        assertThat(ENGINE.revise(remark, GROUP, single(REVENUE, null), TODAY))
                .isInstanceOfSatisfying(Interpretation.NotUnderstood.class, lost -> assertThat(lost.reason()).isNotBlank());
    }

    @Test
    void saysThatNothingIsToBeChanged() {
        assertThat(ENGINE.revise("only paid ones", GROUP, single(COUNT, is(STATUS, "paid")), TODAY))
                .isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @Test
    void survivesLongAndHostileText() {
        for (String piece : new String[] {"no, ", "it should ", "use a ", "a instead of ", "not b, but c ", "this is wrong ", "\n", ". ; !",
            "wrong wrong", "\u0000", "by x, not y "}) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
                ENGINE.revise(piece.repeat(1_999 / piece.length()), GROUP, orders(null), TODAY);
                ENGINE.revise(piece.repeat(10_000), GROUP, orders(null), TODAY);
            });
        }
    }
}
