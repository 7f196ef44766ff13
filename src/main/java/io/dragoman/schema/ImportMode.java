package io.dragoman.schema;

/** What an import does to what the group holds already. */
public enum ImportMode {
    /**
     * The definitions (databases) in the import get exactly its tables; other definitions stay. Relationships, examples,
     * directives and synonyms are added or changed, none is removed.
     */
    MERGE,
    /** Tables and everything else are added or changed; nothing is removed but columns that a table no longer has. */
    ADD,
    /** The group becomes what the import holds, and nothing else. */
    REPLACE
}
