package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How an LLM does a stage: what its prompt is given, and what its reply changes. One bean a stage. */
interface LlmStage {

    /** The name of the stage in the routes. */
    String name();

    /** The name of its prompt for a state, which is that of the stage unless the state needs another. */
    default String prompt(QueryState state) {
        return name();
    }

    /** Whether the LLM goes on with the stages behind this one although it did not do this one. */
    default boolean optional() {
        return false;
    }

    /** The values that the prompt's template names. */
    Map<String, String> values(QueryState state);

    /**
     * The state with what was replied.
     *
     * @param reply follows the schema of the prompt
     * @param model that replied
     * @throws UnusableReplyException when the reply makes no sense; the message says why, and is shown to the model
     */
    QueryState apply(QueryState state, JsonNode reply, String model);

    /** A reply that follows its schema and still cannot be used. */
    class UnusableReplyException extends RuntimeException {

        UnusableReplyException(String message) {
            super(message);
        }
    }

    /** A text field that must not be empty. */
    static String text(JsonNode reply, String field) {
        String text = reply.path(field).asText("").strip();
        if (text.isEmpty()) {
            throw new UnusableReplyException("'" + field + "' is empty.");
        }
        return text;
    }

    /** A confidence, brought into 0 to 1. */
    static double confidence(JsonNode reply) {
        return Math.max(0, Math.min(1, reply.path("confidence").asDouble(0.5)));
    }
}
