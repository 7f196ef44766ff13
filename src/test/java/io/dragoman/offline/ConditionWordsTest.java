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

@DisplayName("Words of conditions")
class ConditionWordsTest {

    private static final SchemaGroup LIBRARY = new SchemaGroup(null, "library", null, 1,
            List.of(new SchemaDefinition(null, "library", null, "sqlite", "library")),
            List.of(table("library", "memberacct", key("acct_id"), text("first_name", "Ada", "Bob"), text("last_name", "Jones", "Marsh"),
                            text("home_region", "North", "South"), number("branch_id")),
                    table("library", "branch", key("branch_id"), text("name", "Main", "East"), text("subject", "Art", "History")),
                    table("library", "book", key("book_id"), text("title", "Oak", "Elm"), number("stars"), number("price"), number("branch_id"),
                            text("language", "English", "German")),
                    table("library", "loan", key("loan_id"), number("book_id"), number("acct_id"), column("loan_date", "date"))),
            List.of(new Relationship(null, "memberacct", List.of("branch_id"), "branch", List.of("branch_id"), "many_to_one"),
                    new Relationship(null, "book", List.of("branch_id"), "branch", List.of("branch_id"), "many_to_one"),
                    new Relationship(null, "loan", List.of("book_id"), "book", List.of("book_id"), "many_to_one"),
                    new Relationship(null, "loan", List.of("acct_id"), "memberacct", List.of("acct_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "How many members are there? | SELECT COUNT(*) AS count FROM memberacct",
        "names of branches under the \"Art\" subject | subject = 'Art'",
        "titles of books with 3 or 4 stars | stars = 3 OR stars = 4",
        "titles of books that have the letters k or m in their title | title LIKE '%k%' OR title LIKE '%m%'",
        "What are the names of the regions of members? | home_region",
        "titles of books with a language that contains man | language LIKE '%man%'",
        "branch number of the book Oak | SELECT branch_id",
        "titles of books that are in branch id 2 and are more expensive than the average price of all books | price > (SELECT AVG(price)",
        "titles of books with price higher than the most expensive book with language German | (SELECT MAX(price) FROM book WHERE language = 'German')",
        "ids of branches that have 2 or more corresponding books | HAVING COUNT(*) >= 2",
        "first names of members who have never made a loan before | NOT IN (SELECT",
        "Hi, could you please tell me how many members there are? Thanks! | SELECT COUNT(*) AS count FROM memberacct",
        "I'd like to know the titles of the books, please | SELECT title FROM book",
        "What is the date of the first loan? | ORDER BY loan_date LIMIT 1"})
    void readsThem(String question, String expected) {
        Interpretation read = engine.interpret(question, LIBRARY, List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(read).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) read).plan());
        assertThat(query.replaceAll("\\s+", " ").replace("( ", "(").replace(" NULLS LAST", "")).containsIgnoringCase(expected);
        assertThat(new SqliteDialect().inspect(query, LIBRARY).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"How many loans does Zdenek Jones have?", "Which members live in Zanzibar?"})
    void passesOverNoNameThatNothingKnows(String question) {
        assertThat(engine.interpret(question, LIBRARY, List.of(), null, LocalDate.of(2024, 5, 1))).isInstanceOf(Interpretation.NotUnderstood.class);
    }
}
