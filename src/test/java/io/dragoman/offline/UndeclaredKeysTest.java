package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Schemas without keys and relationships")
class UndeclaredKeysTest {

    private static final SchemaGroup LIBRARY = new SchemaGroup(null, "library", null, 1,
            List.of(new SchemaDefinition(null, "library", null, "sqlite", "library")),
            List.of(Schemas.table("library", "author", Schemas.number("aid"), Schemas.text("name", "Ann Lee"), Schemas.text("phone", "123")),
                    Schemas.table("library", "writes", Schemas.number("aid"), Schemas.number("pid")),
                    Schemas.table("library", "publication", Schemas.text("title", "On Keys"), Schemas.number("pid"), Schemas.number("year"),
                            Schemas.number("citation_num"), Schemas.text("city_name", "Leeds", "York")),
                    Schemas.table("library", "geography", Schemas.text("city_name", "Leeds", "York"), Schemas.text("region", "Yorkshire")),
                    Schemas.table("library", "shop", Schemas.number("id"), Schemas.text("name", "Books & Co"), Schemas.text("phone", "456")),
                    Schemas.table("library", "sale", Schemas.number("sale_no"), Schemas.number("shop_id"), Schemas.number("pid"),
                            Schemas.number("quantity"))),
            List.of(), List.of(), List.of(), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question) {
        return engine.interpret(question, LIBRARY, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "titles of publications by author Ann Lee | publication.pid = writes.pid",
        "how many publications are there in each region | publication.city_name = geography.city_name",
        "total quantity sold by shop Books & Co | sale.shop_id = shop.id",
        "total number of citations of each author | SUM(citation_num)",
        "average number of citations per year | AVG(citation_num)",
        "publications with more than 3 citations | citation_num > 3",
        "show shop_id and quantity of all sales | SELECT shop_id, quantity",
        "phone numbers of all authors and shops | SELECT phone FROM author UNION SELECT phone FROM shop",
        "which phone is used by both authors and shops | SELECT phone FROM author INTERSECT SELECT phone FROM shop",
        "top 2 cities by number of publications | GROUP BY city_name",
        "the top 3 years in terms of total citations | SUM(citation_num)"})
    void readsThem(String question, String expected) {
        Interpretation read = ask(question);
        assertThat(read).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) read).plan());
        assertThat(new SqliteDialect().inspect(query, LIBRARY).findings()).isEmpty();
        assertThat(named(query)).containsIgnoringCase(expected);
    }

    /** The query in one line, with the tables' names for their aliases; sides of a join in the order of their names. */
    private static String named(String query) {
        String text = query.replaceAll("\\s+", " ");
        java.util.regex.Matcher sources = java.util.regex.Pattern.compile("(?:FROM|JOIN) (\\w+) (t\\d+)").matcher(query);
        while (sources.find()) {
            text = text.replaceAll("\\b" + sources.group(2) + "\\.", sources.group(1) + ".");
        }
        text = text.replaceAll("(shop\\.id) = (sale\\.shop_id)", "$2 = $1").replaceAll("(writes\\.pid) = (publication\\.pid)", "$2 = $1")
                .replaceAll("(geography\\.city_name) = (publication\\.city_name)", "$2 = $1");
        return text.replaceAll("(?<=\\()\\w+\\.(?=citation_num)", "").replaceAll("(?<=GROUP BY )\\w+\\.", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"How many shops in each region have parking options?", "What is the process for changing a city name?",
        "what is the weather in York"})
    void refusesWhatNothingSays(String question) {
        assertThat(ask(question)).isInstanceOf(Interpretation.NotUnderstood.class);
    }
}
