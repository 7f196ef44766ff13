package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.Relationship;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Amounts that verbs, units and other rows speak of")
class MeasureWordsTest {

    private static final SchemaGroup WORK = new SchemaGroup(null, "work", null, 1, List.of(new SchemaDefinition(null, "work", null, "sqlite", "work")),
            List.of(Schemas.table("work", "departments", Schemas.key("department_id"), Schemas.text("department_name", "Sales", "Research")),
                    Schemas.table("work", "employees", Schemas.key("employee_id"), Schemas.text("name", "Ada", "Bob"), Schemas.number("salary"),
                            Schemas.number("department_id"), Schemas.number("manager_id"), Schemas.text("badge_level", "9", "10", "")),
                    Schemas.table("work", "tickets", Schemas.key("ticket_id"), Schemas.text("title", "Broken lamp"), Schemas.number("employee_id"),
                            Schemas.column("closed_date", "date"))),
            List.of(new Relationship(null, "employees", List.of("department_id"), "departments", List.of("department_id"), "many_to_one"),
                    new Relationship(null, "tickets", List.of("employee_id"), "employees", List.of("employee_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question, SchemaGroup group) {
        return engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    private String sql(String question, SchemaGroup group) {
        Interpretation result = ask(question, group);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        return new SqliteDialect().render(((Interpretation.Understood) result).plan()).replaceAll("\\s+", " ").replace("( ", "(").replace(" )", ")");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "which customers spent the most? | SUM(t2.total_amount)",
        "top 3 customers by money spent | LIMIT 3",
        "how many units of each product were sold? | SUM(t1.quantity)",
        "total spending by city | SUM(t1.total_amount)"})
    void sumsWhatWasSpentAndSold(String question, String part) {
        assertThat(sql(question, Schemas.shop())).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "who earns the most? | ORDER BY salary DESC",
        "how many people work in each department? | COUNT(*)",
        "tickets that are still open | closed_date IS NULL",
        "employees in the same department as Ada | department_id IN (SELECT department_id FROM employees WHERE name = 'Ada')",
        "which employees earn more than their manager? | t1.salary > (SELECT t2.salary FROM employees t2 WHERE t2.employee_id = t1.manager_id)",
        "which employees earn more than the employee with id 7? | salary > (SELECT salary FROM employees WHERE employee_id = 7"})
    void readsWordsOfWorkAndState(String question, String part) {
        assertThat(sql(question, WORK)).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "orders over 1000 | total_amount > 1000",
        "customers with orders above 1800 | t2.total_amount > 1800",
        "orders after 2023 | ordered_at >= '2024-01-01'",
        "orders before 1998 | ordered_at <"})
    void tellsAmountsFromYears(String question, String part) {
        assertThat(sql(question, Schemas.shop())).contains(part);
    }

    @Test
    void comparesNumbersThatAreKeptAsTextAsNumbers() {
        assertThat(sql("employees with a badge level above 9", WORK)).contains("CAST(NULLIF(TRIM(badge_level), '') AS REAL) > 9");
        Interpretation.Understood read = (Interpretation.Understood) ask("employees with a badge level above 9", WORK);
        assertThat(new PostgreSqlDialect().render(read.plan())).contains("AS NUMERIC) > 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"employees in tier 5", "Show the names of employees of \"Mars\" grade 3"})
    void neverPassesOverANumberOrAQuotedText(String question) {
        assertThat(ask(question, WORK)).isNotInstanceOf(Interpretation.Understood.class);
    }

    @Test
    void neverComparesAnAmountWithAKey() {
        assertThat(ask("employees whose salary is higher than their department id", WORK)).isNotInstanceOf(Interpretation.Understood.class);
    }
}
