package io.dragoman.schema.format;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.alter.AlterExpression;
import net.sf.jsqlparser.statement.comment.Comment;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.table.ForeignKeyIndex;
import net.sf.jsqlparser.statement.create.table.ForeignKeyReference;
import net.sf.jsqlparser.statement.create.table.Index;

/** The tables and foreign keys that the statements of a DDL script make, one after the other. */
final class DdlTables {

    private static final Set<String> SEARCHED_SCHEMAS = Set.of("public", "main", "dbo");

    private final DdlNames names;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<Part<TableDefinition>> again = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();

    DdlTables(boolean foldsNames) {
        names = new DdlNames(foldsNames);
    }

    /** A table as far as the script has come. */
    private static final class Draft {
        private final String name;
        private final int line;
        private final String path;
        private final Map<String, ColumnDefinition> columns = new LinkedHashMap<>();
        private String description;

        private Draft(String name, int line, String path) {
            this.name = name;
            this.line = line;
            this.path = path;
        }

        private List<String> primaryKey() {
            return columns.values().stream().filter(ColumnDefinition::primaryKey).map(ColumnDefinition::name).toList();
        }
    }

    /** A foreign key; without target columns it refers to the primary key of its target. */
    private record Key(String source, List<String> columns, String target, List<String> targetColumns, int line,
            String path) {
    }

    /** A statement cannot be taken; the message says why. */
    static final class RefusedException extends RuntimeException {
        RefusedException(String reason) {
            super(reason, null, false, false);
        }
    }

    int size() {
        return drafts.size();
    }

    /** Says whether the statement has columns: copies, partitions and results of queries have none. */
    boolean create(CreateTable create, int line, String path) {
        Draft draft = new Draft(name(create.getTable()), line, path);
        if (create.getColumnDefinitions() != null) {
            create.getColumnDefinitions().forEach(column -> add(draft, column));
        } else if (create.getColumns() != null && create.getSelect() == null) {
            create.getColumns().forEach(column -> put(draft, new ColumnDefinition(names.plain(column), null, null,
                    true, false, List.of(), List.of(), null)));
        }
        if (draft.columns.isEmpty()) {
            boolean taken = create.getSelect() != null || create.getPartitionOf() != null
                    || create.getLikeTable() != null || create.getOfType() != null
                    || create.getTableElements() != null && !create.getTableElements().isEmpty();
            if (!taken) {
                throw new RefusedException("creates table '" + draft.name + "' without columns");
            }
            return false;
        }
        if (create.getIndexes() != null) {
            create.getIndexes().forEach(index -> constrain(draft, index, line, path));
        }
        draft.description = DdlColumns.textAfter(create.getTableOptionsStrings(), "COMMENT");
        if (drafts.putIfAbsent(key(draft.name), draft) != null && !create.isIfNotExists()) {
            again.add(part(draft));
        }
        return true;
    }

    /** Says whether the statement adds a column, a primary key or a foreign key. */
    boolean alter(Alter alter, int line, String path) {
        boolean said = false;
        String table = name(alter.getTable());
        for (AlterExpression change : alter.getAlterExpressions()) {
            if (change.getColDataTypeList() != null) {
                change.getColDataTypeList().forEach(column -> add(known(table), column));
                said = true;
            } else if (change.getIndex() != null) {
                Index.Kind kind = change.getIndex().getKind();
                if (kind == Index.Kind.PRIMARY_KEY || kind == Index.Kind.CHECK) {
                    constrain(known(table), change.getIndex(), line, path);
                    said = true;
                } else if (change.getIndex() instanceof ForeignKeyIndex foreignKey) {
                    addKey(table, foreignKey.getColumnsNames(), foreignKey.getTable(),
                            foreignKey.getReferencedColumnNames(), line, path);
                    said = true;
                }
            }
        }
        return said;
    }

