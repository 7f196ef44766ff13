package io.dragoman.llm;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which replies are taken from the cache, and until when. */
class LlmKeptRepliesTest extends LlmServerTest {

    /** How many calls a question takes now. */
    private int calls(String question, String model, double temperature) {
        ENDPOINT.reset();
        assertThat(ask("{\"query\": \"" + question + "\", \"schema_group_id\": \"ecommerce\", \"model_config\": {\"provider\": \"openai\","
                + " \"model\": \"" + model + "\", \"temperature\": " + temperature + "}}").data().path("engine").asText()).isEqualTo("llm");
        return ENDPOINT.asked().size();
    }

    /** What tests before this one changed of the group is in its prompts. */
    @BeforeEach
    void settle() {
        eventually(() -> {
            String question = question();
            return calls(question, "gpt-4.1", 0) == 4 && calls(question, "gpt-4.1", 0) == 0;
        });
    }

    @Test
    void aReplyIsUsedForHalfAnHour() {
        String question = question();
        assertThat(calls(question, "gpt-4.1", 0)).isEqualTo(4);
        ahead = Duration.ofMinutes(29);
        assertThat(calls(question, "gpt-4.1", 0)).isZero();
        ahead = Duration.ofMinutes(31);
        assertThat(calls(question, "gpt-4.1", 0)).isEqualTo(4);
        assertThat(calls(question, "gpt-4.1", 0)).isZero();
    }

    @Test
    void aReplyOfAnotherModelOrAtATemperatureIsNotUsed() {
        String question = question();
        assertThat(calls(question, "gpt-4.1", 0)).isEqualTo(4);
        assertThat(calls(question, "gpt-4.1-mini", 0)).isEqualTo(4);
        assertThat(calls(question, "gpt-4.1", 0.2)).isEqualTo(4);
        assertThat(calls(question, "gpt-4.1", 0.2)).as("which differs each time").isEqualTo(4);
        assertThat(calls(question, "gpt-4.1", 0)).isZero();
    }
}
