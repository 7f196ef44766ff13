package io.dragoman.security;

/** What a caller may do. A role does not include another; people have several. */
public enum Role {

    /** Asks questions, runs queries and gives feedback. */
    ASKER,

    /** Keeps schema groups, glossary, examples and synonyms, and reviews feedback. */
    CURATOR,

    /** Approves or rejects queries that wait for a person. */
    APPROVER,

    /** Keeps datasources, policy, users and keys; may do everything else too. */
    ADMIN
}
