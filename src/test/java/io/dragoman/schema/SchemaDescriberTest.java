package io.dragoman.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaDescriberTest {

    private final SchemaDescriber describer = new SchemaDescriber();
    private final SchemaGroup shop = group(List.of(
            table("customers", "People who buy", column("id", "integer", true), column("city", "text", false)),
            table("order_items", null, column("order_id", "integer", false), column("quantity", "integer", false)),
            table("orders", "One purchase each", column("id", "integer", true), column("customer_id", "integer", false))));

    @Test
    void listsAllTablesWhenNoneIsNamed() {
        assertThat(describer.describe(shop, "what tables are there?")).isEqualTo("""
                The schema group **shop** has 3 tables: A small shop
                - **customers**: 2 columns, 20 rows: People who buy
                - **order_items**: 2 columns, 20 rows
                - **orders**: 2 columns, 20 rows: One purchase each""");
    }

    @Test
    void describesTheTableThatIsNamed() {
        assertThat(describer.describe(shop, "which columns does the customer table have")).isEqualTo("""
                The table **customers** has 2 columns and 20 rows. People who buy
                - `id` (integer, primary key)
                - `city` (text), such as Berlin, Paris

                It is related to other tables by
                - `orders.customer_id` = `customers.id` (many to one)""");
    }

    @Test
    void takesTheLongerNameWhenOneHoldsTheOther() {
        assertThat(describer.describe(shop, "describe order items")).startsWith("The table **order_items**")
                .doesNotContain("The table **orders**");
    }

    @Test
    void saysHowTwoTablesAreRelated() {
        assertThat(describer.describe(shop, "how are orders and customers related?"))
                .isEqualTo("**orders** and **customers** are related by\n- `orders.customer_id` = `customers.id` (many to one)");
        assertThat(describer.describe(shop, "how are order_items and customers related?"))
                .isEqualTo("**order_items** and **customers** are related through **orders**.");
    }

    @Test
    void staysShortForManyTables() {
        SchemaGroup large = group(IntStream.range(0, 5_000).mapToObj(i -> table("t" + i, "x".repeat(5_000),
                column("id", "integer", true))).toList());
        assertThat(describer.describe(large, "show tables")).hasSizeLessThan(40_000).contains("first 50");
    }

    @Test
    void carriesNoMarkupOutOfDescriptions() {
        SchemaGroup hostile = group(List.of(table("a`b", "<script>alert(1)</script>\n# Title",
                column("id", "integer", true))));
        assertThat(describer.describe(hostile, "show tables")).doesNotContain("<script>").doesNotContain("\n#");
    }

    private static SchemaGroup group(List<TableDefinition> tables) {
        return new SchemaGroup(UUID.randomUUID(), "shop", "A small shop", 1,
                List.of(new SchemaDefinition(null, "shop", null, "postgresql", null)), tables,
                List.of(new Relationship(null, "orders", List.of("customer_id"), "customers", List.of("id"), "many_to_one"),
                        new Relationship(null, "order_items", List.of("order_id"), "orders", List.of("id"),
                                "many_to_one")),
                List.of(), List.of(), List.of());
    }

    private static TableDefinition table(String name, String description, ColumnDefinition... columns) {
        return new TableDefinition(null, "shop", name, description, List.of(), List.of(columns), 20L);
    }

    private static ColumnDefinition column(String name, String type, boolean key) {
        return new ColumnDefinition(name, type, null, false, key, List.of(),
                name.equals("city") ? List.of("Berlin", "Paris") : List.of(), null);
    }
}
