package io.dragoman.offline;

import static io.dragoman.offline.Schemas.column;
import static io.dragoman.offline.Schemas.key;
import static io.dragoman.offline.Schemas.number;
import static io.dragoman.offline.Schemas.table;
import static io.dragoman.offline.Schemas.text;
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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Words of the schema, and plans that can mean something")
class WordsOfSchemasTest {

    private static final SchemaGroup CAMPUS = new SchemaGroup(null, "campus", null, 1,
            List.of(new SchemaDefinition(null, "campus", null, "sqlite", "campus")),
            List.of(table("campus", "hall", key("hall_id"), text("hall_name", "Elm", "Oak"), number("capacity"), number("open_year"),
                            text("town", "York", "Leeds")),
                    table("campus", "student", key("student_id"), text("name", "Ann Lee", "Bo Marsh"), number("age"), number("hall_id"),
                            number("advisor"), column("joined", "date")),
                    table("campus", "lecture", key("lecture_id"), text("title", "Logic"), number("section"), number("enr"),
                            number("acc_percent"), text("publisher", "Mott", "Penn"), column("active_to_date", "date")),
                    table("campus", "rating", key("rating_id"), number("lecture_id"), number("stars"), column("rated_on", "date")),
                    table("campus", "parcel", key("p_parcelkey"), number("p_weight"), text("p_comment", "fragile", "Blue box", "Blue round tin", "Red box"), number("p_tax")),
                    table("campus", "district", key("district_id"), text("district_name", "North", "South"), number("city_population"))),
            List.of(new Relationship(null, "student", List.of("hall_id"), "hall", List.of("hall_id"), "many_to_one"),
                    new Relationship(null, "rating", List.of("lecture_id"), "lecture", List.of("lecture_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "What is the average enrollment of lectures? | SELECT AVG(enr)",
        "Which lecture has the highest acc percent? | ORDER BY acc_percent DESC",
        "What is the average tax of parcels? | SELECT AVG(p_tax)",
        "What is the \"active to date\" of the lecture Logic? | SELECT active_to_date",
        "Which district has the most residents? | ORDER BY city_population DESC"})
    void readsShortAndPrefixedNames(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "How many advisors are there? | COUNT(DISTINCT advisor)",
        "How many sections does each lecture have? | COUNT(DISTINCT section)",
        "How many halls have the town York? | SELECT COUNT(*) AS count FROM hall WHERE town = 'York'",
        "What is the average age of students of the hall with the largest capacity? | SELECT hall_id FROM hall ORDER BY capacity DESC LIMIT 1",
        "What is the average age of students of the largest hall in Leeds? | FROM hall WHERE town = 'Leeds' ORDER BY capacity DESC",
        "How many students are under 20? | age < 20",
        "names of students over 18 | age > 18"})
    void countsAndMeasuresWhatIsMeant(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "names of halls sorted by the highest capacity | ORDER BY capacity DESC",
        "List the hall names by open year from the most recent to the oldest | ORDER BY open_year DESC",
        "Show the highest, lowest, and average capacity of halls | SELECT MAX(capacity) AS max_capacity, MIN(capacity) AS min_capacity, AVG(capacity)",
        "What are the highest capacity and lowest capacity of halls? | SELECT MAX(capacity) AS max_capacity, MIN(capacity)",
        "What is the average rating of the lecture Logic? | AVG(t1.stars)",
        "List the publishers whose name starts with M | publisher LIKE 'M%'"})
    void ordersAndAggregates(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "Which hall has the most students? | ORDER BY count DESC, t1.hall_id DESC LIMIT 1",
        "How many parcels are Blue? | p_comment LIKE 'Blue %'",
        "How many parcels are Red? | p_comment = 'Red box'"})
    void breaksTiesAndTakesSharedBeginnings(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which hall has the most chimneys?", "Which halls have more than 3 kinds of chimneys?",
        "students with between 10 and 30 dollars outstanding"})
    void refusesWhatCannotBe(String question) {
        assertThat(engine.interpret(question, CAMPUS, List.of(), null, LocalDate.of(2024, 5, 1)))
                .as(question).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    private void reads(String question, String expected) {
        Interpretation read = engine.interpret(question, CAMPUS, List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(read).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) read).plan());
        assertThat(query.replaceAll("\\s+", " ").replace("( ", "(")).containsIgnoringCase(expected);
        assertThat(new SqliteDialect().inspect(query, CAMPUS).findings()).isEmpty();
    }
}
