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

@DisplayName("Comparisons with an aggregate over the row's own group")
class OwnGroupTest {

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question, SchemaGroup group) {
        return engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    private String sql(String question, SchemaGroup group) {
        Interpretation result = ask(question, group);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) result).plan());
        assertThat(new SqliteDialect().inspect(query, group).findings()).isEmpty();
        return query.replaceAll("\\s+", " ").replace("( ", "(").replace(" )", ")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "players who earn more than the average of their team | t1.salary > (SELECT AVG(t2.salary) FROM players t2 WHERE t2.team_id = t1.team_id)",
        "players older than the average age of their position | t1.age > (SELECT AVG(t2.age) FROM players t2 WHERE t2.position = t1.position)",
        "names of players whose salary is above their team's average salary | WHERE t2.team_id = t1.team_id)",
        "players with a salary below the lowest salary in the same team | t1.salary < (SELECT MIN(t2.salary) FROM players t2 WHERE t2.team_id = t1.team_id)",
        "players who earn less than the average salary in their city | WHERE t4.city = t2.city)",
        "players older than the average | age > (SELECT AVG(age) FROM players)"})
    void comparesWithTheRowsOfTheSameGroup(String question, String part) {
        assertThat(sql(question, Schemas.league())).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "products cheaper than the average price of their category | WHERE t2.category = t1.category)",
        "products that cost more than the average for their category | WHERE t2.category = t1.category)",
        "orders with a total amount above the average of their customer | WHERE t2.customer_id = t1.customer_id)"})
    void readsItOverOtherSchemas(String question, String part) {
        assertThat(sql(question, Schemas.shop())).contains(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"products that cost more than the average of their supplier", "customers with more orders than the average of their city",
        "customers older than the average of their orders"})
    void refusesGroupsThatNothingRelatesToTheRows(String question) {
        assertThat(ask(question, Schemas.shop())).isNotInstanceOf(Interpretation.Understood.class);
    }
}
