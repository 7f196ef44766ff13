package io.dragoman.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * What an upload or a database's catalogue says of a schema group, each part with where it was said. Names are not yet
 * checked against each other.
 *
 * @param groupName     the name of the group that the upload itself gives; null when it does not
 * @param definitions   the databases; may lack ones that tables name, which then have nothing but their name
 * @param tables        a null {@link TableDefinition#definition()} means the import's default definition
 * @param relationships between tables, which are named as {@code table} or {@code definition.table}
 * @param examples      few-shot examples
 * @param directives    glossary directives
 * @param synonyms      synonyms
 * @param rejected      what could not be read
 * @param skipped       how many statements of a script define no schema
 */
public record SchemaDocument(String groupName, List<SchemaDefinition> definitions, List<Part<TableDefinition>> tables,
        List<Part<Relationship>> relationships, List<Part<Example>> examples, List<Part<Directive>> directives,
        List<Part<Synonym>> synonyms, List<Rejection> rejected, int skipped) {

    /**
     * A part of an upload.
     *
     * @param value  what was said
     * @param line   where, from 1; null when it did not come as text
     * @param column of that line, from 1; null when unknown
     * @param path   where in the upload
     */
    public record Part<T>(T value, Integer line, Integer column, String path) {

        /** That this part cannot be taken. */
        public Rejection rejected(String reason) {
            return new Rejection(line, column, path, reason);
        }
    }

    /** What a database's catalogue says of one definition. */
    public static SchemaDocument of(SchemaDefinition definition, List<TableDefinition> tables,
            List<Relationship> relationships) {
        List<Part<TableDefinition>> tableParts = new ArrayList<>();
        for (TableDefinition table : tables) {
            tableParts.add(new Part<>(table.in(definition.name()), null, null, "table " + table.name()));
        }
        List<Part<Relationship>> relationshipParts = new ArrayList<>();
        for (Relationship relationship : relationships) {
            relationshipParts.add(new Part<>(relationship, null, null,
                    "relationship " + relationship.sourceTable() + " -> " + relationship.targetTable()));
        }
        return new SchemaDocument(null, List.of(definition), tableParts, relationshipParts, List.of(), List.of(),
                List.of(), List.of(), 0);
    }

    /**
     * The same with what the request says of the database that the upload does not name.
     *
     * @param definition the database's name; null leaves it to the import
     * @param dialect    null when not said
     * @param datasource null when not said
     */
    public SchemaDocument withDefaults(String definition, String dialect, String datasource) {
        if (definition == null && dialect == null && datasource == null) {
            return this;
        }
        List<SchemaDefinition> merged = new ArrayList<>();
        SchemaDefinition unnamed = new SchemaDefinition(null, definition, null, dialect, datasource);
        for (SchemaDefinition stated : definitions) {
            if (stated.name() == null) {
                unnamed = new SchemaDefinition(null, definition, stated.description(),
                        stated.dialect() == null ? dialect : stated.dialect(),
                        stated.datasource() == null ? datasource : stated.datasource());
            } else {
                merged.add(stated);
            }
        }
        merged.add(unnamed);
        List<Part<TableDefinition>> named = tables.stream().map(part -> part.value().definition() != null ? part
                : new Part<>(part.value().in(definition), part.line(), part.column(), part.path())).toList();
        return new SchemaDocument(groupName, merged, named, relationships, examples, directives, synonyms, rejected,
                skipped);
    }
}
