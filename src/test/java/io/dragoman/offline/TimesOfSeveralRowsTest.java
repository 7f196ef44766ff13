package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Times that several rows have, and times of other tables")
class TimesOfSeveralRowsTest {

    private static final SchemaGroup LIBRARY = new SchemaGroup(null, "library", null, 1,
            List.of(new SchemaDefinition(null, "library", null, "sqlite", "library")),
            List.of(Schemas.table("library", "readers", Schemas.key("reader_id"), Schemas.text("name", "Ann Lee"), Schemas.column("joined_on", "date")),
                    Schemas.table("library", "loans", Schemas.key("loan_id"), Schemas.number("reader_id"), Schemas.column("loan_date", "date"),
                            Schemas.column("returned_date", "date"))),
            List.of(new Relationship(null, "loans", List.of("reader_id"), "readers", List.of("reader_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private String sql(String question) {
        Interpretation result = new OfflineEngine().interpret(question, LIBRARY, List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) result).plan());
        assertThat(new SqliteDialect().inspect(query, LIBRARY).findings()).isEmpty();
        return query.replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "readers with loans in both January and March 2024 | INTERSECT",
        "names of readers who had loans in both 2022 and 2023 | INTERSECT",
        "how many readers had loans in both January and February 2024 | AND reader_id IN",
        "loans in both January and March 2024 | OR (loan_date"})
    void bothTimesAreOfDifferentRowsUnlessTheRowItselfHasTheTime(String question, String part) {
        assertThat(sql(question)).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "readers who returned in January 2024 | returned_date >= '2024-01-01' | joined_on >=",
        "loans returned in January 2024 | returned_date >= '2024-01-01' | loan_date >=",
        "readers who joined in January 2024 | joined_on >= '2024-01-01' | loan_date >="})
    void theVerbSaysWhichTimeIsMeant(String question, String part, String not) {
        assertThat(sql(question)).contains(part).doesNotContain(not);
    }
}
