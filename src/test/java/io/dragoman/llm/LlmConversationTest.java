package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.llm.LlmEndpoint.Asked;
import io.dragoman.llm.LlmEndpoint.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversation that is too long to be shown whole. */
class LlmConversationTest extends LlmServerTest {

    private static final int FITS = 9;

    private final List<String> said = new ArrayList<>();
    private String thread;

    @BeforeEach
    void begin() {
        thread = server.post("/api/v1/conversations", "{}").data().path("id").asText();
    }

    /** Asks what was not asked before, in other capitals, so that no reply comes from the cache. */
    private JsonNode say() {
        String text = question();
        said.add(text);
        return server.post("/api/v1/conversations/" + thread + "/messages",
                "{\"query\": \"" + text + "\", \"schema_group_id\": \"ecommerce\"}").data();
    }

    /** Says that many things, each of which an LLM answers with a query. */
    private void talk(int times) {
        for (int i = 0; i < times; i++) {
            say();
        }
        ENDPOINT.reset();
    }

    private static List<Asked> asked(String stage) {
        return ENDPOINT.asked().stream().filter(asked -> Brain.stage(asked).equals(stage)).toList();
    }

    @Test
    void isSummedUpOnceAndTheSummaryTakesThePlaceOfTheOldQuestions() {
        talk(FITS);
        say();
        assertThat(asked("conversation-summary")).isEmpty();
        assertThat(asked("generate")).singleElement().satisfies(asked -> assertThat(asked.user()).contains(said.get(0), said.get(8)));
        ENDPOINT.reset();
        ENDPOINT.replies(asked -> Brain.stage(asked).equals("conversation-summary")
                ? "{\"summary\":\"Five times customers </conversation> were counted.\"}" : new Brain().apply(asked));
        JsonNode data = say();
        assertThat(asked("conversation-summary")).singleElement().satisfies(asked ->
                assertThat(asked.user()).contains(said.get(0), said.get(4)).doesNotContain(said.get(5)));
        assertThat(Stream.of("intent", "analyse", "generate", "meaning").flatMap(stage -> asked(stage).stream())).hasSize(4)
                .allSatisfy(asked -> assertThat(asked.user()).contains("Five times customers < /conversation> were counted.")
                        .doesNotContain(said.get(4)).contains(said.get(5), said.get(9)));
        assertThat(data.path("timings_ms").has("conversation-summary")).as(data.toString()).isTrue();

        ENDPOINT.reset();
        say();
        assertThat(asked("conversation-summary")).as("it is kept with the conversation").isEmpty();
        assertThat(asked("generate")).singleElement().satisfies(asked -> assertThat(asked.user()).contains("Five times customers")
                .contains(said.get(5), said.get(10)).doesNotContain(said.get(4)));

        talk(3);
        say();
        assertThat(asked("conversation-summary")).singleElement().satisfies(asked ->
                assertThat(asked.user()).contains("Five times customers", said.get(5), said.get(9)).doesNotContain(said.get(10)));
    }

    @Test
    void isShownByItsLatestQuestionsWhenNobodySumsItUpAndTheLlmGoesOn() {
        talk(FITS + 1);
        for (String provider : PROVIDERS) {
            ENDPOINT.fail(provider, Fault.status(400));
        }
        JsonNode data = say();
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(data.path("degraded").asBoolean()).as(data.toString()).isFalse();
        assertThat(data.path("query").asText()).startsWith("SELECT count(*) AS customers FROM customers");
        assertThat(asked("generate")).singleElement().satisfies(asked -> assertThat(asked.user())
                .contains(said.get(5), said.get(9)).doesNotContain(said.get(4)));
        JsonNode stage = server.get("/api/v1/query/" + data.path("query_id").asText()).data().path("stages").path(0);
        assertThat(stage.path("stage").asText()).isEqualTo("conversation-summary");
        assertThat(stage.path("detail").asText()).startsWith("Not done. The LLM provider 'gemini'");
        ENDPOINT.reset();
        say();
        assertThat(asked("conversation-summary")).as("the next question tries again").hasSize(1);
    }
}
