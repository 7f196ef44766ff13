package io.dragoman.schema;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A table of a schema group.
 *
 * @param id          the stored id; null before it is stored
 * @param definition  the name of the {@link SchemaDefinition} (the database) that the table belongs to
 * @param name        the table's name as queries spell it, with its schema where the search path does not lead to it
 * @param description what a row of the table is; null when nobody said
 * @param synonyms    other words for the table, never null
 * @param columns     in the table's order, never null
 * @param rowCount    how many rows there were at the last introspection; null when not counted
 */
public record TableDefinition(UUID id, String definition, String name, String description, List<String> synonyms,
        List<ColumnDefinition> columns, Long rowCount) {

    /** Copies the lists and replaces null by the empty list. */
    public TableDefinition {
        synonyms = synonyms == null ? List.of() : List.copyOf(synonyms);
        columns = columns == null ? List.of() : List.copyOf(columns);
    }

    /** The column of that name, ignoring case; empty when there is none. */
    public Optional<ColumnDefinition> column(String columnName) {
        return columns.stream().filter(column -> column.name().equalsIgnoreCase(columnName)).findFirst();
    }

    /** The same table in another definition. */
    TableDefinition in(String otherDefinition) {
        return new TableDefinition(id, otherDefinition, name, description, synonyms, columns, rowCount);
    }
}
