package io.dragoman.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The period that something is the most in")
class PeriodExtremesTest {

    /** Guests who book rooms of a hotel, which has one table of what happens when. */
    private static final SchemaGroup HOTEL = new SchemaGroup(null, "hotel", null, 1, List.of(new SchemaDefinition(null, "hotel", null, "sqlite", "hotel")),
            List.of(Schemas.table("hotel", "guests", Schemas.key("guest_id"), Schemas.text("name", "Ann Lee")),
                    Schemas.table("hotel", "bookings", Schemas.key("booking_id"), Schemas.number("guest_id"), Schemas.column("arrival_date", "date"),
                            Schemas.number("nights"), Schemas.column("room_charge", "decimal(10,2)"))),
            List.of(new Relationship(null, "bookings", List.of("guest_id"), "guests", List.of("guest_id"), "many_to_one")),
            List.of(), List.of(new Directive(null, "turnover", "money from rooms", null, "sum(bookings.room_charge)")), List.of());

    /** Shops whose table of sales says what each brought in. */
    private static final SchemaGroup CHAIN = new SchemaGroup(null, "chain", null, 1, List.of(new SchemaDefinition(null, "chain", null, "sqlite", "chain")),
            List.of(Schemas.table("chain", "shops", Schemas.key("shop_id"), Schemas.text("shop_name", "Harbour")),
                    Schemas.table("chain", "sales", Schemas.key("id"), Schemas.number("shop_id"), Schemas.column("sale_date", "date"),
                            Schemas.number("units_sold"), Schemas.column("turnover", "decimal(10,2)"))),
            List.of(new Relationship(null, "sales", List.of("shop_id"), "shops", List.of("shop_id"), "many_to_one")),
            List.of(), List.of(), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    private Interpretation ask(String question, SchemaGroup group) {
        return engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 5, 1));
    }

    private String sql(String question, SchemaGroup group) {
        Interpretation result = ask(question, group);
        assertThat(result).as(question).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) result).plan());
        assertThat(new SqliteDialect().inspect(query, group).findings()).isEmpty();
        return query.replaceAll("\\s+", " ").replace(" NULLS LAST", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "which month had the most bookings? | strftime('%Y-%m | COUNT(*) AS count | ORDER BY count DESC, period LIMIT 1",
        "in which month were the fewest bookings made | strftime('%Y-%m | COUNT(*) AS count | ORDER BY count, period LIMIT 1",
        "what was our best month by turnover | strftime('%Y-%m | SUM(room_charge) | DESC, period LIMIT 1",
        "which month had the highest sales? | strftime('%Y-%m | SUM(room_charge) | DESC, period LIMIT 1",
        "top 3 months by turnover | strftime('%Y-%m | SUM(room_charge) | LIMIT 3",
        "which quarter of 2023 had the lowest turnover | arrival_date >= '2023-01-01' | SUM(room_charge) | LIMIT 1",
        "busiest day of the week | strftime('%w' | COUNT(*) AS count | ORDER BY count DESC, period LIMIT 1",
        "which year had the highest average nights | strftime('%Y' | AVG(nights) | LIMIT 1"})
    void groupsByThePeriodAndTakesTheFirst(String question, String period, String measure, String end) {
        assertThat(sql(question, HOTEL)).contains(period).contains(measure).contains(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "which shop had the highest sales last year? | SUM(t2.turnover) | LIMIT 1",
        "top 3 shops by sales | SUM(t1.turnover) | LIMIT 3",
        "what was total sales in March 2024? | SUM(turnover) | '2024-03-01'",
        "which month had the highest sales | SUM(turnover) | LIMIT 1",
        "average sales by shop | AVG(t1.turnover) | GROUP BY",
        "how many sales were there in 2024? | COUNT(*) | '2024-01-01'"})
    void takesTheColumnOfWhatSalesBroughtIn(String question, String measure, String part) {
        assertThat(sql(question, CHAIN)).contains(measure).contains(part);
    }

    @Test
    @Timeout(10)
    void refusesAQuestionOfManyQuestionsInGoodTime() {
        String question = "which month had the highest sales or the most bookings ".repeat(36);
        assertThat(ask(question, HOTEL)).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"best month", "which month had the highest occupancy"})
    void refusesWhereNothingSaysWhatIsMeasured(String question) {
        assertThat(ask(question, HOTEL)).isNotInstanceOf(Interpretation.Understood.class);
    }

    @Test
    void groupsAnAmountByTheYearThatFollowsIt() {
        assertThat(sql("average nights by year", HOTEL)).contains("GROUP BY");
    }

    @Test
    void leavesTheRowWithTheHighestAmountAlone() {
        assertThat(sql("on which day was the largest booking", HOTEL)).doesNotContain("COUNT(");
    }

    @Test
    void asksBackWhichEventsAreMeantWhereThereAreSeveral() {
        SchemaGroup two = new SchemaGroup(null, "hotel", null, 1, HOTEL.definitions(), List.of(HOTEL.tables().get(0), HOTEL.tables().get(1),
                Schemas.table("hotel", "complaints", Schemas.key("complaint_id"), Schemas.number("guest_id"), Schemas.column("filed_on", "date"))),
                List.of(HOTEL.relationships().get(0), new Relationship(null, "complaints", List.of("guest_id"), "guests", List.of("guest_id"), "many_to_one")),
                List.of(), List.of(), List.of());
        assertThat(ask("busiest month", two)).isInstanceOfSatisfying(Interpretation.Ambiguous.class, asked -> {
            assertThat(asked.choices()).hasSize(2);
            assertThat(asked.choices()).allSatisfy(choice -> assertThat(sql(choice, two)).contains("COUNT(*)"));
        });
    }
}
