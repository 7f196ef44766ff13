package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.dialect.q.QDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.offline.plan.LogicalPlan;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Superlatives of groups and of other nouns")
class SuperlativesTest {

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question) {
        return engine.interpret(question, Schemas.shop(), List.of(), null, LocalDate.of(2024, 5, 1));
    }

    private LogicalPlan plan(String question) {
        Interpretation result = ask(question);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        return ((Interpretation.Understood) result).plan();
    }

    private String sql(String question) {
        return new SqliteDialect().render(plan(question)).replaceAll("\\s+", " ").replace("( ", "(")
                .replace(" )", ")");
    }

    @Test
    void takesTheFirstRowOfEachGroup() {
        assertThat(sql("Show the title of the most expensive product in each category"))
                .contains("t1.price = (SELECT MAX(t2.price) FROM products t2 WHERE t2.category = t1.category)").doesNotContain("LIMIT");
    }

    @Test
    void keepsTheConditionsWithinTheGroup() {
        assertThat(sql("Show the oldest female customer of each city"))
                .contains("MAX(t2.age)", "t2.gender = 'F' AND t2.city = t1.city", "t1.gender = 'F'");
    }

    @Test
    void keepsTheTimeWithinTheGroup() {
        assertThat(sql("Show the largest order of each status in March 2023").split("2023-03-01", -1)).as("windows").hasSize(3);
    }

    @Test
    void changesNoGroupsExtremesByAFollowUp() {
        LogicalPlan before = plan("Show the oldest customer of each city");
        Interpretation next = engine.interpret("only female ones", Schemas.shop(), List.of(), before, LocalDate.of(2024, 5, 1));
        if (next instanceof Interpretation.Understood understood) {
            assertThat(new SqliteDialect().render(understood.plan())).doesNotContain("MAX(");
        }
    }

    @Test
    void takesTheGroupWithTheMostRowsOfEachOther() {
        assertThat(sql("Which customer has the most orders in each city?")).contains("HAVING COUNT(*) = (SELECT COUNT(*)",
                "ORDER BY COUNT(*) DESC", "LIMIT 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Show the dates of the orders of the oldest customer | = (SELECT customer_id FROM customers ORDER BY age DESC",
        "How many orders does the customer with the most orders have? | COUNT(*)",
        "What is the total quantity of order items of the most expensive product? | (SELECT product_id FROM products ORDER BY price DESC"})
    void picksTheRowOfAnotherNoun(String question, String part) {
        assertThat(sql(question)).contains(part);
    }

    @Test
    void refusesSuperlativesOfGroupsThatNothingExplains() {
        assertThat(ask("What is the title of the cheapest product in each warehouse?")).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @Test
    void writesGroupsInQByFby() {
        assertThat(new QDialect().render(plan("Show the most expensive product in each category")))
                .contains("price=(max;price) fby category");
        assertThat(new QDialect().render(plan("Show the oldest female customer of each city"))).contains("gender=`F, age=(max;age) fby city");
    }

    @Test
    void writesGroupsWithinGroupsInQByFby() {
        assertThat(new QDialect().render(plan("Which customer has the most orders in each city?"))).endsWith(" where x=(max;x) fby city");
    }

    @Test
    void doesNotWriteInQWhatItCannotSay() {
        LogicalPlan plan = plan("the ratio of orders to customers by city");
        assertThatThrownBy(() -> new QDialect().render(plan)).isInstanceOf(CannotRenderException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Show orders that are open or placed before 2024 | OR",
        "Show orders placed before March 2023 or cancelled | OR"})
    void keepsTimesThatAreAlternatives(String question, String part) {
        assertThat(sql(question)).contains(part);
    }

    @Test
    void comparesWithAnotherRow() {
        assertThat(sql("Show the first names of customers whose age is greater than the age of all customers from Leeds"))
                .contains("age > (SELECT MAX(age) FROM customers WHERE city = 'Leeds')");
    }

    @Test
    void countsRowsOfThoseThatAreRelatedOften() {
        assertThat(sql("Show the titles of products that were ordered at least twice")).contains("HAVING COUNT(*) >= 2").doesNotContain("IN (SELECT");
    }
}
