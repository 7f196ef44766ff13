package io.dragoman.dialect.sql;

import io.dragoman.schema.DataType;
import io.dragoman.schema.TableDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a FROM clause names.
 *
 * @param alias   how columns refer to it, without quotes, lower case
 * @param columns name in lower case to type; null when they are not known
 * @param table   the schema's table; null for a derived one
 */
record Relation(String alias, Map<String, DataType> columns, TableDefinition table) {

    static Relation of(String alias, TableDefinition table) {
        Map<String, DataType> columns = new LinkedHashMap<>();
        table.columns().forEach(column -> columns.put(SqlNames.folded(column.name()), column.dataType()));
        return new Relation(alias, columns, table);
    }

    boolean has(String column) {
        return columns != null && columns.containsKey(column);
    }

    /** The same table may be named twice; each time it is another relation. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
