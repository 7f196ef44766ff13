package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The offline engine")
class OfflineEngineTest {

    private static final SchemaGroup SHOP = new SchemaGroup(null, "shop", null, 1,
            List.of(new SchemaDefinition(null, "shop", null, "sqlite", "shop")),
            List.of(table("customers", key("customer_id"), text("name"), text("city", "Boston", "Leeds"), number("age")),
                    table("orders", key("order_id"), number("customer_id"), number("amount"), text("status", "open", "shipped")),
                    table("products", key("product_id"), text("title", "Lamp", "Desk"), number("price"))),
            List.of(new Relationship(null, "orders", List.of("customer_id"), "customers", List.of("customer_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private static TableDefinition table(String name, ColumnDefinition... columns) {
        return new TableDefinition(null, "shop", name, null, List.of(), List.of(columns), null);
    }

    private static ColumnDefinition key(String name) {
        return new ColumnDefinition(name, "integer", null, false, true, List.of(), List.of(), null);
    }

    private static ColumnDefinition number(String name) {
        return new ColumnDefinition(name, "integer", null, true, false, List.of(), List.of(), null);
    }

    private static ColumnDefinition text(String name, String... samples) {
        return new ColumnDefinition(name, "text", null, true, false, List.of(), List.of(samples), null);
    }

    private final OfflineEngine engine = new OfflineEngine();

    private String sql(String question) {
        Interpretation result = engine.interpret(question, SHOP, List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(result).isInstanceOf(Interpretation.Understood.class);
        return new SqliteDialect().render(((Interpretation.Understood) result).plan()).replaceAll("\\s+", " ");
    }

    @Test
    void countsRowsUnderACondition() {
        assertThat(sql("How many customers live in Boston?"))
                .isEqualTo("SELECT COUNT(*) AS count FROM customers WHERE city = 'Boston'");
    }

    @Test
    void ordersByTheColumnThatASuperlativeSpeaksOf() {
        assertThat(sql("What is the name of the oldest customer?")).contains("ORDER BY age DESC").contains("LIMIT 1");
    }

    @Test
    void joinsAlongARelationshipAndGroupsForTheMost() {
        assertThat(sql("Which customer has the most orders?")).contains("JOIN orders").contains("GROUP BY")
                .contains("COUNT(*)").contains("LIMIT 1");
    }

    @Test
    void readsAnAntiJoinFromANegatedRelation() {
        assertThat(sql("Show the names of customers who do not have any orders")).contains("NOT IN (SELECT");
    }

    @Test
    void averagesForEachGroup() {
        assertThat(sql("What is the average age of customers for each city?")).contains("AVG(age)").contains("GROUP BY city");
    }
}
