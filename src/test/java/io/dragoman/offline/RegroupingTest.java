package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Conditions that belong together")
class RegroupingTest {

    private final OfflineEngine engine = new OfflineEngine();

    private String sql(String question) {
        Interpretation read = engine.interpret(question, Schemas.league(), List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(read).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) read).plan());
        assertThat(new SqliteDialect().inspect(query, Schemas.league()).findings()).isEmpty();
        return query.replaceAll("\\s+", " ").replace("( ", "(").replace(" )", ")");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "names of goalkeepers older than 30 or strikers younger than 20 | (position = 'Goalkeeper' AND age > 30) OR (position = 'Striker' AND age < 20)",
        "teams in Leeds founded before 1900 or in York founded after 1950 | (city = 'Leeds' AND founded < 1900) OR (city = 'York' AND founded > 1950)",
        "names of teams in Leeds founded before 1900 and of teams in York founded after 1950 | OR (city = 'York'",
        "average age of goalkeepers and strikers | GROUP BY position",
        "how many teams have both goalkeepers and strikers | AND team_id IN (SELECT team_id FROM players WHERE position = 'Striker')",
        "teams with players who joined before 2000 and players who joined after 2010 | INTERSECT",
        "teams that have players who are goalkeepers as well as players who are strikers | INTERSECT",
        "which teams have no players who joined after 2010 | NOT IN (SELECT team_id FROM players WHERE date_joined >= '2011-01-01'",
        "which positions have no players that joined after 2010 | position NOT IN (SELECT position FROM players WHERE date_joined >="})
    void readsThem(String question, String expected) {
        assertThat(sql(question)).containsIgnoringCase(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "for each position of players, how many of them are there | SELECT position, COUNT(*) AS count FROM players GROUP BY position",
        "how many different captains are there | COUNT(DISTINCT captain_id)",
        "which team has the most dates joined | ORDER BY count DESC",
        "teams that have at least a goalkeeper | position = 'Goalkeeper'",
        "the top 3 oldest players | LIMIT 3"})
    void countsRowsOfTheRightKind(String question, String expected) {
        assertThat(sql(question)).containsIgnoringCase(expected);
    }
}
