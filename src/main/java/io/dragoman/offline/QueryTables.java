package io.dragoman.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tables a query reads: those of what it shows, compares and groups by, joined, or looked up where a join would repeat
 * rows.
 */
final class QueryTables {

    private final Frame frame;
    private final List<Condition> conditions;
    private final JoinGraph graph;
    private final JoinPlanner joins;
    /** Tables of which a row must be there, and no more. */
    private final List<TableNode> semi = new ArrayList<>();

    QueryTables(Frame frame, List<Condition> conditions, JoinGraph graph, JoinPlanner joins) {
        this.frame = frame;
        this.conditions = conditions;
        this.graph = graph;
        this.joins = joins;
    }

    /** Tables of which a row must be there, and no more; known when the others are joined. */
    List<TableNode> lookedUp() {
        return semi;
    }

    /** The table whose rows are shown or counted; null when it is not said. */
    TableNode subject() {
        for (Frame.Target target : frame.targets) {
            if (target.entity() != null) {
                return target.entity();
            }
            if (target.measure() != null && target.measure().table() != null) {
                return target.measure().table();
            }
        }
        return frame.subject;
    }

    /** Joins them; false when they cannot be joined. */
    boolean join() {
        Set<TableNode> needed = new LinkedHashSet<>();
        for (Frame.Target target : frame.targets) {
            needed.add(target.entity() != null ? target.entity() : target.measure() == null ? null : target.measure().table());
        }
        frame.groupColumns.forEach(column -> needed.add(column.table));
        needed.addAll(frame.groupTables);
        frame.orders.forEach(order -> needed.add(order.measure().table()));
        boolean negatedRelation = false;
        Set<TableNode> elsewhere = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            if (condition.kind == Condition.Kind.RELATED && condition.negated) {
                negatedRelation = true;
                continue;
            }
            if (negatedRelation && condition.left != null && condition.left.table() != subject()) {
                continue;
            }
            boolean countsOnly = condition.left != null && condition.left.aggregate() && condition.left.column() == null
                    && frame.targets.stream().allMatch(t -> t.measure() != null && t.measure().aggregate())
                    && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty();
            if (countsOnly) {
                elsewhere.add(condition.left.table());
                continue;
            }
            if (condition.left != null && !ConditionBuilder.antiJoin(condition, subject(), graph)) {
                needed.add(condition.left.table());
            }
            if (condition.right != null && condition.kind == Condition.Kind.COMPARE) {
                needed.add(condition.right.table());
            }
            if (condition.within != null) {
                needed.add(condition.within.table);
            }
        }
        boolean anti = negatedRelation || conditions.stream().anyMatch(c -> ConditionBuilder.antiJoin(c, subject(), graph));
        if (needed.size() > 1 && !frame.countsRows()) {
            elsewhere.addAll(frame.faint);
        }
        frame.times.forEach(use -> needed.add(use.column().table));
        frame.targets.stream().filter(t -> t.measure() != null && t.measure().defined() != null)
                .forEach(t -> needed.addAll(t.measure().defined().tables()));
        conditions.stream().filter(c -> c.kind == Condition.Kind.DEFINED).forEach(c -> needed.addAll(c.left.defined().tables()));
        needed.remove(null);
        joins.prefer(frame.kinds);
        boolean first = true;
        for (TableNode table : needed) {
            joins.require(table);
            if (first && needed.size() > 1) {
                frame.kinds.forEach(joins::require);
            }
            first = false;
        }
        if (!anti) {
            frame.mentioned.stream().filter(table -> !elsewhere.contains(table) && !joins.contains(table)).forEach(this::mention);
        }
        return joins.complete() && joins.size() > 0;
    }

    /** A table that is named for nothing but that a row must be there is not joined, as it would repeat the subject's rows. */
    private void mention(TableNode table) {
        TableNode subject = subject();
        List<JoinGraph.Edge> path = subject == null || !joins.contains(subject) ? null : graph.path(List.of(subject), table);
        boolean many = path != null && path.stream().anyMatch(edge -> !edge.manyToOne() && !edge.asOf());
        boolean plain = frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()
                && frame.orders.stream().noneMatch(o -> o.measure().aggregate())
                && conditions.stream().noneMatch(c -> c.left != null && c.left.aggregate())
                && frame.targets.stream().allMatch(t -> t.measure() == null || t.measure().aggregate() == frame.aggregates());
        if (many && plain) {
            semi.add(table);
        } else {
            joins.require(table);
        }
    }

    /** Whether a row of one table can have several of another, so that joining them repeats it. */
    boolean repeats(TableNode rows, TableNode joined) {
        List<JoinGraph.Edge> path = graph.path(List.of(rows), joined);
        return path != null && path.stream().anyMatch(edge -> !edge.manyToOne());
    }
}
