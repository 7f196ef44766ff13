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
            assertThat(schema.length()).isLessThanOrEqualTo(BUDGET + 1_000);
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
