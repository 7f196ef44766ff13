package io.dragoman.offline.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.offline.Interpretation;
import io.dragoman.offline.OfflineEngine;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Ratios of counts and amounts")
class RatiosTest {

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question) {
        return engine.interpret(question, ShopWorld.GROUP, List.of(), null, LocalDate.of(2024, 5, 15));
    }

    private Interpretation.Understood understood(String question) {
        Interpretation result = ask(question);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        return (Interpretation.Understood) result;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ratio of cancelled orders to paid orders                                 | 0.25
            what is the ratio of cancelled to paid orders?                           | 0.25
            what's the ratio between cancelled and paid orders                       | 0.25
            cancelled to paid order ratio                                            | 0.25
            ratio of cancelled orders to paid ones                                   | 0.25
            ratio of paid orders to all orders in 2024                               | 0.75
            In 2024, what was the ratio of paid to open orders?                      | 3
            ratio of orders in 2024 to orders in 2023                                | 2
            ratio of orders to customers                                             | 2
            ratio of customers in Berlin to customers in Paris                       | 2
            ratio of open to paid orders by city                                     | Berlin;0.5 / Paris;0
            ratio of paid to cancelled orders by city                                | Berlin;2 / Paris;null
            ratio of orders to customers by city                                     | Berlin;2 / Paris;2
            ratio of total discount to total amount by city                          | Berlin;0.03076923076923077 / Paris;0.025
            ratio of total discount to total amount for paid orders                  | 0.02666666666666667
            how does the ratio of paid orders to all orders change over the years?   | 2023;0.5 / 2024;0.75
            which city has the highest ratio of paid orders to all orders?           | Paris;1
            how many times more paid orders than cancelled orders are there?         | 4
            how many times as many orders as customers do we have?                   | 2
            cancelled orders as a percentage of paid orders                          | 25
            what percentage of the total amount is the total discount?               | 2.857142857142857
            average number of orders per customer                                    | 2
            average orders per customer                                              | 2
            How many orders does a customer place on average?                        | 2
            on average, how many orders are there per month?                         | 1.2
            average number of orders per customer by city                            | Berlin;2 / Paris;2
            average number of orders per customer in 2024                            | 1.3333333333333333
            """)
    void dividesWhatIsCountedOrSummed(String question, String expected) throws SQLException {
        assertThat(String.join(" / ", ShopWorld.rows(understood(question).plan())).replace('|', ';')).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratio of unicorns to orders", "ratio of orders to goodness", "ratio of cancelled to purple orders", "ratio of orders",
        "ratio of orders to orders", "the ratio", "what is the ratio of the sky to the sea by city", "ratio of cancelled orders to to to",
        "how many times more unicorns than orders", "what percentage of amount was placed on foot"})
    void refusesWhatOneSideOfIsNotUnderstood(String question) {
        assertThat(ask(question)).as(question).isNotInstanceOf(Interpretation.Understood.class);
    }

    @Test
    void dividesExactlyAndByNoZeroInEachLanguage() {
        Interpretation.Understood read = understood("ratio of cancelled to paid orders");
        assertThat(new PostgreSqlDialect().render(read.plan())).contains("::numeric / NULLIF(COUNT(*) FILTER (WHERE status = 'paid'), 0)");
        assertThat(new QDialect().render(read.plan())).isEqualTo("select ratio:(sum status=`cancelled)%sum status=`paid from orders");
        Interpretation.Understood two = understood("ratio of orders to customers");
        assertThat(new PostgreSqlDialect().render(two.plan())).contains("(SELECT COUNT(*) FROM orders)::numeric / NULLIF(COUNT(*), 0)");
        assertThat(new QDialect().render(two.plan())).isEqualTo("select ratio:(exec count i from orders)%count i from customers");
        Interpretation.Understood less = understood("ratio of customers to orders");
        assertThat(new PostgreSqlDialect().render(less.plan())).contains("(SELECT COUNT(*) FROM customers)::numeric / NULLIF(COUNT(*), 0)");
    }

    @Test
    void saysWhatItDivides() {
        assertThat(understood("ratio of cancelled to paid orders").steps()).contains("Divide the first amount by the second.")
                .anyMatch(step -> step.contains("'cancelled'"));
    }
}
