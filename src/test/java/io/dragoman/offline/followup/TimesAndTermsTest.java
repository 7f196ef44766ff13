package io.dragoman.offline.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.OfflineEngine;
import io.dragoman.offline.plan.LogicalPlan;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesAndTermsTest {

    private static final LocalDate TODAY = LocalDate.of(2024, 5, 15);

    private final OfflineEngine engine = new OfflineEngine();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            How many orders were placed in March 2024?              | 2
            How many orders did we get in 2023?                     | 2
            How many orders were placed before April 2023?          | 1
            How many customers joined in 2022?                      | 2
            revenue in 2024                                         | 180
            What was the total revenue in March 2024?               | 70
            how many orders per year?                               | 2023;2 / 2024;4
            revenue by month in 2023                                | 2023-03-01;10 / 2023-04-01;20
            How many open orders are there?                         | 1
            What is the average double amount?                      | 70
            month over month revenue                                | 2023-03-01;10;null;null / 2023-04-01;20;10;100 / 2024-03-01;70;50;250 / 2024-04-01;50;-20;-28.571428571428573 / 2024-05-01;60;10;20
            month over month change of total order amount in 2024   | 2024-03-01;70;null;null / 2024-04-01;50;-20;-28.571428571428573 / 2024-05-01;60;10;20
            year over year change in average amount                 | 2023;15;null;null / 2024;45;30;200
            yearly growth in number of orders                       | 2023;2;null;null / 2024;4;2;100
            growth rate of revenue from one year to the next        | 2023;30;null;null / 2024;180;150;500
            quarter-over-quarter change of the highest amount       | 2023-01-01;10;null;null / 2023-04-01;20;10;100 / 2024-01-01;40;20;100 / 2024-04-01;60;20;50
            revenue growth by year and city                         | 2023;Berlin;30;null;null / 2024;Berlin;100;70;233.33333333333334 / 2024;Paris;80;null;null
            revenue by city compared to the year before             | 2023;Berlin;30;null;null / 2024;Berlin;100;70;233.33333333333334 / 2024;Paris;80;null;null
            how did the number of paid orders change from year to year? | 2023;1;null;null / 2024;3;2;200
            revenue by city, lowest first                           | Paris;80 / Berlin;130
            how many orders per status, highest first               | paid;4 / open;1 / cancelled;1
            orders per status                                       | cancelled;1 / open;1 / paid;4
            how much is paid?                                       | 150
            top 1 cities by revenue                                 | Berlin;130
            what cities do our customers come from?                 | Berlin / Paris
            What percentage of orders is cancelled?                 | 16.666666666666668
            """)
    void addsWhatIsSaidBesideTheCore(String question, String expected) throws SQLException {
        Interpretation result = engine.interpret(question, ShopWorld.GROUP, List.of(), null, TODAY);
        assertThat(result).isInstanceOf(Interpretation.Understood.class);
        LogicalPlan plan = ((Interpretation.Understood) result).plan();
        assertThat(String.join(" / ", ShopWorld.rows(plan)).replace('|', ';')).isEqualTo(expected);
    }

    @Test
    void saysWhichTermsItUsed() {
        Interpretation result = engine.interpret("revenue in 2024", ShopWorld.GROUP, List.of(), null, TODAY);
        assertThat(((Interpretation.Understood) result).directives()).containsExactly("revenue");
    }

    @Test
    void goesOnFromThePlanOfTheQuestionBefore() throws SQLException {
        LogicalPlan plan = null;
        for (String question : List.of("revenue in 2024", "and for 2023?", "by month instead", "only cancelled ones")) {
            plan = ((Interpretation.Understood) engine.interpret(question, ShopWorld.GROUP, List.of(), plan, TODAY)).plan();
        }
        assertThat(ShopWorld.rows(plan)).containsExactly("2023-04-01|20");
    }

    /** The conversation of docs/Offline-engine.md. */
    @Test
    void holdsTheConversationOfTheDocumentation() throws SQLException {
        LogicalPlan plan = null;
        for (String question : List.of("revenue in 2024", "and for 2023?", "by month instead", "only paid ones",
                "also show the city", "sort by revenue, only the top 5", "as a percentage")) {
            plan = ((Interpretation.Understood) engine.interpret(question, ShopWorld.GROUP, List.of(), plan, TODAY)).plan();
        }
        assertThat(ShopWorld.rows(plan)).containsExactly("2023-03-01|Berlin|10|100");
        plan = ((Interpretation.Understood) engine.interpret("remove the date filter", ShopWorld.GROUP, List.of(), plan,
                TODAY)).plan();
        assertThat(ShopWorld.rows(plan)).hasSize(4);
        plan = ((Interpretation.Understood) engine.interpret("how many are there?", ShopWorld.GROUP, List.of(), plan,
                TODAY)).plan();
        assertThat(ShopWorld.rows(plan)).hasSize(1);
    }

    @Test
    void takesAQuestionThatStandsAloneByItself() throws SQLException {
        LogicalPlan before = ShopWorld.revenueByCity(null);
        LogicalPlan plan = ((Interpretation.Understood) engine.interpret("How many customers are there?", ShopWorld.GROUP,
                List.of(), before, TODAY)).plan();
        assertThat(ShopWorld.rows(plan)).containsExactly("3");
    }
}
