package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Comparisons side by side")
class SidesTest {

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
        "orders in January versus February 2024 | COUNT(*) AS count | ordered_at >= '2024-01-01' AND ordered_at < '2024-03-01' | GROUP BY strftime('%Y-%m",
        "compare the number of orders in 2022 and 2023 | COUNT(*) AS count | ordered_at < '2024-01-01' | GROUP BY CAST(strftime('%Y'",
        "how many orders in March 2023 vs. March 2024 | COUNT(*) AS count | OR (ordered_at >= '2024-03-01' | GROUP BY strftime('%Y-%m",
        "compare Q1 and Q2 2023 by total amount of orders | SUM(total_amount) | ordered_at < '2023-07-01' | GROUP BY"})
    void givesARowForEachPeriod(String question, String measure, String times, String group) {
        assertThat(sql(question, Schemas.shop())).contains(measure).contains(times).contains(group);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "customers in Boston vs Leeds | SELECT city, COUNT(*) AS count FROM customers WHERE city = 'Boston' OR city = 'Leeds' GROUP BY city ORDER BY city",
        "compare the number of customers in Boston and New York | GROUP BY city ORDER BY city",
        "average price of Lighting versus Furniture | SELECT category, AVG(price)",
        "total amount of orders in Boston vs. Leeds | SELECT t2.city, SUM(t1.total_amount)"})
    void givesARowForEachKind(String question, String part) {
        assertThat(sql(question, Schemas.shop())).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"average salary of goalkeepers versus strikers | SELECT position, AVG(salary)",
        "players of the Lions vs the Bears | COUNT(*) AS count"})
    void comparesOverOtherSchemas(String question, String part) {
        assertThat(sql(question, Schemas.league())).contains(part).contains("GROUP BY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare orders of the first half of 2022 and the first half of 2023", "compare products and customers",
        "products cheaper than 50 vs products above 50", "orders in the last 30 days vs the previous 30 days"})
    void refusesSidesThatNoGroupHas(String question) {
        assertThat(ask(question, Schemas.shop())).isNotInstanceOf(Interpretation.Understood.class);
    }
}
