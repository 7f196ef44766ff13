package io.dragoman.offline.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectiveReaderTest {

    private static final SchemaGroup SHOP = group(
            table("orders", "id integer", "customer_id integer", "status text", "placed date", "paid boolean"),
            table("order_items", "order_id integer", "quantity integer", "unit_price numeric", "discount numeric"),
            table("customers", "id integer", "status text", "name text", "joined timestamp"),
            table("trade", "sym text", "price real", "size integer", "time time"));

    private static final SchemaGroup WITH_LOTS = group(table("orders", "placed date", "lots integer"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sum(price*size)/sum(size)                         | 15
            max(price)-min(price)                             | 10
            count(distinct sym)                               | 2
            sum(quantity*unit_price*(1-discount))             | 35
            sum(order_items.quantity)                         | 5
            count(*) filter (where size > 1)                  | none
            sum(size) filter (where sym = 'A')                | 4
            100 * sum(size) filter (where sym = 'A') / sum(size) | 80
            avg(price) + -1                                   | 14
            round(avg(price), 1)                              | 15
            """)
    void readsMeasuresThatGiveTheRightNumbers(String expression, String expected) throws Exception {
        DirectiveMeaning meaning = DirectiveReader.read(expression, SHOP, List.of());
        if (expected.equals("none")) {
            meaning = DirectiveReader.read(expression, SHOP, List.of("trade"));
            expected = "2";
        }
        assertThat(meaning).isInstanceOf(DirectiveMeaning.Measure.class);
        DirectiveMeaning.Measure measure = (DirectiveMeaning.Measure) meaning;
        assertThat(measure.aggregate()).isTrue();
        assertThat(measure.tables()).hasSize(1);
        assertThat(run(measure.tables().get(0), null, measure.expression())).isEqualTo(Double.parseDouble(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            orders.status = 'paid'                                    | orders | 2
            orders.status in ('paid', 'open') and customer_id > 1     | orders | 1
            orders.status not in ('paid')                             | orders | 1
            orders.status <> 'paid' or customer_id = 1                | orders | 3
            not (orders.status = 'paid')                              | orders | 1
            placed is null                                            | orders | 1
            placed is not null                                        | orders | 2
            placed >= '2024-01-01'                                    | orders | 1
            placed >= today - 90 days                                 | orders | 0
            placed < current_date - interval '1 year'                 | orders | 2
            placed between '2023-01-01' and '2023-12-31'              | orders | 1
            sym like 'a%'                                             | trade  | 2
            price >= 15 and size < 3                                  | trade  | 2
            quantity * unit_price > 10                                | order_items | 2
            year(placed) = 2023                                       | orders | 1
            paid                                                      | orders | 2
            15 <= price                                               | trade  | 2
            """)
    void readsConditionsThatKeepTheRightRows(String expression, String table, double rows) throws Exception {
        DirectiveMeaning meaning = DirectiveReader.read(expression, SHOP, List.of());
        assertThat(meaning).isInstanceOf(DirectiveMeaning.Condition.class);
        DirectiveMeaning.Condition condition = (DirectiveMeaning.Condition) meaning;
        assertThat(condition.tables()).containsExactly(table);
        assertThat(run(table, condition.predicate(),
                new Expression.Aggregate(Expression.Aggregate.Function.COUNT, null, false, null))).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            sum(prise)                   | 4  | No table has a column 'prise'.                    | price
            order_itms.quantity          | 0  | There is no table 'order_itms'.                   | order_items
            orders.statuss = 'x'         | 0  | The table 'orders' has no column 'statuss'.       | status
            status = 'active'            | 0  | The column 'status' is in several tables: orders.status, customers.status. Write which one is meant. | orders.status
            summ(price)                  | 0  | There is no function 'summ'.                      | sum
            sum(price) / size            | 13 | 'size' is of a row and stands beside a value of a group: put it into sum(…), max(…) or the like. |
            sum(avg(price))              | 4  | An aggregate cannot stand inside another.         |
            sum(sym)                     | 4  | Here a number is needed, and 'sym' is none.       |
            price > 'high'               | 8  | 'high' is compared with a number.                 |
            sum(price                    | 9  | Here a ')' is missing.                            |
            sum(price) sum(size)         | 11 | 'sum' has no meaning here.                        |
            price >                      | 7  | The expression ends too early.                    |
            sym = 'A                     | 6  | The quote that opens here is never closed.        |
            price; drop table orders     | 5  | The character ';' has no meaning here.            |
            (select 1)                   | 1  | 'select' has no meaning here.                     |
            sum(*)                       | 0  | Only count takes '*'.                             | count(*)
            sum(price = 1)               | 10 | Here stands a condition where a value is needed.  |
            price and size               | 0  | Here stands a value where a condition is needed.  |
            1 + 1                        | 2  | The expression names no column.                   |
            placed > today - lots        | 17 | A time is moved by a number of days, such as 'today - 90'. |
            """)
    void saysWhatIsWrongAndWhere(String expression, int offset, String message, String suggestion) {
        DirectiveMeaning meaning = DirectiveReader.read(expression.trim(), expression.contains("lots") ? WITH_LOTS : SHOP,
                List.of());
        assertThat(meaning).isEqualTo(new DirectiveMeaning.Invalid(message, offset, suggestion));
    }

    @Test
    void goesToTheTableThatTheOtherNamesNeed() {
        DirectiveMeaning meaning = DirectiveReader.read("status = 'active' and name is not null", SHOP, List.of());
        assertThat(((DirectiveMeaning.Condition) meaning).tables()).containsExactly("customers");
    }

    @Test
    void goesToTheTableThatIsPreferred() {
        DirectiveMeaning meaning = DirectiveReader.read("status = 'active'", SHOP, List.of("customers"));
        assertThat(((DirectiveMeaning.Condition) meaning).tables()).containsExactly("customers");
    }

    @Test
    void saysOfEachTableThatAMeasureNeeds() {
        DirectiveMeaning meaning = DirectiveReader.read("sum(quantity)/count(distinct orders.id)", SHOP, List.of());
        assertThat(((DirectiveMeaning.Measure) meaning).tables()).containsExactly("order_items", "orders");
    }

    @Test
    void readsARowsValueAsSuch() {
        DirectiveMeaning meaning = DirectiveReader.read("quantity*unit_price", SHOP, List.of());
        assertThat(((DirectiveMeaning.Measure) meaning).aggregate()).isFalse();
    }

    @Test
    void takesAQuoteOfATextAsText() {
        DirectiveMeaning meaning = DirectiveReader.read("name = 'O''Brien'", SHOP, List.of());
        assertThat(((Predicate.Comparison) ((DirectiveMeaning.Condition) meaning).predicate()).right())
                .isEqualTo(new Expression.Literal("O'Brien", DataType.TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "sum(", "- ", "not ", "a.", "'", "''", "1.", "a and ", "today - 1 ", "\u0000", "\uD800",
        "٣", "x in (", "a between 1 and "})
    void survivesHostileText(String piece) {
        for (int times : new int[] {1, 50, 500, 100_000}) {
            assertThat(DirectiveReader.read(piece.repeat(times), SHOP, List.of()))
                    .isInstanceOf(DirectiveMeaning.Invalid.class);
        }
    }

    private static double run(String table, Predicate where, Expression select) throws Exception {
        String query = new SqliteDialect().render(new LogicalPlan(
                List.of(new LogicalPlan.Source("shop", table, table, null, List.of())), where, List.of(), null,
                List.of(new LogicalPlan.OutputColumn(select, "value")), false, null, List.of(), null));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (String line : List.of(
                    "create table orders (id integer, customer_id integer, status text, placed date, paid boolean)",
                    "insert into orders values (1, 1, 'paid', '2024-03-05', 1), (2, 2, 'open', '2023-06-01', 0),"
                            + " (3, 1, 'paid', null, 1)",
                    "create table order_items (order_id integer, quantity integer, unit_price numeric, discount numeric)",
                    "insert into order_items values (1, 2, 10, 0.5), (2, 2, 10, 0), (3, 1, 5, 0)",
                    "create table trade (sym text, price real, size integer, time time)",
                    "insert into trade values ('A', 10, 2, null), ('A', 20, 2, null), ('B', 15, 1, null)")) {
                statement.execute(line);
            }
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getDouble(1);
            }
        }
    }

    private static SchemaGroup group(TableDefinition... tables) {
        return new SchemaGroup(UUID.randomUUID(), "shop", null, 1,
                List.of(new SchemaDefinition(null, "shop", null, "sqlite", null)), List.of(tables), List.of(), List.of(),
                List.of(), List.of());
    }

    private static TableDefinition table(String name, String... columns) {
        return new TableDefinition(null, "shop", name, null, List.of(), Stream.of(columns).map(column -> {
            String[] parts = column.split(" ");
            return new ColumnDefinition(parts[0], parts[1], null, true, false, List.of(), List.of(), null);
        }).toList(), null);
    }
}
