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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Questions as analysts ask them every day")
class EverydayQuestionsTest {

    /** A clinic: patients, their appointments and what was paid. */
    private static final SchemaGroup CLINIC = new SchemaGroup(null, "clinic", null, 1,
            List.of(new SchemaDefinition(null, "clinic", null, "sqlite", "clinic")),
            List.of(Schemas.table("clinic", "patients", Schemas.key("patient_id"), Schemas.text("name", "Ann Lee", "Bob Fox"),
                            Schemas.text("city", "Leeds", "York"), Schemas.column("registered_at", "timestamp")),
                    Schemas.table("clinic", "appointments", Schemas.key("appointment_id"), Schemas.number("patient_id"),
                            Schemas.column("booked_at", "timestamp"), Schemas.text("room", "A1", "B2"), Schemas.column("fee_amount", "decimal(8,2)"))),
            List.of(new Relationship(null, "appointments", List.of("patient_id"), "patients", List.of("patient_id"), "many_to_one")),
            List.of(), List.of(new Directive(null, "revenue", "all fees", null, "sum(appointments.fee_amount)")), List.of());

    private final OfflineEngine engine = new OfflineEngine();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "how many appointments per patient on average? | CAST(COUNT(*) AS REAL) / COUNT(DISTINCT",
        "average number of appointments per room | CAST(COUNT(*) AS REAL) / COUNT(DISTINCT room)",
        "on average, how many appointments does a patient have | CAST(COUNT(*) AS REAL) / COUNT(DISTINCT"})
    void averagesCountsOfGroups(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "how much revenue did we make in 2024? | SELECT SUM(fee_amount) AS revenue FROM appointments WHERE",
        "how much did we earn | SELECT SUM(fee_amount) AS revenue FROM appointments",
        "how much money came in last month | SELECT SUM(fee_amount) AS revenue FROM appointments WHERE",
        "how much was paid by Ann Lee | SELECT SUM(t1.fee_amount)"})
    void sumsWhatCameIn(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "list each patient with their fee amount and number of appointments | SUM(t1.fee_amount)",
        "number of appointments and fee amount per patient | COUNT(*) AS count, SUM(t1.fee_amount)",
        "patients in Leeds and their total spend | t1.name, SUM(t2.fee_amount)",
        "who spent the most in 2024 | WHERE t2.booked_at >= '2024-01-01'"})
    void sumsWhatBelongsToARow(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "which patients booked more than 2 times? | JOIN appointments t2 ON t1.patient_id = t2.patient_id GROUP BY t1.patient_id, t1.name HAVING COUNT(*) > 2",
        "how many patients booked an appointment in 2024 | SELECT COUNT(DISTINCT t1.patient_id)",
        "number of distinct patients who booked in 2024 | WHERE t2.booked_at >= '2024-01-01'",
        "how many patients registered in 2024 | registered_at >= '2024-01-01'"})
    void readsVerbsAsWhatHappened(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "show the last 5 appointments with patient names | t2.name FROM appointments t1 JOIN patients t2",
        "appointments with the name of the patient and the city | t2.name, t2.city FROM",
        "appointments with room and patient name | t1.room, t2.name FROM"})
    void showsWhatStandsAfterWith(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"oldest appointment | ORDER BY booked_at NULLS LAST LIMIT 1", "oldest patient | ORDER BY registered_at NULLS LAST LIMIT 1"})
    void ordersRowsBySinceWhenTheyAreThere(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "patients that booked once | HAVING COUNT(*) = 1",
        "who booked the most appointments | COUNT(*) AS count FROM patients t1 JOIN appointments t2",
        "how many patients have not booked in 2024 | SELECT COUNT(*) AS count FROM patients WHERE patient_id NOT IN",
        "patients with their city and registered_at | SELECT patient_id, name, city, registered_at",
        "each city with number of patients and total revenue | SELECT t1.city, COUNT(DISTINCT t1.patient_id) AS count, SUM(t2.fee_amount) AS revenue"})
    void countsWhatBelongsToWhom(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"patients and their total discount", "patients who saw somebody more than 3 times","average number of appointments"})
    void refusesWhatIsNotSaid(String question) {
        assertThat(engine.interpret(question, CLINIC, List.of(), null, LocalDate.of(2024, 5, 1))).isInstanceOf(Interpretation.NotUnderstood.class);
    }

    private void reads(String question, String expected) {
        Interpretation read = engine.interpret(question, CLINIC, List.of(), null, LocalDate.of(2024, 5, 1));
        assertThat(read).isInstanceOf(Interpretation.Understood.class);
        String query = new SqliteDialect().render(((Interpretation.Understood) read).plan());
        assertThat(query.replaceAll("\\s+", " ").replace("( ", "(")).containsIgnoringCase(expected);
        assertThat(new SqliteDialect().inspect(query, CLINIC).findings()).isEmpty();
    }
}
