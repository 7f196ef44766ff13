package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryFeatures.ColumnRead;
import io.dragoman.dialect.QueryFeatures.TableRead;
import io.dragoman.schema.ColumnDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;

/**
 * Collects what a query reads while its names are resolved. Only tables of the database count: what a subquery or a WITH
 * query gives was read within it. When in doubt, a column counts for every table that it may be of.
 */
final class SqlReads {

    private final Map<Relation, TableRead> sources = new IdentityHashMap<>();
    private final Map<String, TableRead> tables = new LinkedHashMap<>();
    private final Map<List<Object>, ColumnRead> columns = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param moved how the text came from the one that was given; null when it is the same */
    List<TableRead> tables(FromFirst moved) {
        return tables.values().stream().map(table -> placed(table, moved)).toList();
    }

    /** @param moved how the text came from the one that was given; null when it is the same */
    List<ColumnRead> columns(FromFirst moved) {
        return columns.values().stream().map(read -> moved == null ? read : new ColumnRead(placed(read.table(), moved),
                read.column(), moved.original(read.offset()))).toList();
    }

    private static TableRead placed(TableRead table, FromFirst moved) {
        return moved == null ? table
                : new TableRead(table.written(), table.name(), table.columns(), moved.original(table.offset()));
    }

    /** Whether name resolution came by that node. */
    boolean saw(Object node) {
        return seen.contains(node);
    }

    /** Notes that a node needs no more looking at. */
    void seen(Object node) {
        seen.add(node);
    }

    /** Whether the function counts rows, so that its star reads no column. */
    static boolean countsRows(Function function) {
        return "count".equals(SqlNames.folded(function.getName())) && function.getParameters() != null
                && function.getParameters().size() == 1 && function.getParameters().get(0) instanceof AllColumns
                && !(function.getParameters().get(0) instanceof AllTableColumns);
    }

    /** A table of the database, which the relation stands for. */
    Relation table(Relation relation, String written, Object node) {
        seen.add(node);
        String name = relation.table() == null ? null : relation.table().name();
        sources.put(relation, tables.computeIfAbsent(written, key -> new TableRead(written, name,
                relation.table() == null ? null : relation.table().columns().stream().map(ColumnDefinition::name).toList(),
                SyntaxTree.offset(node))));
        return relation;
    }

    /** A table that name resolution did not come by. */
    void unresolved(String written, Object node) {
        TableRead read = tables.computeIfAbsent(written, key -> new TableRead(written, null, null, SyntaxTree.offset(node)));
        add(read, ColumnRead.ALL, node);
    }

    /** A column that name resolution did not come by: of any table that has it or may have it. */
    void unresolved(Object column, String name) {
        tables.values().stream().filter(table -> table.columns() == null
                || table.columns().stream().anyMatch(name::equalsIgnoreCase)).forEach(table -> add(table, name, column));
    }

    /** A column with the relation that its qualifier names; null when nothing is called so. */
    void qualified(Relation relation, NameScope scope, String name, Object node) {
        seen.add(node);
        if (relation == null) {
            for (NameScope level = scope; level != null; level = level.outer()) {
                level.relations().forEach(one -> read(one, name, node));
            }
        } else {
            read(relation, name, node);
        }
    }

    /** A column without a qualifier: of the nearest relation that has it, or of any whose columns are not known. */
    void unqualified(NameScope scope, String name, Object node) {
        seen.add(node);
        for (NameScope level = scope; level != null; level = level.outer()) {
            List<Relation> having = level.having(name);
            having.forEach(relation -> read(relation, name, node));
            level.relations().stream().filter(relation -> relation.columns() == null)
                    .forEach(relation -> read(relation, name, node));
            level.relations().stream().filter(relation -> name.equals(relation.alias()) && having.isEmpty())
                    .forEach(relation -> read(relation, ColumnRead.ALL, node));
            if (!having.isEmpty()) {
                return;
            }
        }
    }

    /** A column that USING makes one of two. */
    void merged(NameScope scope, String name, Object node) {
        seen.add(node);
        scope.relations().stream().filter(relation -> relation.columns() == null || relation.has(name))
                .forEach(relation -> read(relation, name, node));
    }

    /** The whole rows of one relation; of all of them when it is null. */
    void all(Relation relation, NameScope scope, Object node) {
        if (relation == null) {
            all(scope, node);
        } else {
            seen.add(node);
            read(relation, ColumnRead.ALL, node);
        }
    }

    /** The whole rows of all relations of a level. */
    void all(NameScope scope, Object node) {
        seen.add(node);
        scope.relations().forEach(relation -> read(relation, ColumnRead.ALL, node));
    }

    /** The whole rows of all tables. */
    void all(Object node) {
        tables.values().forEach(table -> add(table, ColumnRead.ALL, node));
    }

    private void read(Relation relation, String column, Object node) {
        TableRead table = sources.get(relation);
        if (table != null) {
            add(table, column, node);
        }
    }

    private void add(TableRead table, String column, Object node) {
        columns.computeIfAbsent(List.of(table.written(), column),
                key -> new ColumnRead(table, column, SyntaxTree.offset(node)));
    }

    /** The values of a node's fields, and the elements of a collection. */
    static Collection<?> within(Object value) {
        if (value instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        if (SyntaxTree.isNode(value)) {
            List<Object> children = new ArrayList<>();
            SyntaxTree.children(value, children);
            return children;
        }
        return value instanceof Collection<?> elements ? elements : List.of();
    }
}
