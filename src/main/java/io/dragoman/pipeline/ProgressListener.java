package io.dragoman.pipeline;

import java.util.UUID;

/** Hears of the stages of a run as they begin and end, on the thread that runs them; it has to return quickly. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = (queryId, stage, status, elapsedMs, detail) -> {
    };

    /**
     * A stage began or ended. What is thrown here is logged and does not disturb the run.
     *
     * @param queryId   the run
     * @param stage     {@code intent}, {@code retrieve}, {@code analyse}, {@code generate}, {@code validate},
     *                  {@code refine}, {@code execute}, {@code answer} or {@code describe}
     * @param status    what happened
     * @param elapsedMs how long the stage took, in milliseconds; 0 when it begins
     * @param detail    what it found, in a few words for people; null when it begins
     */
    void stage(UUID queryId, String stage, Status status, double elapsedMs, String detail);

    /**
     * A piece of text that an LLM wrote, as it comes. It is a preview: a later attempt may take its place.
     *
     * @param stage the stage that the LLM does
     */
    default void token(UUID queryId, String stage, String text) {
    }

    /** Whether {@link #token} is worth calling: providers then stream. */
    default boolean wantsTokens() {
        return false;
    }

    /** What happened to a stage. */
    enum Status { STARTED, COMPLETED, FAILED }
}
