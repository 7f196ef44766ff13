package io.dragoman.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps what curators wrote of a table where an import has nothing to say. */
final class TableMerge {

    private TableMerge() {
    }

    /** The table as the import has it, with the stored id, and the stored texts and samples where it has none. */
    static TableDefinition merge(TableDefinition stored, TableDefinition coming) {
        Map<String, ColumnDefinition> storedColumns = new LinkedHashMap<>();
        stored.columns().forEach(column -> storedColumns.put(key(column), column));
        List<ColumnDefinition> columns = coming.columns().stream()
                .map(column -> merge(storedColumns.get(key(column)), column)).toList();
        return new TableDefinition(stored.id(), stored.definition(), stored.name(),
                or(coming.description(), stored.description()), or(coming.synonyms(), stored.synonyms()),
                columns.isEmpty() ? stored.columns() : columns, or(coming.rowCount(), stored.rowCount()));
    }

    private static ColumnDefinition merge(ColumnDefinition stored, ColumnDefinition coming) {
        if (stored == null) {
            return coming;
        }
        return new ColumnDefinition(coming.name(), or(coming.type(), stored.type()),
                or(coming.description(), stored.description()), coming.nullable(), coming.primaryKey(),
                or(coming.synonyms(), stored.synonyms()), or(coming.sampleValues(), stored.sampleValues()),
                or(coming.distinctCount(), stored.distinctCount()));
    }

    /** Notes which columns of a table differ; says whether anything else does. */
    static boolean noteColumns(TableDefinition before, TableDefinition after, String table, ChangeLog log) {
        Map<String, ColumnDefinition> old = new LinkedHashMap<>();
        before.columns().forEach(column -> old.put(key(column), column));
        List<String> orderBefore = new ArrayList<>(old.keySet());
        List<String> orderAfter = after.columns().stream().map(TableMerge::key).toList();
        for (ColumnDefinition column : after.columns()) {
            ColumnDefinition was = old.remove(key(column));
            if (was == null) {
                log.added().add("column " + table + "." + column.name());
            } else if (!was.equals(column)) {
                log.changed().add("column " + table + "." + column.name());
            }
        }
        old.values().forEach(column -> log.removed().add("column " + table + "." + column.name()));
        orderBefore.retainAll(orderAfter);
        boolean reordered = !orderBefore.equals(orderAfter.stream().filter(orderBefore::contains).toList());
        return reordered || !withoutColumns(before).equals(withoutColumns(after));
    }

    private static TableDefinition withoutColumns(TableDefinition table) {
        return new TableDefinition(table.id(), table.definition(), table.name(), table.description(), table.synonyms(),
                List.of(), table.rowCount());
    }

    private static String key(ColumnDefinition column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    static <T> T or(T coming, T stored) {
        boolean nothing = coming == null || coming instanceof List<?> list && list.isEmpty();
        return nothing ? stored : coming;
    }
}
