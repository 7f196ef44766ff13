package io.dragoman.offline;

import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A table with what the parser needs to know of it, made once per schema group. */
final class TableNode {

    private static final Set<String> DECORATION = Set.of("reference", "tbl", "table", "dim", "fact", "tb");

    /** Fewer columns may begin with the same word by chance. */
    private static final int FEWEST_PREFIXED = 3;
    private static final int MOST_PREFIX = 3;

    final int id;
    final TableDefinition definition;
    final List<String> stems;
    final List<ColumnNode> columns = new ArrayList<>();
    final List<ColumnNode> primaryKey = new ArrayList<>();
    private final ColumnNode implied;

    TableNode(int id, TableDefinition definition) {
        this.id = id;
        this.definition = definition;
        String name = definition.name();
        List<String> found = new ArrayList<>();
        for (String word : Names.words(name.substring(name.lastIndexOf('.') + 1))) {
            if (!Words.stop(word)) {
                found.add(Words.stem(word));
            }
        }
        if (found.size() > 1 && DECORATION.contains(found.get(0))) {
            found.remove(0);
        }
        this.stems = List.copyOf(found);
        int ordinal = 0;
        int prefix = prefix(definition);
        for (var column : definition.columns()) {
            ColumnNode node = new ColumnNode(this, column, ordinal++, prefix);
            columns.add(node);
            if (column.primaryKey()) {
                primaryKey.add(node);
            }
        }
        this.implied = impliedKey();
    }

    /** So many words begin the names of all columns, as in {@code l_tax, l_discount, l_comment}, and so tell nothing. */
    private static int prefix(TableDefinition definition) {
        List<List<String>> names = definition.columns().stream().map(column -> Names.written(column.name())).toList();
        int same = 0;
        while (names.size() >= FEWEST_PREFIXED && same < MOST_PREFIX) {
            int at = same;
            if (!names.stream().allMatch(name -> name.size() > at + 1 && name.get(at).equals(names.get(0).get(at)))) {
                break;
            }
            same++;
        }
        return same;
    }

    String name() {
        return definition.name();
    }

    /** The column that identifies a row: the single primary key, or a leading id column; null when there is none. */
    ColumnNode key() {
        if (primaryKey.size() == 1) {
            return primaryKey.get(0);
        }
        return primaryKey.isEmpty() ? implied : null;
    }

    /**
     * The column that a table without a declared key has for one: {@code id}, {@code review_id} or {@code rid} of {@code review};
     * else a leading id, where it is the only one.
     */
    private ColumnNode impliedKey() {
        String initial = stems.isEmpty() ? "" : stems.get(0).substring(0, 1);
        for (String name : List.of("id", String.join("_", stems) + "_id", String.join("", stems) + "id", initial + "id")) {
            for (ColumnNode column : columns) {
                if (column.name().equalsIgnoreCase(name)) {
                    return column;
                }
            }
        }
        boolean leading = !columns.isEmpty() && columns.get(0).identifier && columns.stream().filter(column -> column.identifier).count() == 1;
        return leading ? columns.get(0) : null;
    }

    /** The columns a person would call a row by: its name or title, first and last names together; may be empty. */
    List<ColumnNode> display() {
        Set<ColumnNode> found = new LinkedHashSet<>();
        for (ColumnNode column : columns) {
            if (column.stems.contains("name") && column.text() && !column.foreign && column.ownName()) {
                found.add(column);
            }
        }
        if (found.isEmpty()) {
            for (ColumnNode column : columns) {
                if (column.text() && !column.foreign && (column.stems.contains("title") || column.stems.contains("name")
                        || column.stems.equals(stems))) {
                    found.add(column);
                }
            }
        }
        if (found.isEmpty()) {
            for (ColumnNode column : columns) {
                if (column.text() && !column.foreign && !column.identifier && (column.stems.contains("description")
                        || column.stems.contains("detail"))) {
                    found.add(column);
                    break;
                }
            }
        }
        return found.stream().limit(3).toList();
    }

    @Override
    public String toString() {
        return name();
    }
}
