package io.dragoman.llm;

import io.dragoman.api.ApiTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The started server with all providers configured to one endpoint that speaks their wire formats. */
@Import(LlmServerTest.MovedClock.class)
abstract class LlmServerTest extends ApiTest {

    /** By how much the clock that kept values grow old by is ahead. */
    static volatile Duration ahead = Duration.ZERO;

    /** A clock that tests put forward. */
    @TestConfiguration
    static class MovedClock {

        @Bean
        InstantSource clock() {
            return () -> Instant.now().plus(ahead);
        }
    }

    /** One for all, as the server is. */
    static final LlmEndpoint ENDPOINT = new LlmEndpoint();

    /** In the order they are asked. The last one speaks the wire format of OpenAI, but knows no JSON schema. */
    static final List<String> PROVIDERS = List.of("gemini", "claude", "openai", "ollama", "plain");

    /** More than the tests spend. */
    static final double CALLER_DAILY_USD = 100;

    /** Before the first retry; the ones behind it are twice and four times as long. */
    static final long FIRST_PAUSE_MS = 40;

    /** Where this server sends its traces, with what prompts and replies say. */
    static final OtlpEndpoint TRACES = new OtlpEndpoint();

    /** What stands here takes the place of built-in prompts. */
    static final Path PROMPTS = folder();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    private CamelContext camel;

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry registry) {
        for (String name : PROVIDERS) {
            registry.add("dragoman.llm.providers." + name + ".api-key", () -> "key-of-" + name);
            registry.add("dragoman.llm.providers." + name + ".base-url", () -> ENDPOINT.url(name));
        }
        registry.add("dragoman.llm.providers.plain.kind", () -> "openai");
        registry.add("dragoman.llm.providers.plain.developer", () -> "plain-model");
        registry.add("dragoman.llm.providers.plain.structured", () -> "prompt");
        registry.add("dragoman.llm.timeout", () -> "3s");
        registry.add("dragoman.tracing.endpoint", TRACES::url);
        registry.add("dragoman.tracing.headers", () -> "Authorization=Basic%20key-of-traces");
        registry.add("dragoman.tracing.content", () -> true);
        registry.add("dragoman.tracing.every", () -> "100ms");
        registry.add("dragoman.llm.prompts", PROMPTS::toString);
        registry.add("dragoman.llm.stage-timeouts.describe", () -> "700ms");
        registry.add("dragoman.llm.first-pause", () -> FIRST_PAUSE_MS);
        registry.add("dragoman.llm.caller-daily-usd", () -> CALLER_DAILY_USD);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("dragoman-prompts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        for (String name : PROVIDERS) {
            camel.getProcessor("llm-" + name + "-breaker", ResilienceProcessor.class).transitionToCloseState();
        }
        ahead = Duration.ZERO;
        ENDPOINT.reset();
        ENDPOINT.replies(new Brain());
    }
}
