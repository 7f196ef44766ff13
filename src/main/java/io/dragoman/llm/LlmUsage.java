package io.dragoman.llm;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What was consumed in a day.
 *
 * @param day          in UTC
 * @param schemaGroup  null for calls before one was chosen
 * @param calls        all of them
 * @param failed       those that gave no reply
 * @param fromCache    those that were answered from kept replies
 * @param cachedTokens input tokens that the provider had cached
 * @param costUsd      by the price table
 * @param meanLatencyMs of all calls, in milliseconds
 */
public record LlmUsage(LocalDate day, String provider, String model, String caller, String schemaGroup, long calls,
        long failed, long fromCache, long inputTokens, long outputTokens, long cachedTokens, BigDecimal costUsd,
        double meanLatencyMs) {
}
