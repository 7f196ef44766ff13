package io.dragoman.offline.directive;

import io.dragoman.offline.plan.Expression;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the tables that the names of an expression belong to. */
final class ColumnResolver {

    private final Map<Node.Name, Expression.Column> columns = new LinkedHashMap<>();
    private final List<String> tables = new ArrayList<>();

    private ColumnResolver() {
    }

    /**
     * Resolves all names at once, so that one can decide for another: a name that several tables have goes to a table
     * that another name needs, then to a preferred one, then to one that has all of the open names.
     *
     * @param preferred names of tables to prefer, best first
     */
    static ColumnResolver of(List<Node.Name> names, SchemaGroup group, List<String> preferred) {
        ColumnResolver resolver = new ColumnResolver();
        Map<Node.Name, List<TableDefinition>> open = new LinkedHashMap<>();
        for (Node.Name name : names) {
            List<TableDefinition> having = having(name, group);
            if (name.table() != null || having.size() == 1) {
                resolver.take(name, having.get(0));
            } else {
                open.put(name, having);
            }
        }
        for (Map.Entry<Node.Name, List<TableDefinition>> entry : open.entrySet()) {
            resolver.take(entry.getKey(), resolver.choose(entry.getKey(), entry.getValue(), open, preferred));
        }
        return resolver;
    }

    Expression.Column column(Node.Name name) {
        return columns.get(name);
    }

    List<String> tables() {
        return tables;
    }

    private void take(Node.Name name, TableDefinition table) {
        ColumnDefinition column = table.column(name.column()).orElseThrow();
        columns.put(name, new Expression.Column(table.name(), column.name(), column.dataType()));
        if (!tables.contains(table.name())) {
            tables.add(table.name());
        }
    }

    private TableDefinition choose(Node.Name name, List<TableDefinition> having,
            Map<Node.Name, List<TableDefinition>> open, List<String> preferred) {
        for (TableDefinition table : having) {
            if (tables.contains(table.name())) {
                return table;
            }
        }
        for (String wanted : preferred) {
            for (TableDefinition table : having) {
                if (table.name().equalsIgnoreCase(wanted)) {
                    return table;
                }
            }
        }
        List<TableDefinition> all = having.stream()
                .filter(table -> open.keySet().stream().allMatch(other -> table.column(other.column()).isPresent()))
                .toList();
        if (all.size() == 1) {
            return all.get(0);
        }
        throw new InvalidExpressionException("The column '" + name.column() + "' is in several tables: "
                + having.stream().limit(6).map(table -> table.name() + "." + name.column())
                        .collect(Collectors.joining(", ")) + ". Write which one is meant.",
                name.offset(), having.get(0).name() + "." + name.column());
    }

    private static List<TableDefinition> having(Node.Name name, SchemaGroup group) {
        if (name.table() != null) {
            TableDefinition table = group.tables().stream().filter(one -> names(one, name.table())).findFirst()
                    .orElseThrow(() -> new InvalidExpressionException("There is no table '" + name.table() + "'.",
                            name.offset(), nearest(name.table(),
                                    group.tables().stream().map(TableDefinition::name).toList())));
            if (table.column(name.column()).isEmpty()) {
                throw new InvalidExpressionException("The table '" + table.name() + "' has no column '" + name.column()
                        + "'.", name.offset(), nearest(name.column(),
                                table.columns().stream().map(ColumnDefinition::name).toList()));
            }
            return List.of(table);
        }
        List<TableDefinition> having = group.tables().stream()
                .filter(table -> table.column(name.column()).isPresent()).toList();
        if (having.isEmpty()) {
            throw new InvalidExpressionException("No table has a column '" + name.column() + "'.", name.offset(),
                    nearest(name.column(), group.tables().stream().flatMap(table -> table.columns().stream())
                            .map(ColumnDefinition::name).distinct().toList()));
        }
        return having;
    }

    private static boolean names(TableDefinition table, String name) {
        return table.name().equalsIgnoreCase(name)
                || table.name().equalsIgnoreCase(name.substring(name.lastIndexOf('.') + 1))
                || table.name().substring(table.name().lastIndexOf('.') + 1).equalsIgnoreCase(name);
    }

    /** The name with the fewest letters to change, when those are at most a third of it; null for none. */
    static String nearest(String wrong, List<String> names) {
        String nearest = null;
        int least = Math.max(1, Math.min(wrong.length(), 40) / 3) + 1;
        for (String name : names) {
            if (Math.abs(name.length() - wrong.length()) < least) {
                int distance = distance(wrong.toLowerCase(Locale.ROOT),
                        name.toLowerCase(Locale.ROOT));
                if (distance < least) {
                    least = distance;
                    nearest = name;
                }
            }
        }
        return nearest;
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
