package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What LLMs are shown of a schema, and say of it. */
class LlmSchemaTest extends LlmServerTest {

    /** The default of dragoman.llm.context-tokens, four characters each. */
    private static final int BUDGET = 6_000 * 4;

    private static String shown(String stage) {
        String user = ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals(stage)).findFirst().orElseThrow().user();
        return user.substring(user.indexOf("<schema>") + "<schema>".length(), user.indexOf("</schema>")).strip();
    }

    private static String table(int number) {
        return "{\"name\": \"parcel_depot_" + number + "\", \"description\": \"Parcels that wait in depot " + number + "\", \"columns\": ["
                + IntStream.range(0, 40).mapToObj(i -> "{\"name\": \"parcel_" + i + "\", \"type\": \"text\", \"description\": \""
                        + "Where parcel " + i + " of the depot is ".repeat(3) + "\", \"sample_values\": [\"shelf " + i + "\", \"ramp " + i + "\"]}")
                        .collect(Collectors.joining(",")) + "]}";
    }

    @Test
    void theBestTablesAreShownWholeTheRestByNameAndValuesOnlyWhereTheQuestionNamesThem() {
        Reply made = server.post("/api/v1/schemas/upload", "{\"schema_group_name\": \"parcels\", \"schema_data\": {\"tables\": ["
                + IntStream.range(0, 12).mapToObj(LlmSchemaTest::table).collect(Collectors.joining(",")) + "]}}");
        assertThat(made.status()).as(made.text()).isLessThan(300);
        try {
            ask("{\"query\": \"Which parcels wait in depot 3 on shelf 7?\", \"schema_group_id\": \"parcels\"}");
            String schema = shown("analyse");
            assertThat(schema.length()).isLessThanOrEqualTo(BUDGET + 100);
            long whole = IntStream.range(0, 12).filter(i -> schema.contains("Table parcel_depot_" + i + ":")).count();
            assertThat(whole).isBetween(2L, 8L);
            assertThat(schema).contains("Other tables, by name only: ");
            IntStream.range(0, 12).forEach(i -> assertThat(schema).contains("parcel_depot_" + i));
            assertThat(schema).contains("[has 'shelf 7']").doesNotContain("shelf 6").doesNotContain("ramp");
        } finally {
            server.send(server.to("/api/v1/schemas/parcels").DELETE());
        }
    }

    @Test
    void theBestTableIsShownByTheNamesOfItsColumnsWhenItDoesNotFitWholeAndTheGlossaryHasItsShare() {
        Reply made = server.post("/api/v1/schemas/upload", "{\"schema_group_name\": \"meters\", \"schema_data\": {\"tables\": ["
                + "{\"name\": \"meter_readings\", \"description\": \"Readings of meters\", \"columns\": ["
                + IntStream.range(0, 300).mapToObj(i -> "{\"name\": \"reading_" + i + "\", \"type\": \"numeric\", \"description\": \""
                        + "What meter number " + i + " showed ".repeat(8) + "\"}").collect(Collectors.joining(",")) + "]}]}}");
        assertThat(made.status()).as(made.text()).isLessThan(300);
        for (int i = 0; i < 8; i++) {
            assertThat(server.post("/api/v1/directives", "{\"schema_group_id\": \"meters\", \"key\": \"rule " + i + "\", \"value\": \""
                    + "A reading is taken at night. ".repeat(60) + "\"}").status()).isEqualTo(200);
        }
        try {
            ask("{\"query\": \"What are the readings of meters?\", \"schema_group_id\": \"meters\"}");
            assertThat(shown("analyse")).hasSizeLessThanOrEqualTo(BUDGET).startsWith("Table meter_readings: Readings of meters")
                    .contains("reading_0 numeric", "reading_299 numeric").doesNotContain("What meter number");
            String user = ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals("analyse")).findFirst().orElseThrow().user();
            String glossary = user.substring(user.indexOf("<glossary>"), user.indexOf("</glossary>"));
            assertThat(glossary).contains("rule 0: A reading", "rule 1: A reading").hasSizeLessThanOrEqualTo(BUDGET / 4 + 20);
        } finally {
            server.send(server.to("/api/v1/schemas/meters").DELETE());
        }
    }

    @Test
    void aQuestionAboutTheSchemaIsAnsweredInTheWordsOfAnLlm() {
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("intent")
                ? well.apply(asked).replace("QUERY_GENERATION", "SCHEMA_DESCRIPTION") : well.apply(asked));
        JsonNode data = ask("{\"query\": \"What tables are there, " + question() + "\", \"schema_group_id\": \"ecommerce\"}").json().path("data");
        assertThat(data.path("answer").path("text").asText()).as(data.toString()).isEqualTo("There are customers.");
        assertThat(ENDPOINT.asked()).extracting(Brain::stage).containsExactly("intent", "describe");
        assertThat(shown("describe")).contains("orders");
    }
}
