package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a quantity is worth")
class StockValueTest {

    private static SchemaGroup parts(String... prices) {
        ColumnDefinition[] columns = Stream.concat(Stream.of(Schemas.key("part_id"), Schemas.text("part_name", "Bolt", "Nut"),
                Schemas.text("shelf", "A", "B"), Schemas.number("stock_quantity")), Stream.of(prices).map(name -> Schemas.column(name, "decimal(10,2)")))
                .toArray(ColumnDefinition[]::new);
        return new SchemaGroup(null, "depot", null, 1, List.of(new SchemaDefinition(null, "depot", null, "sqlite", "depot")),
                List.of(Schemas.table("depot", "parts", columns)), List.of(), List.of(), List.of(), List.of());
    }

    private Interpretation ask(String question, SchemaGroup group) {
        return new OfflineEngine().interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
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
        "what is the total stock value by shelf | SELECT shelf, SUM(stock_quantity * price)",
        "total value of the stock per shelf | SELECT shelf, SUM(stock_quantity * price)",
        "what is our stock worth | SELECT SUM(stock_quantity * price)",
        "total stock by shelf | SELECT shelf, SUM(stock_quantity) AS"})
    void isTheQuantityTimesThePrice(String question, String part) {
        assertThat(sql(question, parts("price"))).contains(part);
    }

    @Test
    void saysWhatWasTaken() {
        assertThat(((Interpretation.Understood) ask("total stock value", parts("price"))).steps())
                .contains("Took parts.stock_quantity × parts.price for the value.");
    }

    @Test
    void asksBackWhichPriceIsMeant() {
        SchemaGroup two = parts("price", "unit_cost");
        String question = "what is the total stock value by shelf";
        assertThat(ask(question, two)).isInstanceOfSatisfying(Interpretation.Ambiguous.class, asked -> {
            assertThat(asked.choices()).hasSize(2);
            assertThat(sql(question.replace(asked.phrase(), asked.choices().get(1)), two)).contains("SUM(stock_quantity * unit_cost)");
        });
    }

    @Test
    void refusesWhereNothingHasAPrice() {
        assertThat(ask("what is the total stock value by shelf", parts())).isNotInstanceOf(Interpretation.Understood.class);
    }
}
