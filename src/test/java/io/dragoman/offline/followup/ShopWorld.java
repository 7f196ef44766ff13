package io.dragoman.offline.followup;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A small shop in SQLite: its schema, its rows, and plans of questions over it. */
final class ShopWorld {

    static final SchemaGroup GROUP = new SchemaGroup(UUID.randomUUID(), "shop", null, 1,
            List.of(new SchemaDefinition(null, "shop", null, "sqlite", "shop")),
            List.of(table("customers", column("id", "integer", true), column("name", "text", false, "Ann", "Bob", "Cid"),
                            column("email", "text", false), column("city", "text", false, "Berlin", "Paris"),
                            column("joined", "date", false)),
                    table("orders", column("id", "integer", true), column("customer_id", "integer", false),
                            column("placed", "date", false),
                            column("status", "text", false, "paid", "open", "cancelled"),
                            column("amount", "numeric", false), column("discount", "numeric", false))),
            List.of(new Relationship(null, "orders", List.of("customer_id"), "customers", List.of("id"), "many_to_one")),
            List.of(), List.of(directive("revenue", "sum(orders.amount)"), directive("open order", "orders.status = 'open'"),
                    directive("double amount", "orders.amount * 2"), directive("broken", ";; nothing")), List.of());

    private static final List<String> ROWS = List.of(
            "create table customers (id integer primary key, name text, email text, city text, joined date)",
            "create table orders (id integer primary key, customer_id integer, placed date, status text, amount numeric, discount numeric)",
            "insert into customers values (1, 'Ann', 'ann@x', 'Berlin', '2022-01-01'), (2, 'Bob', 'bob@x', 'Paris',"
                    + " '2022-05-01'), (3, 'Cid', 'cid@x', 'Berlin', '2023-02-01')",
            "insert into orders values (1, 1, '2023-03-10', 'paid', 10, 1), (2, 1, '2023-04-02', 'cancelled', 20, 1),"
                    + " (3, 2, '2024-03-05', 'paid', 30, 1), (4, 3, '2024-03-20', 'open', 40, 1),"
                    + " (5, 2, '2024-04-01', 'paid', 50, 1), (6, 1, '2024-05-02', 'paid', 60, 1)");

    static final Expression.Column STATUS = new Expression.Column("t1", "status", DataType.TEXT);
    static final Expression.Column PLACED = new Expression.Column("t1", "placed", DataType.DATE);
    static final Expression.Column AMOUNT = new Expression.Column("t1", "amount", DataType.DECIMAL);
    static final Expression.Column ID = new Expression.Column("t1", "id", DataType.INTEGER);
    static final Expression.Column CITY = new Expression.Column("t2", "city", DataType.TEXT);
    static final Expression REVENUE = new Aggregate(Aggregate.Function.SUM, AMOUNT, false, null);
    static final Expression COUNT = new Aggregate(Aggregate.Function.COUNT, null, false, null);
    static final Source ORDERS = new Source("shop", "orders", "t1", null, List.of());
    static final Source CUSTOMERS = new Source("shop", "customers", "t2", LogicalPlan.JoinType.INNER,
            List.of(new LogicalPlan.JoinCondition(new Expression.Column("t1", "customer_id", DataType.INTEGER),
                    new Expression.Column("t2", "id", DataType.INTEGER))));

    private ShopWorld() {
    }

    static Predicate is(Expression.Column column, String value) {
        return new Predicate.Comparison(Predicate.Comparison.Operator.EQ, column, new Expression.Literal(value, DataType.TEXT));
    }

    static Predicate in(int year) {
        return new Predicate.Between(PLACED, new Expression.Literal(year + "-01-01", DataType.DATE),
                new Expression.Literal(year + 1 + "-01-01", DataType.DATE), true);
    }

    /** The ids, statuses and amounts of orders. */
    static LogicalPlan orders(Predicate where) {
        return new LogicalPlan(List.of(ORDERS), where, List.of(), null, List.of(new OutputColumn(ID, null),
                new OutputColumn(STATUS, null), new OutputColumn(AMOUNT, null)), false, null, List.of(), null);
    }

    /** One aggregate over orders. */
    static LogicalPlan single(Expression measure, Predicate where) {
        return new LogicalPlan(List.of(ORDERS), where, List.of(), null, List.of(new OutputColumn(measure, "value")), false,
                null, List.of(), null);
    }

    /** Revenue by the customers' city. */
    static LogicalPlan revenueByCity(Predicate where) {
        return new LogicalPlan(List.of(ORDERS, CUSTOMERS), where, List.of(CITY), null, List.of(new OutputColumn(CITY, null),
                new OutputColumn(REVENUE, "revenue")), false, null, List.of(new LogicalPlan.Ordering(REVENUE, true)), null);
    }

    /** The rows that a plan gives, the values of a row joined by {@code |}. */
    static List<String> rows(LogicalPlan plan) throws SQLException {
        String query = new SqliteDialect().render(plan);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (String line : ROWS) {
                statement.execute(line);
            }
            try (ResultSet result = statement.executeQuery(query)) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        values.add(String.valueOf(result.getObject(i)).replaceFirst("\\.0$", ""));
                    }
                    rows.add(String.join("|", values));
                }
                return rows;
            }
        }
    }

    private static Directive directive(String key, String expression) {
        return new Directive(null, key, key, null, expression);
    }

    private static TableDefinition table(String name, ColumnDefinition... columns) {
        return new TableDefinition(null, "shop", name, null, List.of(), List.of(columns), null);
    }

    private static ColumnDefinition column(String name, String type, boolean key, String... samples) {
        return new ColumnDefinition(name, type, null, !key, key, List.of(), List.of(samples), null);
    }
}
