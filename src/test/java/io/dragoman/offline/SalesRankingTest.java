package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("How something sells, where no measure is named")
class SalesRankingTest {

    /** Courses that members book, where nothing keeps a quantity. */
    private static final SchemaGroup GYM = new SchemaGroup(null, "gym", null, 1, List.of(new SchemaDefinition(null, "gym", null, "sqlite", "gym")),
            List.of(Schemas.table("gym", "courses", Schemas.key("course_id"), Schemas.text("title", "Yoga", "Boxing"), Schemas.text("level", "easy", "hard")),
                    Schemas.table("gym", "bookings", Schemas.key("booking_id"), Schemas.number("course_id"), Schemas.column("booked_on", "date"))),
            List.of(new Relationship(null, "bookings", List.of("course_id"), "courses", List.of("course_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question, SchemaGroup group) {
        return engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    private String sql(String question, SchemaGroup group) {
        Interpretation result = ask(question, group);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) result).plan());
        assertThat(new SqliteDialect().inspect(query, group).findings()).isEmpty();
        return query.replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "what is our best selling product? | GROUP BY t2.product_id, t2.title ORDER BY sum_quantity DESC | LIMIT 1",
        "which category sells best? | GROUP BY t2.category ORDER BY sum_quantity DESC | LIMIT 1",
        "most popular product | ORDER BY sum_quantity DESC | LIMIT 1",
        "the 3 worst-selling products | ORDER BY sum_quantity | LIMIT 3",
        "top selling products in 2024 | ordered_at >= '2024-01-01' | LIMIT 10",
        "which products are the least popular in Furniture | t2.category = 'Furniture' | LIMIT 10"})
    void ranksByTheQuantityThatWasSold(String question, String part, String limit) {
        assertThat(sql(question, Schemas.shop())).contains("SUM(t1.quantity)").contains(part).contains(limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"most popular course", "which course is the most popular?", "best selling course"})
    void ranksByTheNumberOfEventsWhereNoQuantityIsKept(String question) {
        assertThat(sql(question, GYM)).contains("COUNT(*)").contains("JOIN courses").contains("LIMIT 1");
    }

    @Test
    void countsEachProductOnceThatIsChosenByOrders() {
        assertThat(sql("how many products has Ada Jones ordered", Schemas.shop())).contains("COUNT(DISTINCT t1.product_id)");
    }

    @Test
    void saysWhatItRankedBy() {
        assertThat(((Interpretation.Understood) ask("best selling product", Schemas.shop())).steps())
                .anyMatch(step -> step.contains("total order_items.quantity"));
    }

    @Test
    void asksBackWhereTwoMeasuresAreEquallyGood() {
        SchemaGroup shop = Schemas.shop();
        SchemaGroup defined = new SchemaGroup(null, "shop", null, 1, shop.definitions(), shop.tables(), shop.relationships(), List.of(),
                List.of(new Directive(null, "revenue", "money", null, "sum(order_items.quantity * products.price)")), List.of());
        assertThat(ask("what is the worst performing category in 2024", defined)).isInstanceOfSatisfying(Interpretation.Ambiguous.class, asked -> {
            assertThat(asked.choices()).hasSize(2);
            assertThat(asked.choices()).allSatisfy(choice -> assertThat(sql(("what is the worst performing category in 2024")
                    .replace(asked.phrase(), choice), defined)).contains("LIMIT 1").doesNotContain("DESC"));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"average sales | ", "best customers |"})
    void refusesOrAsksBackRatherThanGuess(String question) {
        SchemaGroup shop = Schemas.shop();
        SchemaGroup defined = new SchemaGroup(null, "shop", null, 1, shop.definitions(), shop.tables(), shop.relationships(), List.of(),
                List.of(new Directive(null, "revenue", "money", null, "sum(orders.total_amount)")), List.of());
        assertThat(ask(question, defined)).isNotInstanceOf(Interpretation.Understood.class);
        assertThat(sql("total sales by city", defined)).contains("SUM(t1.total_amount)");
    }
}
