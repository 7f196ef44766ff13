package io.dragoman.llm;

import io.dragoman.api.ApiTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The started server with all providers configured to one endpoint that speaks their wire formats. */
abstract class LlmServerTest extends ApiTest {

    /** One for all, as the server is. */
    static final LlmEndpoint ENDPOINT = new LlmEndpoint();

    /** More than the tests spend. */
    static final double CALLER_DAILY_USD = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry registry) {
        for (String name : new String[] {"gemini", "claude", "openai", "ollama"}) {
            registry.add("dragoman.llm.providers." + name + ".api-key", () -> "key-of-" + name);
            registry.add("dragoman.llm.providers." + name + ".base-url", () -> ENDPOINT.url(name));
        }
        registry.add("dragoman.llm.timeout", () -> "3s");
        registry.add("dragoman.llm.caller-daily-usd", () -> CALLER_DAILY_USD);
    }

    /** The same question, each time in other capitals, so that no reply comes from the cache. */
    static String question() {
        int bits = NUMBER.incrementAndGet();
        StringBuilder text = new StringBuilder("what is the number of customers?");
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i))) {
                text.setCharAt(i, (bits & 1) == 0 ? text.charAt(i) : Character.toUpperCase(text.charAt(i)));
                bits >>= 1;
            }
        }
        return text.toString();
    }

    @BeforeEach
    void fresh() {
        ENDPOINT.reset();
        ENDPOINT.replies(new Brain());
    }
}
