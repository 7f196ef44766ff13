package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.dragoman.config.LlmProperties;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that speak a provider's wire format at other URLs and with other credentials. */
class ProviderClientTest {

    private final LlmEndpoint endpoint = new LlmEndpoint();

    @BeforeEach
    void replies() {
        endpoint.replies(asked -> "Hello.");
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private ChatResponse ask(String kind, String key, String url, String model, Map<String, String> headers) {
        LlmProperties.Provider provider = new LlmProperties.Provider(kind, key, url, "", "", model, "", headers);
        return new ProviderClient(provider).chat().chat(ChatRequest.builder().modelName(model)
                .messages(UserMessage.from("Hello?")).build());
    }

    private String base() {
        return endpoint.url("ollama").replace("/ollama", "");
    }

    @Test
    void vertexIsAskedAtThePathOfItsPublisher() {
        ChatResponse reply = ask("gemini", "key-of-vertex", base() + "/gemini/v1/publishers/google", "gemini-2.5-pro", Map.of());
        assertThat(reply.aiMessage().text()).isEqualTo("Hello.");
        assertThat(reply.tokenUsage().inputTokenCount()).isEqualTo(120);
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(endpoint.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri().getPath()).isEqualTo("/gemini/v1/publishers/google/models/gemini-2.5-pro:generateContent");
            assertThat(asked.key()).isEqualTo("key-of-vertex");
        });
    }

    @Test
    void vertexTakesABearerTokenOfAProjectAsAHeader() {
        ask("gemini", "", base() + "/gemini/v1/projects/p1/locations/europe-west4/publishers/google", "gemini-2.5-flash",
                Map.of("Authorization", "Bearer key-of-project"));
        assertThat(endpoint.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri().getPath()).isEqualTo("/gemini/v1/projects/p1/locations/europe-west4/publishers/google"
                    + "/models/gemini-2.5-flash:generateContent");
            assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer key-of-project");
            assertThat(asked.key()).as("a key that is none is not sent").isNull();
        });
    }

    @Test
    void azureIsAskedAtItsDeploymentWithAVersionAndItsOwnHeader() {
        ChatResponse reply = ask("openai", "", base() + "/openai/deployments/gpt-4-1?api-version=2024-10-21", "gpt-4.1",
                Map.of("api-key", "key-of-azure"));
        assertThat(reply.aiMessage().text()).isEqualTo("Hello.");
        assertThat(endpoint.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).hasToString("/openai/deployments/gpt-4-1/chat/completions?api-version=2024-10-21");
            assertThat(asked.headers().getFirst("api-key")).isEqualTo("key-of-azure");
            assertThat(asked.key()).isNull();
        });
    }
}
