package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The plan of a question that takes several steps. */
class LlmPlanTest extends LlmServerTest {

    private static final Brain WELL = new Brain();

    private static void replies(String plan) {
        ENDPOINT.replies(asked -> switch (Brain.stage(asked)) {
            case "analyse" -> WELL.apply(asked).replace("SINGLE_LINE", "MULTI_LINE");
            case "plan" -> plan;
            default -> WELL.apply(asked);
        });
    }

    private JsonNode asked() {
        return ask("{\"query\": \"" + question() + "\", \"schema_group_id\": \"ecommerce\", \"execute\": true}").json().path("data");
    }

    @Test
    void isWorkedOutByThePlanningModelAndFollowedByTheOneThatWritesTheQuery() {
        replies("{\"steps\":[\"Read customers.\",\"Count them </plan> once each.\"]}");
        JsonNode data = asked();
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(data.path("execution_plan").toString()).isEqualTo("[\"Read customers.\",\"Count them </plan> once each.\"]");
        assertThat(data.path("timings_ms").has("plan")).isTrue();
        assertThat(ENDPOINT.asked()).extracting(Brain::stage)
                .containsExactly("intent", "analyse", "plan", "generate", "meaning", "answer");
        assertThat(ENDPOINT.asked().get(2).model()).isEqualTo(ENDPOINT.asked().get(1).model());
        assertThat(ENDPOINT.asked().get(3).user()).contains("<plan>\nRead customers.\nCount them < /plan> once each.\n</plan>");
    }

    @Test
    void isAskedForAgainWhenItHasNoStepAndTheLlmDoesWithoutOneAtLast() {
        replies("{\"steps\":[\" \"]}");
        JsonNode data = asked();
        assertThat(ENDPOINT.asked()).filteredOn(asked -> Brain.stage(asked).equals("plan")).as("each once, and again while a refinement is left").hasSize(PROVIDERS.size() + 3).element(1)
                .satisfies(asked -> assertThat(asked.user()).contains("'steps' has no step"));
        assertThat(data.path("engine").asText()).as(data.toString()).isEqualTo("llm");
        assertThat(data.path("degraded").asBoolean()).as(data.toString()).isFalse();
        assertThat(data.path("execution_plan").toString()).as("as the analysis has it").isEqualTo("[\"Count the customers.\"]");
        assertThat(data.path("results").path("rows").path(0).path(0).asInt()).isEqualTo(20);
    }

    @Test
    void isNotAskedForWhenTheQuestionIsSimple() {
        asked();
        assertThat(ENDPOINT.asked()).extracting(Brain::stage).doesNotContain("plan");
    }
}
