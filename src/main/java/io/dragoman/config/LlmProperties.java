package io.dragoman.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Hosted and local LLMs, {@code dragoman.llm}.
 *
 * @param provider     the name of the provider that is asked first; empty takes the first that is configured
 * @param providers    by name; one without a key and without a URL is not configured
 * @param stages       the stages that an LLM does; the others stay offline
 * @param timeout      of one call
 * @param stageTimeout of all calls of one stage together, retries and other providers included
 * @param stageTimeouts the same for stages of their own, by name
 * @param prompts      a folder whose prompts take the place of the built-in ones of the same name; empty for none
 * @param prices       a price table that takes the place of the built-in one; empty for the built-in
 * @param contextTokens the most tokens that a schema takes in a prompt
 * @param dailyUsd     what all callers together may spend in a day (UTC); 0 for no limit
 * @param callerDailyUsd what one caller may spend in a day (UTC); 0 for no limit
 */
@Validated
@ConfigurationProperties("dragoman.llm")
public record LlmProperties(@DefaultValue("") String provider, @DefaultValue Map<String, @Valid Provider> providers,
        @DefaultValue({"conversation-summary", "intent", "analyse", "plan", "generate", "meaning", "refine", "answer",
            "describe", "draft-description"}) Set<String> stages,
        @NotNull @DefaultValue("30s") Duration timeout, @NotNull @DefaultValue("60s") Duration stageTimeout,
        @DefaultValue Map<String, Duration> stageTimeouts,
        @DefaultValue("") String prompts, @DefaultValue("") String prices,
        @Min(200) @DefaultValue("6000") int contextTokens, @DecimalMin("0") @DefaultValue("0") double dailyUsd,
        @DecimalMin("0") @DefaultValue("0") double callerDailyUsd) {

    /** How long all calls of the stage of that name may take together. */
    public Duration limit(String stage) {
        return stageTimeouts.getOrDefault(stage, stageTimeout);
    }

    /**
     * One LLM provider.
     *
     * @param kind      the wire format: {@code gemini}, {@code claude}, {@code openai} or {@code ollama}
     * @param apiKey    empty for servers that want none
     * @param baseUrl   empty takes the provider's own
     * @param weak      the model for small tasks
     * @param planning  the model that analyses questions
     * @param developer the model that writes queries
     * @param structured how replies are made to follow a JSON schema: {@code schema}, {@code tool} or {@code prompt};
     *                  empty takes what the kind does best
     * @param headers   sent with each call, such as an Azure key
     */
    public record Provider(@NotBlank @Pattern(regexp = "gemini|claude|openai|ollama") String kind,
            @DefaultValue("") String apiKey, @DefaultValue("") String baseUrl, @DefaultValue("") String weak,
            @DefaultValue("") String planning, @DefaultValue("") String developer,
            @Pattern(regexp = "schema|tool|prompt|") @DefaultValue("") String structured,
            @DefaultValue Map<String, String> headers) {

        @Override
        public String toString() {
            return "Provider[" + kind + "]";
        }
    }
}
