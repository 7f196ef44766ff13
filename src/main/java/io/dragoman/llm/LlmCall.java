package io.dragoman.llm;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A call of a run, as the ledger has it.
 *
 * @param prompt       the name of its prompt; null for calls of before there were names
 * @param promptHash   the version of its prompt
 * @param cachedTokens input tokens that the provider had cached
 * @param costUsd      by the price table
 * @param latencyMs    in milliseconds
 * @param outcome      in a word, such as {@code ok}, {@code cached} or {@code rate_limited}
 */
public record LlmCall(String stage, String provider, String model, String prompt, String promptHash, long inputTokens,
        long outputTokens, long cachedTokens, BigDecimal costUsd, double latencyMs, String outcome, Instant createdAt) {
}
