package io.dragoman.datasource.q;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named columns of one length.
 *
 * @param columns in their order
 * @param rows    how many rows; what the columns say where there are any
 */
public record Table(Map<String, Vector> columns, int rows) implements QValue {

    /** Copies the columns. */
    public Table {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** A table of columns of one length. */
    public static Table of(Map<String, Vector> columns) {
        return new Table(columns, columns.isEmpty() ? 0 : columns.values().iterator().next().size());
    }

    /** Some rows in their order; nulls where a place is negative. */
    public Table at(int[] rows) {
        Map<String, Vector> some = new LinkedHashMap<>();
        columns.forEach((name, column) -> some.put(name, column.at(rows)));
        return new Table(some, rows.length);
    }

    /** All columns, and those of the other, which replace columns of the same name. */
    public Table with(Table other) {
        Map<String, Vector> all = new LinkedHashMap<>(columns);
        all.putAll(other.columns);
        return new Table(all, rows);
    }
}
