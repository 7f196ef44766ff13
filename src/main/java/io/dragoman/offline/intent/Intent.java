package io.dragoman.offline.intent;

/**
 * What kind of thing was said.
 *
 * @param type       what the reply has to be
 * @param followUp   whether it changes the question before it
 * @param confidence 0 to 1
 * @param reasoning  why, in a plain sentence
 */
public record Intent(Type type, boolean followUp, double confidence, String reasoning) {

    /** The kinds. */
    public enum Type { QUERY_GENERATION, SCHEMA_DESCRIPTION, CLARIFICATION, GREETING, OUT_OF_SCOPE }
}