    /** Says whether the comment is on a table or column that the script creates. */
    boolean comment(Comment comment) {
        String text = comment.getComment() == null ? null : comment.getComment().getNotExcapedValue();
        Table on = comment.getTable() != null ? comment.getTable()
                : comment.getColumn() == null ? null : comment.getColumn().getTable();
        Draft draft = on == null ? null : drafts.get(key(name(on)));
        if (draft == null) {
            return false;
        }
        if (comment.getColumn() == null) {
            draft.description = text;
            return true;
        }
        return draft.columns.computeIfPresent(key(names.plain(comment.getColumn().getColumnName())),
                (key, column) -> new ColumnDefinition(column.name(), column.type(), text, column.nullable(),
                        column.primaryKey(), column.synonyms(), column.sampleValues(), null)) != null;
    }

    List<Part<TableDefinition>> tables() {
        List<Part<TableDefinition>> parts = new ArrayList<>();
        drafts.values().forEach(draft -> parts.add(part(draft)));
        parts.addAll(again);
        return parts;
    }

    List<Part<Relationship>> relationships() {
        List<Part<Relationship>> parts = new ArrayList<>();
        for (Key key : keys) {
            Draft target = drafts.get(key(key.target()));
            List<String> targetColumns = !key.targetColumns().isEmpty() ? key.targetColumns()
                    : target == null ? List.of() : target.primaryKey();
            parts.add(new Part<>(new Relationship(null, key.source(), key.columns(), key.target(), targetColumns,
                    null), key.line(), 1, key.path()));
        }
        return parts;
    }

    private Draft known(String table) {
        Draft draft = drafts.get(key(table));
        if (draft == null) {
            throw new RefusedException("changes table '" + table + "', which the script does not create before");
        }
        return draft;
    }

    private void add(Draft draft, net.sf.jsqlparser.statement.create.table.ColumnDefinition column) {
        ColumnDefinition read = DdlColumns.read(column, names);
        put(draft, read);
        ForeignKeyReference reference = column.getForeignKeyReference();
        if (reference != null) {
            addKey(draft.name, List.of(column.getColumnName()), reference.getTable(),
                    reference.getReferencedColumnNames(), draft.line, draft.path);
        }
    }

    /** A second column of the name is kept apart, so that the import can reject it. */
    private static void put(Draft draft, ColumnDefinition column) {
        String key = key(column.name());
        while (draft.columns.containsKey(key)) {
            key += " again";
        }
        draft.columns.put(key, column);
    }

    private void constrain(Draft draft, Index index, int line, String path) {
        if (index.getKind() == Index.Kind.PRIMARY_KEY) {
            index.getColumnsNames().forEach(name -> draft.columns.computeIfPresent(key(names.plain(name)),
                    (key, column) -> new ColumnDefinition(column.name(), column.type(), column.description(), false,
                            true, column.synonyms(), column.sampleValues(), null)));
        } else if (index instanceof ForeignKeyIndex foreignKey) {
            addKey(draft.name, foreignKey.getColumnsNames(), foreignKey.getTable(),
                    foreignKey.getReferencedColumnNames(), line, path);
        } else if (index.getKind() == Index.Kind.CHECK) {
            DdlColumns.allowedValues(index).forEach((name, values) -> draft.columns.computeIfPresent(
                    key(names.plain(name)), (key, column) -> new ColumnDefinition(column.name(), column.type(),
                            column.description(), column.nullable(), column.primaryKey(), column.synonyms(), values,
                            null)));
        }
    }

    private void addKey(String source, List<String> columns, Table target, List<String> targetColumns, int line,
            String path) {
        keys.add(new Key(source, columns.stream().map(names::plain).toList(), name(target),
                targetColumns == null ? List.of() : targetColumns.stream().map(names::plain).toList(), line, path));
    }

    private String name(Table table) {
        String name = names.plain(table.getName());
        String schema = table.getSchemaName() == null ? null : names.plain(table.getSchemaName());
        return schema == null || SEARCHED_SCHEMAS.contains(schema.toLowerCase(Locale.ROOT)) ? name
                : schema + "." + name;
    }

    private static Part<TableDefinition> part(Draft draft) {
        return new Part<>(new TableDefinition(null, null, draft.name, draft.description, List.of(),
                List.copyOf(draft.columns.values()), null), draft.line, 1, draft.path + " (table " + draft.name + ")");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
