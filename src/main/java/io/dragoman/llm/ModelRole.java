package io.dragoman.llm;

/** What a model is needed for; each provider names a model for each. */
public enum ModelRole {

    /** Small tasks: fast and cheap. */
    WEAK,

    /** Analysing a question. */
    PLANNING,

    /** Writing queries. */
    DEVELOPER
}
