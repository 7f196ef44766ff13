package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.Predicate.Comparison.Operator;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Superlatives within groups: <i>the best-paid employee of each department</i>, <i>the customer with the most orders of each city</i>. */
final class GroupExtremes {

    private final Frame frame;
    private final JoinGraph graph;
    private final JoinPlanner.AliasSequence aliases;
    private final Function<JoinPlanner, Predicate> rows;

    /**
     * A builder of conditions.
     *
     * @param rows makes the condition that the question's rows pass, over the tables of a planner
     */
    GroupExtremes(Frame frame, JoinGraph graph, JoinPlanner.AliasSequence aliases, Function<JoinPlanner, Predicate> rows) {
        this.frame = frame;
        this.graph = graph;
        this.aliases = aliases;
        this.rows = rows;
    }

    /**
     * The condition that a row, or for an aggregate a group of rows, comes first in its group.
     *
     * @param outer the joins of the query
     * @param keys  the grouping keys of the query; only for aggregates
     * @return null when the groups cannot be told apart
     */
    Predicate first(JoinPlanner outer, Collection<ColumnNode> keys) {
        List<ColumnNode> groups = new ArrayList<>(frame.eachColumns);
        for (TableNode table : frame.groupTables) {
            groups.addAll(table.key() != null ? List.of(table.key()) : table.display());
        }
        Frame.Order order = frame.orders.get(0);
        if (groups.isEmpty() || order.measure().defined() != null && !order.measure().aggregate()) {
            return null;
        }
        return order.measure().aggregate() ? mostOf(outer, keys, groups, order) : highest(outer, groups, order);
    }

    private Predicate highest(JoinPlanner outer, List<ColumnNode> groups, Frame.Order order) {
        ColumnNode column = order.measure().column();
        JoinPlanner inner = new JoinPlanner(graph, aliases);
        inner.require(column.table);
        for (TableNode table : outer.tables()) {
            List<JoinGraph.Edge> path = graph.path(List.of(column.table), table);
            if (path == null || path.stream().anyMatch(edge -> !edge.manyToOne())) {
                inner.require(table);
            }
        }
        Predicate where = sameGroup(rows.apply(inner), inner, outer, groups, column.table);
        return frame.limit > 1 ? amongFirst(where, inner, outer, order) : equalToFirst(where, inner, outer, order);
    }

    private static Predicate equalToFirst(Predicate where, JoinPlanner inner, JoinPlanner outer, Frame.Order order) {
        ColumnNode column = order.measure().column();
        Expression extreme = new Aggregate(order.descending() ? Aggregate.Function.MAX : Aggregate.Function.MIN, inner.column(column), false, null);
        LogicalPlan plan = new LogicalPlan(inner.sources(), where, List.of(), null, List.of(new OutputColumn(extreme, null)), false,
                null, List.of(), null);
        return new Predicate.Comparison(Operator.EQ, outer.column(column), new Expression.ScalarSubquery(plan));
    }

    /** Fewer rows of the group than are asked for come before the row. */
    private Predicate amongFirst(Predicate where, JoinPlanner inner, JoinPlanner outer, Frame.Order order) {
        ColumnNode column = order.measure().column();
        List<Predicate> terms = new ArrayList<>(where instanceof Predicate.And and ? and.terms() : List.of(where));
        terms.add(new Predicate.Comparison(order.descending() ? Operator.GT : Operator.LT, inner.column(column), outer.column(column)));
        LogicalPlan before = new LogicalPlan(inner.sources(), new Predicate.And(terms), List.of(), null,
                List.of(new OutputColumn(new Aggregate(Aggregate.Function.COUNT, null, false, null), null)), false, null, List.of(), null);
        Predicate few = new Predicate.Comparison(Operator.LT, new Expression.ScalarSubquery(before),
                new Expression.Literal(frame.limit.toString(), DataType.INTEGER));
        return new Predicate.And(List.of(new Predicate.Not(new Predicate.IsNull(outer.column(column))), few));
    }

    /** Group by group, the first of each group first. */
    List<LogicalPlan.Ordering> order(JoinPlanner outer) {
        List<LogicalPlan.Ordering> order = new ArrayList<>();
        frame.eachColumns.forEach(column -> order.add(new LogicalPlan.Ordering(outer.column(column), false)));
        frame.groupTables.stream().flatMap(table -> table.display().stream()).forEach(column ->
                order.add(new LogicalPlan.Ordering(outer.column(column), false)));
        Frame.Order by = frame.orders.get(0);
        order.add(new LogicalPlan.Ordering(by.measure().aggregate() ? aggregate(by.measure(), outer) : outer.column(by.measure().column()),
                by.descending()));
        return order;
    }

    /** The group's amount is among the first amounts of the groups that it is one of: ties are all first. */
    private Predicate mostOf(JoinPlanner outer, Collection<ColumnNode> keys, List<ColumnNode> groups, Frame.Order order) {
        JoinPlanner inner = new JoinPlanner(graph, aliases);
        outer.tables().forEach(inner::require);
        Predicate where = sameGroup(rows.apply(inner), inner, outer, groups, null);
        Expression measure = aggregate(order.measure(), inner);
        LogicalPlan plan = new LogicalPlan(inner.sources(), where, keys.stream().map(key -> (Expression) inner.column(key)).toList(), null,
                List.of(new OutputColumn(measure, null)), false, null, List.of(new LogicalPlan.Ordering(measure, order.descending())), frame.limit);
        Expression own = aggregate(order.measure(), outer);
        return frame.limit > 1 ? new Predicate.InSubquery(own, plan) : new Predicate.Comparison(Operator.EQ, own, new Expression.ScalarSubquery(plan));
    }

    private static Expression aggregate(Measure measure, JoinPlanner planner) {
        if (measure.defined() != null && measure.function() == null) {
            return planner.bind(measure.defined().expression());
        }
        Expression argument = measure.defined() != null ? planner.bind(measure.defined().expression())
                : measure.column() == null ? null : planner.column(measure.column());
        return new Aggregate(measure.function(), argument, measure.distinct() && argument != null, null);
    }

    /** The rows that pass and whose groups are those of the outer row; a foreign key stands for the key that it refers to. */
    private Predicate sameGroup(Predicate where, JoinPlanner inner, JoinPlanner outer, List<ColumnNode> groups, TableNode from) {
        List<Predicate> terms = new ArrayList<>();
        if (where != null) {
            terms.addAll(where instanceof Predicate.And and ? and.terms() : List.of(where));
        }
        for (ColumnNode group : groups) {
            terms.add(new Predicate.Comparison(Operator.EQ, inner.column(reference(group, inner, from)), outer.column(group)));
        }
        return terms.size() == 1 ? terms.get(0) : new Predicate.And(terms);
    }

    private ColumnNode reference(ColumnNode group, JoinPlanner inner, TableNode from) {
        if (from == null || inner.contains(group.table)) {
            return group;
        }
        return graph.of(from).stream().filter(edge -> edge.to() == group.table && edge.manyToOne() && edge.right().equals(List.of(group)))
                .findFirst().map(edge -> edge.left().get(0)).orElse(group);
    }
}
