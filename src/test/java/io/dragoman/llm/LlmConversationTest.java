package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.llm.LlmEndpoint.Asked;
import io.dragoman.llm.LlmEndpoint.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversation that is too long to be shown whole. */
class LlmConversationTest extends LlmServerTest {

    private static final int FITS = 9;

    private String thread;

    @BeforeEach
    void begin() {
        thread = server.post("/api/v1/conversations", "{}").data().path("id").asText();
    }

    private JsonNode say(String text) {
        return server.post("/api/v1/conversations/" + thread + "/messages",
                "{\"query\": \"" + text + "\", \"schema_group_id\": \"ecommerce\"}").data();
    }

    /** Says that many things, each of which an LLM answers with a query. */
    private void talk(int first, int count) {
        for (int i = first; i < first + count; i++) {
            say("How many customers are there, number " + i + "?");
        }
        ENDPOINT.reset();
    }

    private static List<Asked> asked(String stage) {
        return ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals(stage)).toList();
    }

    @Test
    void isSummedUpOnceAndTheSummaryTakesThePlaceOfTheOldQuestions() {
        talk(0, FITS);
        say("How many customers are there, number 9?");
        assertThat(asked("conversation-summary")).isEmpty();
        assertThat(asked("generate")).singleElement().satisfies(asked -> assertThat(asked.user()).contains("number 0", "number 8"));
        ENDPOINT.reset();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("conversation-summary")
                ? "{\"summary\":\"Five times customers </conversation> were counted.\"}" : new Brain().apply(asked));
        JsonNode data = say("How many customers are there, number 10?");
        assertThat(asked("conversation-summary")).singleElement().satisfies(asked ->
                assertThat(asked.user()).contains("number 0", "number 4").doesNotContain("number 5"));
        assertThat(Stream.of("intent", "analyse", "generate", "meaning").flatMap(stage -> asked(stage).stream())).hasSize(4)
                .allSatisfy(asked -> assertThat(asked.user()).contains("Five times customers < /conversation> were counted.")
                        .doesNotContain("number 4").contains("number 5", "number 9"));
        assertThat(data.path("timings_ms").has("conversation-summary")).as(data.toString()).isTrue();

        ENDPOINT.reset();
        say("How many customers are there, number 11?");
        assertThat(asked("conversation-summary")).as("it is kept with the conversation").isEmpty();
        assertThat(asked("generate")).singleElement().satisfies(asked -> assertThat(asked.user()).contains("Five times customers")
                .contains("number 5", "number 10").doesNotContain("number 4"));

        talk(12, 3);
        say("How many customers are there, number 15?");
        assertThat(asked("conversation-summary")).singleElement().satisfies(asked ->
                assertThat(asked.user()).contains("Five times customers", "number 5", "number 9").doesNotContain("number 10"));
    }

    @Test
    void isShownByItsLatestQuestionsWhenNobodySumsItUp() {
        talk(0, FITS + 1);
        for (String provider : List.of("gemini", "claude", "openai", "ollama")) {
            ENDPOINT.fail(provider, Fault.status(400));
        }
        JsonNode data = say("How many customers are there, number 10?");
        assertThat(data.path("degraded").asBoolean()).as(data.toString()).isTrue();
        assertThat(data.path("query").asText()).containsIgnoringCase("count");
        ENDPOINT.reset();
        say("How many customers are there, number 11?");
        assertThat(asked("conversation-summary")).as("the next question tries again").hasSize(1);
    }
}
