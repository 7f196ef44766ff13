package io.dragoman.schema.search;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Example;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Two small groups to search in: a shop and a weather service. */
final class Shop {

    private Shop() {
    }

    static SchemaGroup shop() {
        return group("shop", List.of(
                table("shop", "customers", "People who buy", column("customer_id"), column("full_name"),
                        values("city", "Boston", "New York", "Lyon")),
                table("shop", "orders", "What customers bought and when", column("order_id"), column("customer_id"),
                        column("orderDate"), values("status", "shipped", "cancelled")),
                table("shop", "order_items", "The lines of an order", column("order_id"), column("product_id"),
                        column("quantity"), column("unit_price")),
                table("shop", "products", "Things for sale", column("product_id"), column("product_name"),
                        column("category_id")),
                table("shop", "categories", null, column("category_id"), values("label", "Garden tools", "Toys")),
                table("shop", "audit_log", "Who changed what", column("entry_id"), column("actor"))),
                List.of(relationship("orders", "customer_id", "customers"), relationship("order_items", "order_id", "orders"),
                        relationship("order_items", "product_id", "products"),
                        relationship("products", "category_id", "categories")),
                List.of(new Example(UUID.randomUUID(), "Who are our best clients by turnover?",
                        "select full_name from customers join orders using (customer_id)", "postgresql", null)),
                List.of(new Directive(UUID.randomUUID(), "basket value", "what one order is worth", null,
                        "sum(quantity * unit_price)")),
                List.of(new Synonym(UUID.randomUUID(), "shopper", "customers"),
                        new Synonym(UUID.randomUUID(), "backorder", "orders.status=cancelled")));
    }

    static SchemaGroup weather() {
        return group("weather", List.of(
                table("weather", "stations", "Where the weather is measured", column("station_id"), column("altitude")),
                table("weather", "readings", "Temperature and rainfall by hour", column("station_id"),
                        column("temperature"), column("rainfall"))),
                List.of(relationship("readings", "station_id", "stations")), List.of(), List.of(), List.of());
    }

    static SchemaGroup group(String name, List<TableDefinition> tables, List<Relationship> relationships,
            List<Example> examples, List<Directive> directives, List<Synonym> synonyms) {
        return new SchemaGroup(UUID.randomUUID(), name, null, 1,
                List.of(new SchemaDefinition(UUID.randomUUID(), name, null, "postgresql", null)), tables, relationships,
                examples, directives, synonyms);
    }

    static TableDefinition table(String database, String name, String description, ColumnDefinition... columns) {
        return new TableDefinition(UUID.randomUUID(), database, name, description, List.of(), Arrays.asList(columns), null);
    }

    static ColumnDefinition column(String name) {
        return values(name);
    }

    static ColumnDefinition values(String name, String... values) {
        return new ColumnDefinition(name, "text", null, true, false, List.of(), List.of(values), null);
    }

    static Relationship relationship(String source, String column, String target) {
        return new Relationship(UUID.randomUUID(), source, List.of(column), target, List.of(column), "many_to_one");
    }
}
