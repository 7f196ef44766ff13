package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan.JoinCondition;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Joins the tables that a query needs along the shortest relationship paths, and names them {@code t1}, {@code t2} … */
final class JoinPlanner {

    private final JoinGraph graph;
    private final AliasSequence aliases;
    private final Map<TableNode, String> joined = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<TableNode> unreachable = new ArrayList<>();
    private Set<TableNode> preferred = Set.of();

    /** Gives aliases that are unique within a plan and its subqueries. */
    static final class AliasSequence {
        private int next = 1;

        String next() {
            return "t" + next++;
        }
    }

    /** A column is needed of a table that nothing relates to the others. */
    static final class UnjoinedException extends RuntimeException {
        UnjoinedException(TableNode table) {
            super("not joined: " + table, null, false, false);
        }
    }

    JoinPlanner(JoinGraph graph, AliasSequence aliases) {
        this.graph = graph;
        this.aliases = aliases;
    }

    /** Makes a table part of the query, with the tables between; false when there is no way to join it. */
    boolean require(TableNode table) {
        if (joined.containsKey(table)) {
            return true;
        }
        if (joined.isEmpty()) {
            String alias = aliases.next();
            joined.put(table, alias);
            sources.add(new Source(table.definition.definition(), table.name(), alias, null, List.of()));
            return true;
        }
        List<JoinGraph.Edge> path = nearest(table);
        if (path == null) {
            unreachable.add(table);
            return false;
        }
        for (JoinGraph.Edge edge : path) {
            join(edge);
        }
        return true;
    }

    /** The shortest path; of equal ones that from a table that the question's noun names. */
    private List<JoinGraph.Edge> nearest(TableNode table) {
        List<JoinGraph.Edge> path = graph.path(joined.keySet(), table);
        for (TableNode kind : preferred) {
            List<JoinGraph.Edge> own = joined.containsKey(kind) ? graph.path(List.of(kind), table) : null;
            if (own != null && own.stream().allMatch(JoinGraph.Edge::manyToOne) && cost(own) <= cost(path) + 0.01) {
                return own;
            }
        }
        return path;
    }

    private static double cost(List<JoinGraph.Edge> path) {
        return path.stream().mapToDouble(JoinGraph.Edge::cost).sum();
    }

    /** Joins from these tables where others are no nearer. */
    void prefer(Set<TableNode> tables) {
        preferred = tables;
    }

    private void join(JoinGraph.Edge edge) {
        if (joined.containsKey(edge.to())) {
            return;
        }
        String alias = aliases.next();
        joined.put(edge.to(), alias);
        List<JoinCondition> on = new ArrayList<>();
        for (int i = 0; i < edge.left().size(); i++) {
            on.add(new JoinCondition(column(edge.left().get(i)), column(edge.right().get(i))));
        }
        sources.add(new Source(edge.to().definition.definition(), edge.to().name(), alias,
                edge.asOf() ? JoinType.AS_OF : JoinType.INNER, on));
    }

    /** A reference to a column of a table that is part of the query. */
    Expression.Column column(ColumnNode column) {
        if (!require(column.table)) {
            throw new UnjoinedException(column.table);
        }
        String alias = joined.get(column.table);
        return new Expression.Column(alias, column.name(), column.type);
    }

    /** The same where an amount is needed: a number that is kept as text is read as one. */
    Expression amount(ColumnNode column) {
        Expression.Column reference = column(column);
        return column.numberAsText() && column.type == DataType.TEXT
                ? new Expression.Call(Expression.Call.Function.NUMBER, List.of(reference)) : reference;
    }

    /** An expression of a directive, whose columns bear their table's name as alias, over this query's aliases. */
    Expression bind(Expression expression) {
        return new Rebinding(this::bound).expression(expression);
    }

    /** The same for a condition. */
    Predicate bind(Predicate predicate) {
        return new Rebinding(this::bound).predicate(predicate);
    }

    private Expression.Column bound(Expression.Column column) {
        for (Map.Entry<TableNode, String> entry : joined.entrySet()) {
            if (entry.getKey().name().equals(column.alias())) {
                return new Expression.Column(entry.getValue(), column.column(), column.type());
            }
        }
        throw new IllegalStateException("not joined: " + column.alias());
    }

    /** The tables that are part of the query, in the order they were joined. */
    List<TableNode> tables() {
        return List.copyOf(joined.keySet());
    }

    boolean contains(TableNode table) {
        return joined.containsKey(table);
    }

    List<Source> sources() {
        return sources;
    }

    boolean complete() {
        return unreachable.isEmpty();
    }

    int size() {
        return sources.size();
    }
}
