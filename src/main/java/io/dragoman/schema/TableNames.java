package io.dragoman.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds the tables and columns that names in relationships and synonyms stand for. */
final class TableNames {

    private final Map<String, List<TableDefinition>> byName = new HashMap<>();
    private final Map<String, TableDefinition> byDefinitionAndName = new HashMap<>();

    TableNames(Collection<TableDefinition> tables) {
        for (TableDefinition table : tables) {
            byName.computeIfAbsent(key(table.name()), name -> new ArrayList<>()).add(table);
            byDefinitionAndName.put(key(table.definition() + "." + table.name()), table);
        }
    }

    /**
     * The table of that name, ignoring case; null when there is none.
     *
     * @param name    {@code table} or {@code definition.table}
     * @param prefers names of definitions to look in first
     */
    TableDefinition table(String name, Set<String> prefers) {
        List<TableDefinition> named = byName.getOrDefault(key(name), List.of());
        for (TableDefinition table : named) {
            if (table.name().equals(name) && prefers.contains(table.definition())) {
                return table;
            }
        }
        for (TableDefinition table : named) {
            if (prefers.contains(table.definition())) {
                return table;
            }
        }
        return named.isEmpty() ? byDefinitionAndName.get(key(name)) : named.get(0);
    }

    /** The column's own spelling; null when the table has none of that name, ignoring case. */
    String column(TableDefinition table, String name) {
        return table.column(name).map(ColumnDefinition::name).orElse(null);
    }

    /**
     * Why a synonym's target means nothing, or null when it means a table, a column, or a value of a column.
     *
     * @param target {@code table}, {@code table.column} or {@code table.column=value}
     */
    String targetProblem(String target) {
        int equals = target.indexOf('=');
        String path = (equals < 0 ? target : target.substring(0, equals)).strip();
        if (equals < 0 && table(path, Set.of()) != null) {
            return null;
        }
        int dot = path.lastIndexOf('.');
        if (dot > 0) {
            TableDefinition table = table(path.substring(0, dot), Set.of());
            if (table != null && column(table, path.substring(dot + 1)) != null) {
                return null;
            }
        }
        return "stands for '" + target + "', which is no table or column of the group";
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
