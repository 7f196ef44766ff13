package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The offline engine")
class OfflineEngineTest {

    private static final SchemaGroup SHOP = Schemas.shop();

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question) {
        return engine.interpret(question, SHOP, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    private String sql(String question) {
        Interpretation result = ask(question);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        return new SqliteDialect().render(((Interpretation.Understood) result).plan()).replaceAll("\\s+", " ");
    }

    @Test
    void countsRowsUnderACondition() {
        assertThat(sql("How many customers live in Boston?")).startsWith("SELECT COUNT(*)").contains("WHERE city = 'Boston'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Show the first names of customers older than 30 | age > 30",
        "Show the first names of customers who are at most 30 years old | age <= 30",
        "List customers whose age is between 20 and 30 | age BETWEEN 20 AND 30",
        "Which products cost more than 50? | price > 50",
        "Show products whose title contains 'Desk' | LIKE '%Desk%'",
        "Show products whose title starts with \"Oak\" | LIKE 'Oak%'",
        "Show customers whose city is missing | city IS NULL",
        "Which customers are from Boston or Leeds? | 'Leeds'",
        "Show orders that are not cancelled | status <> 'cancelled'",
        "Show products with a price above the average | price > (SELECT AVG(price)",
        "How many female customers are there? | gender = 'F'",
        "Show the age of customer Ada Jones | first_name = 'Ada' AND last_name = 'Jones'"})
    void readsConditions(String question, String condition) {
        assertThat(sql(question)).contains(condition);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "What is the average age of customers for each city? | GROUP BY city",
        "Show each category and the number of products in it | COUNT(*)",
        "Which cities have at least 2 customers? | HAVING COUNT(*) >= 2",
        "What is the most common city of customers? | ORDER BY COUNT(*) DESC LIMIT 1",
        "What are the three most expensive products? | ORDER BY price DESC NULLS LAST LIMIT 3",
        "List product titles sorted by price in descending order | ORDER BY price DESC",
        "Who is the oldest customer? | ORDER BY age DESC",
        "What are the minimum and maximum prices of products? | MIN(price)",
        "What is the total amount by status? | SUM(total_amount)"})
    void groupsAndOrders(String question, String part) {
        assertThat(sql(question).replace("count DESC", "COUNT(*) DESC").replace(" NULLS LAST", ""))
                .contains(part.replace(" NULLS LAST", ""));
    }

    @Test
    void saysThatItDoesNotKnowARatioOfWhatTheSchemaLacks() {
        Interpretation result = ask("What is the ratio of cancelled orders to invoices?");
        assertThat(result).isInstanceOf(Interpretation.NotUnderstood.class);
        assertThat(result.toString()).contains("ratio");
    }

    @Test
    void showsWhatWasSaidTwiceOnce() {
        assertThat(sql("total order amount by customer").split("SUM\\(", -1)).hasSize(2);
    }

    @Test
    void joinsAlongRelationshipsOfSeveralHops() {
        assertThat(sql("Show the titles of products ordered by customers from Leeds")).contains("JOIN order_items").contains("JOIN orders")
                .contains("JOIN customers").contains("city = 'Leeds'");
    }

    @Test
    void groupsBySubjectForTheMost() {
        assertThat(sql("Which customer has the most orders?")).contains("JOIN orders").contains("GROUP BY").contains("COUNT(*)")
                .contains("LIMIT 1");
    }

    @Test
    void readsAnAntiJoinFromANegatedRelation() {
        assertThat(sql("Show the first names of customers who have never placed an order")).contains("NOT IN (SELECT");
    }

    @Test
    void readsMoreThanSoManyRowsWithAVerbThatNamesADate() {
        assertThat(sql("Which customers have ordered more than 2 orders?")).contains("HAVING COUNT(*) > 2");
    }

    @Test
    void sumsWhatTheSubjectHasManyOf() {
        assertThat(sql("Which order has the most quantity?")).contains("SUM(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which customers never ordered anything?", "customers without any orders", "customers who did not place an order",
        "customers nobody has orders of"})
    void neverReadsANegationAsItsOpposite(String question) {
        Interpretation read = ask(question);
        if (read instanceof Interpretation.Understood understood) {
            assertThat(new SqliteDialect().render(understood.plan())).contains("NOT IN");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Which customers never ordered anything? | NOT IN (SELECT",
        "customers without any orders | NOT IN (SELECT",
        "Which customers did not give us a city? | city IS NULL",
        "products that are pricier than average | price > (SELECT AVG(price)",
        "the 5 priciest products | ORDER BY price DESC LIMIT 5",
        "two products with the highest price | LIMIT 2",
        "list the products from most to least expensive | ORDER BY price DESC",
        "products, cheapest first | ORDER BY price",
        "two cheapest furniture | ORDER BY price",
        "furniture with a price under 30 | SELECT product_id, title, price FROM products WHERE category = 'Furniture' AND price < 30",
        "products with price between 50 and 150 | SELECT product_id, title, price FROM",
        "products without any sales | NOT IN ( SELECT",
        "Which order was ordered first? | ORDER BY ordered_at NULLS LAST LIMIT 1",
        "cheapest and most expensive product price | MIN(price)"})
    void readsNegationsAndDegrees(String question, String part) {
        assertThat(sql(question)).contains(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers never seen in Boston with the sneakiest orders", "products that are fluffier than orders",
        "the fluffiest products", "customers whose city is above the average"})
    void asksBackRatherThanDropADegree(String question) {
        assertThat(ask(question)).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @Test
    void intersectsWhatOneRowCannotBe() {
        assertThat(sql("Show the cities of customers both older than 60 and younger than 20")).contains("INTERSECT");
    }

    @Test
    void asksForRelatedRowsWithoutRepeatingTheSubject() {
        assertThat(sql("How many customers have orders?")).doesNotContain("JOIN").contains("IN (SELECT");
    }

    @Test
    void honoursDirectives() {
        assertThat(sql("How many open orders are there?")).contains("status = 'open'");
    }

    @Test
    void honoursTaughtWordsForTablesAndValues() {
        assertThat(sql("How many shoppers live in the big apple?")).contains("FROM customers").contains("city = 'New York'");
    }

    @Test
    void readsTimePhrases() {
        assertThat(sql("How many orders were placed in March 2024?")).contains("2024-03-01").contains("2024-04-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is the purpose of life?", "Which employees speak French?", "How tall is the Eiffel Tower?",
        "What is the average humidity of planets?", "How many products are owned by \"Jane Doe\"?",
        "What is the average price of products that have a spare item named \"Small Bulb\"?"})
    void refusesWhatTheSchemaDoesNotExplain(String question) {
        assertThat(ask(question)).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @Test
    void namesTheWordsThatItDoesNotKnow() {
        assertThat(ask("Which astronauts visited Jupiter?")).isInstanceOfSatisfying(Interpretation.NotUnderstood.class,
                lost -> assertThat(lost.unknown()).contains("astronauts", "Jupiter"));
    }

    @Test
    void neverJoinsAcrossDatasources() {
        assertThat(ask("Show the pallets of old stock and the first names of customers"))
                .isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @Test
    void asksBackWhenTwoColumnsAreEquallyGood() {
        SchemaGroup group = new SchemaGroup(null, "two", null, 1, List.of(new SchemaDefinition(null, "two", null, "sqlite", "two")),
                List.of(Schemas.table("two", "ferries", Schemas.key("ferry_id"), Schemas.number("tonnage")),
                        Schemas.table("two", "barges", Schemas.key("barge_id"), Schemas.number("tonnage"))),
                List.of(), List.of(), List.of(), List.of());
        assertThat(engine.interpret("What is the average tonnage?", group, List.of(), null, LocalDate.of(2024, 5, 1)))
                .isInstanceOfSatisfying(Interpretation.Ambiguous.class, ambiguous -> {
                    assertThat(ambiguous.phrase()).isEqualTo("tonnage");
                    assertThat(ambiguous.choices()).containsExactlyInAnyOrder("ferries.tonnage", "barges.tonnage");
                });
    }

    @Test
    void saysHowItReadTheWords() {
        assertThat(ask("How many customers live in Boston?")).isInstanceOfSatisfying(Interpretation.Understood.class, understood ->
                assertThat(understood.steps()).contains("Read 'customers' as the table customers.",
                        "Read 'Boston' as the value 'Boston' of customers.city."));
    }

    @Test
    void givesTheSamePlanEveryTime() {
        String question = "Which customer from Leeds has the most orders with a total amount above 20?";
        String first = sql(question);
        for (int i = 0; i < 5; i++) {
            assertThat(new OfflineEngine().interpret(question, SHOP, List.of(), null, LocalDate.of(2024, 5, 1)))
                    .isInstanceOfSatisfying(Interpretation.Understood.class, understood ->
                            assertThat(new SqliteDialect().render(understood.plan()).replaceAll("\\s+", " ")).isEqualTo(first));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?", "'", "\"\"\"", "(((((", "and and and or or not not", "more than than than 5 5 5",
        "'; drop table customers; --", "how many how many how many", "top 99999999999999999999 products", "each each per by",
        "\u0000\uFFFF\uD83D\uDE00", "between and between"})
    void takesAnyText(String question) {
        assertThat(ask(question)).isNotNull();
    }

    @Test
    void takesTheLongestQuestionInShortTime() {
        long start = System.nanoTime();
        assertThat(ask("customers orders products city age price ".repeat(50).substring(0, 2000))).isNotNull();
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
