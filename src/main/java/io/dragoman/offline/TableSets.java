package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.LogicalPlan.SetOperation;
import java.util.List;
import java.util.Optional;

/** The same thing of rows of two tables: <i>phone numbers of all customers and staff</i>, <i>last names used by both customers and staff</i>. */
final class TableSets {

    /** What the other side shows, and how both are combined. */
    record Other(SetOperation.Kind kind, ColumnNode column) {
    }

    private TableSets() {
    }

    /** Whether a frame asks for such a set; then the other table is no longer part of the frame itself. */
    static void of(Frame frame, List<Link> units, JoinGraph graph) {
        boolean plain = frame.conditions.isEmpty() && frame.orders.isEmpty() && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()
                && frame.times.isEmpty() && frame.limit == null && !frame.targets.isEmpty() && frame.targets.size() <= 2;
        Measure shown = plain ? frame.targets.get(0).measure() : null;
        if (shown == null || shown.function() != null || shown.column() == null) {
            return;
        }
        int second = last(units);
        int and = second < 0 ? -1 : before(units, second);
        int first = and < 0 || units.get(and).kind() != Kind.AND ? -1 : before(units, and);
        if (first < 0 || units.get(first).kind() != Kind.TABLE || units.get(first).table() == units.get(second).table()) {
            return;
        }
        boolean of = relates(units, first, "OF");
        boolean by = !of && relates(units, first, "IN");
        boolean ofFirst = shown.table() == units.get(first).table();
        TableNode other = units.get(ofFirst ? second : first).table();
        Optional<ColumnNode> same = same(shown.column(), other);
        boolean rest = frame.targets.stream().skip(1).allMatch(target -> target.entity() == other && !target.everything());
        boolean related = graph.of(shown.table()).stream().anyMatch(edge -> edge.to() == other);
        if (!rest || same.isEmpty() || !ofFirst && shown.table() != units.get(second).table() || !of && !by || of && related) {
            return;
        }
        frame.targets.subList(1, frame.targets.size()).clear();
        frame.mentioned.remove(other);
        frame.set = new Other(of ? SetOperation.Kind.UNION : SetOperation.Kind.INTERSECT, same.get());
    }

    /** The column that says the same of another table's rows: of the same name, or both what the rows are called. */
    private static Optional<ColumnNode> same(ColumnNode column, TableNode other) {
        Optional<ColumnNode> named = other.columns.stream().filter(one -> one.core.equals(column.core) && !one.foreign).findFirst();
        boolean called = column.table.display().equals(List.of(column)) && other.display().size() == 1;
        return named.isEmpty() && called ? Optional.of(other.display().get(0)) : named;
    }

    /** The table that the question ends with; -1 for none. */
    private static int last(List<Link> units) {
        int at = units.size() - 1;
        while (at >= 0 && units.get(at).is(Kind.STOP, Kind.WORD) && (units.get(at).kind() == Kind.STOP || Words.stop(units.get(at).text())
                || Coverage.lightWords().contains(Words.stem(units.get(at).text())))) {
            at--;
        }
        return at >= 0 && units.get(at).kind() == Kind.TABLE ? at : -1;
    }

    /** The unit before, without articles and the like. */
    private static int before(List<Link> units, int at) {
        int k = at - 1;
        while (k >= 0 && (units.get(k).is(Kind.PREPOSITION, Kind.BOTH) || units.get(k).kind() == Kind.WORD && Words.stop(units.get(k).text()))) {
            k--;
        }
        return k;
    }

    private static boolean relates(List<Link> units, int table, String preposition) {
        for (int k = table - 1; k > before(units, table); k--) {
            if (units.get(k).kind() == Kind.PREPOSITION && preposition.equals(units.get(k).text())) {
                return true;
            }
        }
        return false;
    }
}
