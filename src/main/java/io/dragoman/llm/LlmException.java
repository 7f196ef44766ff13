package io.dragoman.llm;

import java.time.Duration;

/** A call to a provider that gave no reply. The message is for people and has no secrets and no prompt. */
public class LlmException extends RuntimeException {

    private final String outcome;

    LlmException(String outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** In a word: {@code rate_limited}, {@code timeout}, {@code unauthenticated}, {@code rejected} … */
    public String outcome() {
        return outcome;
    }

    /** A failure that may pass: the same call is worth another try. */
    public static final class Transient extends LlmException {

        private final Duration retryAfter;

        Transient(String outcome, String message, Duration retryAfter, Throwable cause) {
            super(outcome, message, cause);
            this.retryAfter = retryAfter;
        }

        /** How long the provider wants to be left alone; null when it did not say. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The call was stopped by whoever asked, which is no fault of the provider's. */
    public static final class Cancelled extends LlmException {

        Cancelled(Throwable cause) {
            super("cancelled", "The call was stopped.", cause);
        }
    }
}
