package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Server.Reply;
import io.dragoman.llm.LlmEndpoint.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmPipelineTest extends LlmServerTest {

    private Reply askOf(String provider) {
        return ask("""
                {"query": "%s", "schema_group_id": "ecommerce", "execute": true,
                 "model_config": {"provider": "%s"}}""".formatted(question(), provider));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude", "openai", "ollama"})
    void everyProviderDoesTheWholePipeline(String provider) {
        Reply reply = askOf(provider);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode data = reply.json().path("data");
        assertThat(data.path("engine").asText()).as(reply.text()).isEqualTo("llm");
        assertThat(data.path("degraded").asBoolean()).as(data.path("degraded_reason").asText()).isFalse();
        assertThat(data.path("query").asText()).startsWith("SELECT count(*) AS customers FROM customers");
        assertThat(data.path("results").path("rows").path(0).path(0).asLong()).isEqualTo(20);
        assertThat(data.path("answer").path("text").asText()).isEqualTo("There are 20 customers.");
        assertThat(ENDPOINT.asked(provider)).extracting(Brain::stage)
                .containsExactly("intent", "analyse", "generate", "meaning", "answer");
        assertThat(ENDPOINT.asked(provider)).allMatch(LlmEndpoint.Asked::schema);
        assertThat(ENDPOINT.asked()).hasSameSizeAs(ENDPOINT.asked(provider));
        assertThat(data.path("usage").path("input_tokens").asLong()).isEqualTo(5 * 120);
        assertThat(data.path("usage").path("output_tokens").asLong()).isEqualTo(5 * 30);
        assertThat(reply.text()).doesNotContain("key-of-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude", "openai", "ollama"})
    void aCallThatIsRefusedForNowIsTriedAgainAfterThePauseThatTheProviderAskedFor(String provider) {
        ENDPOINT.fail(provider, Fault.retryAfter(429, "0.2"), Fault.retryAfter(529, "0.1"));
        long started = System.nanoTime();
        Reply reply = askOf(provider);
        long elapsedMs = (System.nanoTime() - started) / 1_000_000;
        assertThat(reply.json().path("data").path("engine").asText()).as(reply.text()).isEqualTo("llm");
        assertThat(reply.json().path("data").path("degraded").asBoolean()).isFalse();
        assertThat(ENDPOINT.asked(provider)).hasSize(7);
        assertThat(elapsedMs).isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude", "openai", "ollama"})
    void aReplyThatIsNoJsonIsAskedForOnceMore(String provider) {
        ENDPOINT.fail(provider, Fault.text("I would rather talk about the weather."));
        Reply reply = askOf(provider);
        assertThat(reply.json().path("data").path("engine").asText()).as(reply.text()).isEqualTo("llm");
        assertThat(ENDPOINT.asked(provider)).hasSize(6);
        assertThat(ENDPOINT.asked(provider).get(1).user()).contains("could not be used")
                .contains("talk about the weather");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude", "openai", "ollama"})
    void theNextProviderIsAskedWhenOneFailsForGood(String provider) {
        ENDPOINT.fail(provider, Fault.status(401), Fault.status(401), Fault.status(401), Fault.status(401), Fault.status(401));
        Reply reply = askOf(provider);
        assertThat(reply.json().path("data").path("engine").asText()).as(reply.text()).isEqualTo("llm");
        assertThat(reply.json().path("data").path("degraded").asBoolean()).isFalse();
        assertThat(ENDPOINT.asked()).anyMatch(asked -> !asked.provider().equals(provider));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude", "openai", "ollama"})
    void aReplyThatIsCutOffIsAskedForOnceMoreAndShorter(String provider) {
        ENDPOINT.fail(provider, Fault.cutOff("{\"type\": \"QUERY_GENERATION\", \"reasoning\": \"It asks and asks"));
        Reply reply = askOf(provider);
        assertThat(reply.json().path("data").path("engine").asText()).as(reply.text()).isEqualTo("llm");
        assertThat(ENDPOINT.asked(provider)).hasSize(6);
        assertThat(ENDPOINT.asked(provider).get(1).user()).contains("it was cut off; be shorter");
    }

    @Test
    void theModelThatTheCallerNamesIsAskedAndSaid() {
        Reply reply = ask("""
                {"query": "%s", "schema_group_id": "ecommerce",
                 "model_config": {"provider": "openai", "model": "gpt-4.1-nano", "temperature": 0.3, "max_tokens": 700}}"""
                .formatted(question()));
        assertThat(reply.json().path("data").path("model").asText()).as(reply.text()).isEqualTo("openai/gpt-4.1-nano");
        assertThat(ENDPOINT.asked("openai")).isNotEmpty().allMatch(asked -> asked.model().equals("gpt-4.1-nano")
                && asked.body().contains("700"));
    }
}
