package io.dragoman.llm;

/**
 * What a provider replied.
 *
 * @param text         as it was written, or the arguments of the tool call that a structured reply came as; never null
 * @param inputTokens  of the prompt, 0 when the provider did not say
 * @param outputTokens of the reply, 0 when the provider did not say
 * @param cachedTokens of the prompt that the provider had cached, 0 when it did not say
 * @param costUsd      by the price table; 0 for models that are not in it
 * @param truncated    whether the reply was cut off at its most tokens
 */
public record LlmReply(String text, long inputTokens, long outputTokens, long cachedTokens, double costUsd,
        boolean truncated) {
}
