package io.dragoman.offline;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Synonym;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/** Small schema groups written in code. */
final class Schemas {

    private Schemas() {
    }

    /** Customers who place orders of products, with a directive, synonyms, and an archive on another datasource. */
    static SchemaGroup shop() {
        List<TableDefinition> tables = new ArrayList<>();
        tables.add(table("shop", "customers", key("customer_id"), text("first_name", "Ada", "Bob"), text("last_name", "Jones", "Marsh"),
                text("city", "Boston", "Leeds", "New York"), number("age"), text("gender", "F", "M")));
        tables.add(table("shop", "orders", key("order_id"), number("customer_id"), column("ordered_at", "timestamp"),
                text("status", "open", "shipped", "cancelled"), column("total_amount", "decimal(10,2)")));
        tables.add(table("shop", "order_items", number("order_id"), number("product_id"), number("quantity")));
        tables.add(table("shop", "products", key("product_id"), text("title", "Desk Lamp", "Oak Desk"), column("price", "decimal(10,2)"),
                text("category", "Lighting", "Furniture")));
        tables.add(table("archive", "old_stock", key("stock_id"), number("pallets")));
        return new SchemaGroup(null, "shop", null, 1,
                List.of(new SchemaDefinition(null, "shop", null, "sqlite", "shop"),
                        new SchemaDefinition(null, "archive", null, "sqlite", "archive")),
                tables,
                List.of(new Relationship(null, "orders", List.of("customer_id"), "customers", List.of("customer_id"), "many_to_one"),
                        new Relationship(null, "order_items", List.of("order_id"), "orders", List.of("order_id"), "many_to_one"),
                        new Relationship(null, "order_items", List.of("product_id"), "products", List.of("product_id"), "many_to_one")),
                List.of(),
                List.of(new Directive(null, "open order", "not shipped yet", null, "orders.status = 'open'")),
                List.of(new Synonym(null, "shoppers", "customers"), new Synonym(null, "the big apple", "customers.city=New York")));
    }

    static TableDefinition table(String definition, String name, ColumnDefinition... columns) {
        return new TableDefinition(null, definition, name, null, List.of(), List.of(columns), null);
    }

    static ColumnDefinition key(String name) {
        return new ColumnDefinition(name, "integer", null, false, true, List.of(), List.of(), null);
    }

    static ColumnDefinition number(String name) {
        return column(name, "integer");
    }

    static ColumnDefinition column(String name, String type) {
        return new ColumnDefinition(name, type, null, true, false, List.of(), List.of(), null);
    }

    static ColumnDefinition text(String name, String... samples) {
        return new ColumnDefinition(name, "text", null, true, false, List.of(), List.of(samples), null);
    }

    /** Teams, their matches and players. */
    static SchemaGroup league() {
        return new SchemaGroup(null, "league", null, 1,
            List.of(new SchemaDefinition(null, "league", null, "sqlite", "league")),
            List.of(table("league", "teams", key("team_id"), text("name", "Lions", "Bears"),
                            text("city", "Leeds", "York"), number("founded")),
                    table("league", "matches", key("match_id"), number("home_team_id"), number("visiting_team_id"),
                            number("attendance")),
                    table("league", "players", key("player_id"), text("name", "Ann Lee"), number("team_id"), number("captain_id"),
                            number("age"), number("salary"), text("position", "Goalkeeper", "Striker"),
                            column("date_of_birth", "date"), column("date_joined", "date"), column("date_left", "date"))),
            List.of(new Relationship(null, "matches", List.of("home_team_id"), "teams", List.of("team_id"), "many_to_one"),
                    new Relationship(null, "matches", List.of("visiting_team_id"), "teams", List.of("team_id"), "many_to_one"),
                    new Relationship(null, "players", List.of("captain_id"), "players", List.of("player_id"), "many_to_one"),
                    new Relationship(null, "players", List.of("team_id"), "teams", List.of("team_id"), "many_to_one")),
            List.of(), List.of(), List.of());
    }
}
