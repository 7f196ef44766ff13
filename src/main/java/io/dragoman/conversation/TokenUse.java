package io.dragoman.conversation;

import java.util.List;

/**
 * What the LLMs consumed for a thread: tokens and US dollars.
 *
 * @param totalTokens input and output together
 * @param byModel     the same by model, the most tokens first
 * @param byStage     the same by stage of the pipeline, the most tokens first
 */
public record TokenUse(long calls, long inputTokens, long outputTokens, long totalTokens, double costUsd,
        List<Share> byModel, List<Share> byStage) {

    /** The part of a model, such as {@code gemini/gemini-2.5-flash}, or of a stage. */
    public record Share(String name, long calls, long inputTokens, long outputTokens, double costUsd) {
    }
}
