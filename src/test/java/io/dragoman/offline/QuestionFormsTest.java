package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Forms of questions")
class QuestionFormsTest {

    private static final SchemaGroup CODED = new SchemaGroup(null, "coded", null, 1,
            List.of(new SchemaDefinition(null, "coded", null, "sqlite", "coded")),
            List.of(new TableDefinition(null, "coded", "kd01", "Patients admitted to the clinic", List.of(), List.of(Schemas.key("k_id"),
                    described("f1", "text", "Surname"), described("f2", "date", "Day of admission"),
                    described("f3", "integer", "Number of nights that the patient stays in a ward"),
                    described("f4", "text", "Insurance company that pays for the treatment", "Allianz", "Barmer")), null)),
            List.of(), List.of(), List.of(), List.of());

    private static ColumnDefinition described(String name, String type, String description, String... samples) {
        return new ColumnDefinition(name, type, description, true, false, List.of(), List.of(samples), null);
    }

    private final OfflineEngine engine = new OfflineEngine();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"surnames of patients | SELECT f1 FROM kd01", "average nights of patients | AVG(f3)",
        "how many patients per insurance | GROUP BY f4", "how many patients per insurance company | GROUP BY f4",
        "surnames of patients with more than 5 nights | f3 > 5", "how many pateints does Allianz insure | f4 = 'Allianz'"})
    void readsWordsOfDescriptions(String question, String expected) {
        reads(question, CODED, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "names of players aged either 20 or 21 | Age = 20 OR age = 21",
        "players who are 20 years old | age = 20",
        "players older than 30 years of age | age > 30",
        "names of players aged 20 to 25 | age BETWEEN 20 AND 25",
        "show all positions | SELECT DISTINCT position FROM players",
        "teams with at least 3 goalkeepers | HAVING COUNT(*) >= 3",
        "when did Ann Lee leave | date_left",
        "what is the birthday of Ann Lee | date_of_birth",
        "teams that have been visiting in matches with an attendance above 500 | visiting_team_id",
        "teams that have been at home in matches with an attendance above 500 | home_team_id",
        "which positions have no player older than 30 | position NOT IN (SELECT position FROM players WHERE age > 30",
        "the 2 best paid players of each team | (SELECT COUNT(*) FROM",
        "the top 3 oldest players of each position | t2.age > t1.age ) < 3",
        "list the home team and the visiting team of each match | (SELECT t3.name FROM teams t3 WHERE t3.team_id = t1.visiting_team_id)",
        "names of players and their captains | (SELECT t2.name FROM players t2 WHERE t2.player_id = t1.captain_id)",
        "top 2 teams by number of players in each city | HAVING COUNT(*) IN (SELECT COUNT(*)",
        "top 2 positions with the most players in each team | HAVING COUNT(*) IN (SELECT COUNT(*)",
        "the 2 teams with the highest total salary of players in each city | HAVING SUM(",
        "non goalkeepers | position <> 'Goalkeeper'",
        "what is the total salary earned by players older than 30 | SELECT SUM(salary)",
        "players whose position is not the position of a goalkeeper | position <> 'Goalkeeper'",
        "names of players who are strikers or earn more than 5000 | position = 'Striker' OR salary > 5000"})
    void readsThem(String question, String expected) {
        reads(question, Schemas.league(), expected);
    }

    private void reads(String question, SchemaGroup group, String expected) {
        Interpretation read = engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(read).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) read).plan());
        assertThat(query.replaceAll("\\s+", " ").replace("( ", "(")).containsIgnoringCase(expected);
        assertThat(new SqliteDialect().inspect(query, group).findings()).isEmpty();
    }
}
