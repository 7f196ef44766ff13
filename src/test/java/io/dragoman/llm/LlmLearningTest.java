package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server;
import io.dragoman.api.access.Tenants;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class LlmLearningTest extends LlmServerTest {

    @Autowired
    private JdbcClient database;

    /** What tests before this one taught is forgotten within two seconds. */
    @BeforeEach
    void nothingIsKnown() {
        eventually(() -> {
            ENDPOINT.reset();
            ask(body(question(), "ecommerce"));
            return shown("generate", "fixes").equals(List.of("none"));
        });
        ENDPOINT.reset();
    }

    @AfterEach
    void forget() {
        database.sql("DELETE FROM prior_fixes").update();
    }

    /** Writes a query over a table that is not there, and mends it. */
    private static void writesWrong(String table) {
        Brain well = new Brain();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("generate")
                ? "{\"query\":\"SELECT count(*) FROM " + table + "\",\"explanation\":\"Counted.\",\"confidence\":0.9}"
                : well.apply(asked));
    }

    private static String body(String question, String group) {
        return "{\"query\": \"" + question + "\", \"schema_group_id\": \"" + group + "\", \"execute\": true}";
    }

    /** What stands between the marks of the prompts of a stage. */
    private static List<String> shown(String stage, String mark) {
        return ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals(stage)).map(LlmEndpoint.Asked::user)
                .map(user -> user.substring(user.indexOf("<" + mark + ">") + mark.length() + 2, user.indexOf("</" + mark + ">"))
                        .strip()).toList();
    }

    @Test
    void whatMendedAQueryIsInTheNextPromptsOfTheGroupAndOfNoOther() {
        writesWrong("custmers");
        JsonNode mended = ask(body(question(), "ecommerce")).json().path("data");
        assertThat(mended.path("refinements").asInt()).as(mended.toString()).isEqualTo(1);
        assertThat(shown("generate", "fixes")).containsExactly("none");
        assertThat(shown("refine", "fixes")).containsExactly("none");

        ENDPOINT.reset();
        writesWrong("custommers");
        ask(body(question(), "ecommerce"));
        for (String stage : List.of("generate", "refine")) {
            assertThat(shown(stage, "fixes")).singleElement().asString().contains("Wrong: SELECT count(*) FROM custmers")
                    .contains("Finding: UNKNOWN_TABLE").contains("Right: SELECT count(*) AS customers FROM customers");
        }

        ENDPOINT.reset();
        Server elsewhere = new Tenants(server).caller("[\"asker\"]", "\"schema_groups\": [\"retail\"],");
        elsewhere.post("/api/v1/query", body(question(), "retail"));
        assertThat(ENDPOINT.asked()).isNotEmpty().noneMatch(asked -> asked.user().contains("custmers"));
    }

    @Test
    void aQueryThatNobodyMendedTeachesNothing() {
        ENDPOINT.replies(asked -> switch (Brain.stage(asked)) {
            case "generate", "refine" ->
                "{\"query\":\"SELECT count(*) FROM nowhere\",\"explanation\":\"Counted.\",\"confidence\":0.9}";
            default -> new Brain().apply(asked);
        });
        refused(ask(body(question(), "ecommerce")), 500, "GENERATION_FAILED");
        assertThat(ENDPOINT.asked()).as("it is analysed again with what failed").anySatisfy(asked -> {
            assertThat(asked.system()).startsWith("You find out why");
            assertThat(asked.user()).contains("SELECT count(*) FROM nowhere").contains("UNKNOWN_TABLE");
        });
        assertThat(database.sql("SELECT count(*) FROM prior_fixes").query(Integer.class).single()).isZero();
    }

    @Test
    void anExampleThatMeansTheSameInOtherWordsIsShown() {
        String id = server.post("/api/v1/examples", """
                {"schema_group_id": "ecommerce", "question": "How many clients do we have?",
                 "query": "SELECT count(*) AS clients FROM customers"}""").data().path("id").asText();
        try {
            ask(body(question(), "ecommerce"));
            assertThat(shown("generate", "examples")).singleElement().asString().contains("How many clients do we have?")
                    .contains("SELECT count(*) AS clients FROM customers");
        } finally {
            server.send(server.to("/api/v1/examples/" + id).DELETE());
        }
    }

    @Test
    void aQuestionThatAnExampleAnswersIsNotReadByAnLlm() {
        String id = server.post("/api/v1/examples", """
                {"schema_group_id": "ecommerce", "question": "How many clients do we have?",
                 "query": "SELECT count(*) AS clients FROM customers"}""").data().path("id").asText();
        try {
            JsonNode data = ask(body("how many clients do we have", "ecommerce")).json().path("data");
            assertThat(data.path("query").asText()).as(data.toString()).startsWith("SELECT count(*) AS clients");
            assertThat(data.path("results").path("rows").path(0).path(0).asInt()).isEqualTo(20);
            assertThat(ENDPOINT.asked()).extracting(Brain::stage).containsExactly("intent", "answer");
        } finally {
            server.send(server.to("/api/v1/examples/" + id).DELETE());
        }
    }
}
