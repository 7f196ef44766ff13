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
        "how many appointments per patient on average? | COUNT(*) * 1.0 / NULLIF(COUNT(DISTINCT t2.patient_id), 0)",
        "average number of appointments per room | COUNT(*) * 1.0 / NULLIF(COUNT(DISTINCT room), 0)",
        "on average, how many appointments does a patient have | COUNT(*) * 1.0 / NULLIF(COUNT(DISTINCT t2.patient_id), 0)"})
    void averagesCountsOfGroups(String question, String expected) {
        reads(question, expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"average number of appointments"})
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
