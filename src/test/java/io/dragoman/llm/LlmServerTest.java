package io.dragoman.llm;

import io.dragoman.api.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The started server with all providers configured to one endpoint that speaks their wire formats. */
abstract class LlmServerTest extends ApiTest {

    /** One for all, as the server is. */
    static final LlmEndpoint ENDPOINT = new LlmEndpoint();

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry registry) {
        for (String name : new String[] {"gemini", "claude", "openai", "ollama"}) {
            registry.add("dragoman.llm.providers." + name + ".api-key", () -> "key-of-" + name);
            registry.add("dragoman.llm.providers." + name + ".base-url", () -> ENDPOINT.url(name));
        }
        registry.add("dragoman.llm.timeout", () -> "2s");
    }

    @BeforeEach
    void fresh() {
        ENDPOINT.reset();
        ENDPOINT.replies(new Brain());
    }
}
