package io.dragoman.pipeline;

import java.util.Map;
import java.util.UUID;

/**
 * What might be said of a table, for a person to look at.
 *
 * @param tableId     the stored table
 * @param definition  the database that it belongs to
 * @param table       its name
 * @param description what a row of it is; null when it is said already, or nothing can be said
 * @param columns     the same of its columns, by name; never null
 * @param engine      who wrote it
 * @param applied     whether it was stored
 */
public record TableDraft(UUID tableId, String definition, String table, String description, Map<String, String> columns,
        QueryState.Engine engine, boolean applied) {

    /** Copies the columns. */
    public TableDraft {
        columns = Map.copyOf(columns);
    }

    /** The same, stored. */
    TableDraft stored() {
        return new TableDraft(tableId, definition, table, description, columns, engine, true);
    }

    /** Whether it says anything. */
    boolean says() {
        return description != null || !columns.isEmpty();
    }
}
