package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.Predicate.Comparison.Operator;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes predicates of a frame's conditions; negated relations become anti-joins. */
final class ConditionBuilder {

    private final JoinPlanner joins;
    private final JoinGraph graph;
    private final JoinPlanner.AliasSequence aliases;
    private final TableNode subject;

    ConditionBuilder(JoinPlanner joins, JoinGraph graph, JoinPlanner.AliasSequence aliases, TableNode subject) {
        this.joins = joins;
        this.graph = graph;
        this.aliases = aliases;
        this.subject = subject;
    }

    /** Whether a negated condition speaks of rows that the subject must not have at all, rather than of one other value. */
    static boolean antiJoin(Condition condition, TableNode subject, JoinGraph graph) {
        if (!condition.negated || condition.ownRow || condition.left == null || condition.left.aggregate() || subject == null
                || condition.left.table() == subject || condition.kind == Condition.Kind.DEFINED) {
            return false;
        }
        List<JoinGraph.Edge> path = graph.path(List.of(subject), condition.left.table());
        return path != null && path.stream().anyMatch(edge -> !edge.manyToOne());
    }

    Predicate all(List<Condition> conditions) {
        List<Predicate> terms = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            if (condition.kind == Condition.Kind.RELATED && !condition.negated) {
                Predicate member = member(condition.related, condition.inner);
                if (member == null) {
                    throw new JoinPlanner.UnjoinedException(condition.related);
                }
                terms.add(member);
                continue;
            }
            if (condition.kind == Condition.Kind.RELATED) {
                List<Condition> rest = new ArrayList<>();
                while (i + 1 < conditions.size() && conditions.get(i + 1).left != null && conditions.get(i + 1).left.table() != subject) {
                    rest.add(conditions.get(++i));
                }
                Predicate predicate = related(condition.related, rest);
                if (predicate == null) {
                    throw new JoinPlanner.UnjoinedException(condition.related);
                }
                terms.add(predicate);
                continue;
            }
            Predicate term;
            if (antiJoin(condition, subject, graph)) {
                condition.negated = false;
                term = related(condition.left.table(), List.of(condition));
                condition.negated = true;
            } else {
                term = predicate(condition);
            }
            if (term == null) {
                continue;
            }
            if (condition.alternative && !terms.isEmpty()) {
                terms.add(or(terms.remove(terms.size() - 1), term));
            } else {
                terms.add(term);
            }
        }
        return terms.isEmpty() ? null : terms.size() == 1 ? terms.get(0) : new Predicate.And(terms);
    }

    private static Predicate or(Predicate a, Predicate b) {
        List<Predicate> terms = new ArrayList<>();
        terms.addAll(a instanceof Predicate.Or or ? or.terms() : List.of(a));
        terms.add(b);
        return new Predicate.Or(terms);
    }

    /** The subject has so many related rows: its key is among the keys of groups of that size. */
    Predicate counted(Condition condition) {
        TableNode table = condition.left.table();
        List<JoinGraph.Edge> path = subject == null || table == null ? null : graph.path(List.of(subject), table);
        if (path == null || path.isEmpty()) {
            return null;
        }
        JoinGraph.Edge first = path.get(0);
        JoinPlanner planner = new JoinPlanner(graph, aliases);
        planner.require(first.to());
        planner.require(table);
        Expression key = planner.column(first.right().get(0));
        Predicate having = new Predicate.Comparison(operator(condition.operator), new Aggregate(Aggregate.Function.COUNT, null, false, null),
                literal(null, condition.values.get(0)));
        LogicalPlan plan = new LogicalPlan(planner.sources(), null, List.of(key), having, List.of(new OutputColumn(key, null)), false,
                null, List.of(), null);
        return new Predicate.InSubquery(joins.column(first.left().get(0)), plan);
    }

    /** The subject has no such related row. */
    private Predicate related(TableNode table, List<Condition> inner) {
        Predicate member = member(table, inner);
        return member == null ? null : new Predicate.Not(member);
    }

    /** The subject has a related row in the table that passes the conditions. */
    Predicate member(TableNode table, List<Condition> inner) {
        if (subject == null) {
            return null;
        }
        List<JoinGraph.Edge> path = graph.path(List.of(subject), table);
        if (path == null || path.isEmpty()) {
            return null;
        }
        JoinGraph.Edge first = path.get(0);
        JoinPlanner planner = new JoinPlanner(graph, aliases);
        planner.require(first.to());
        planner.require(table);
        for (Condition condition : inner) {
            if (condition.left != null && !planner.require(condition.left.table())) {
                return null;
            }
        }
        Predicate where = new ConditionBuilder(planner, graph, aliases, table).all(inner);
        Expression key = planner.column(first.right().get(0));
        LogicalPlan plan = new LogicalPlan(planner.sources(), where, List.of(), null, List.of(new OutputColumn(key, null)), false,
                null, List.of(), null);
        return new Predicate.InSubquery(joins.column(first.left().get(0)), plan);
    }

    private Predicate predicate(Condition condition) {
        if (condition.kind == Condition.Kind.DEFINED) {
            Predicate bound = joins.bind(condition.left.defined().predicate());
            return condition.negated ? new Predicate.Not(bound) : bound;
        }
        Expression left = amount(condition) ? joins.amount(condition.left.column()) : left(condition.left);
        ColumnNode column = condition.left.column();
        Predicate predicate = switch (condition.kind) {
            case LIKE -> new Predicate.Like(left, condition.values.get(0));
            case NULL -> new Predicate.IsNull(left);
            case TIME -> condition.time.phrase().toPredicate(joins.column(column)).orElseThrow(() -> new JoinPlanner.UnjoinedException(column.table));
            case BETWEEN -> new Predicate.Between(left, literal(column, condition.values.get(0)), literal(column, condition.values.get(1)), false);
            case SUBQUERY -> condition.pick != null ? picked(condition, left)
                    : condition.sameAsRows() ? new Predicate.InSubquery(left, rows(condition))
                    : new Predicate.Comparison(operator(condition.operator), left, subquery(condition));
            default -> comparison(condition, left, column);
        };
        if (!condition.companions.isEmpty()) {
            List<Predicate> terms = new ArrayList<>(List.of(predicate));
            condition.companions.forEach(companion -> terms.add(predicate(companion)));
            predicate = new Predicate.And(terms);
        }
        if (condition.negated && predicate instanceof Predicate.Comparison c && c.operator() == Operator.EQ) {
            return new Predicate.Comparison(Operator.NE, c.left(), c.right());
        }
        return condition.negated ? new Predicate.Not(predicate) : predicate;
    }

    /** Whether a column is compared as a number. */
    private static boolean amount(Condition condition) {
        if (condition.left.aggregate() || condition.left.column() == null || condition.left.column().temporal()) {
            return false;
        }
        boolean ordered = condition.kind == Condition.Kind.BETWEEN || condition.operator != null && !Set.of("=", "<>").contains(condition.operator);
        return ordered && condition.values.stream().allMatch(Tokenizer::numeric) && condition.pick == null;
    }

    private Predicate comparison(Condition condition, Expression left, ColumnNode column) {
        if (condition.right != null) {
            return new Predicate.Comparison(operator(condition.operator), left, joins.column(condition.right.column()));
        }
        String value = condition.values.get(0);
        boolean year = column != null && !condition.left.aggregate() && column.temporal() && !column.year() && !column.numeric()
                && value.length() == 4 && Tokenizer.numeric(value);
        if (year) {
            if (!column.type.temporal()) {
                return condition.operator.equals("=") ? new Predicate.Like(left, "%" + value + "%")
                        : new Predicate.Comparison(operator(condition.operator), left, new Expression.Literal(value, DataType.TEXT));
            }
            return new Predicate.Comparison(operator(condition.operator), new Expression.DatePart(Expression.DatePart.Part.YEAR, left),
                    new Expression.Literal(value, DataType.INTEGER));
        }
        return new Predicate.Comparison(operator(condition.operator), left, literal(condition.left.aggregate() ? null : column, value));
    }

    private Expression left(Measure measure) {
        if (measure.defined() != null && measure.function() == null) {
            return joins.bind(measure.defined().expression());
        }
        if (!measure.aggregate()) {
            return joins.column(measure.column());
        }
        Expression argument = measure.column() == null ? null
                : measure.function() == Aggregate.Function.COUNT ? joins.column(measure.column()) : joins.amount(measure.column());
        return new Aggregate(measure.function(), argument, measure.distinct() && argument != null, null);
    }

    /** The row is, or is among, the first of an order. */
    private Predicate picked(Condition condition, Expression left) {
        JoinPlanner planner = new JoinPlanner(graph, aliases);
        ColumnNode key = condition.right.column();
        Measure measure = condition.pick.measure();
        planner.require(key.table);
        planner.require(measure.table());
        Expression selected = planner.column(key);
        Expression ranked = measure.column() == null ? null : planner.column(measure.column());
        if (measure.aggregate()) {
            ranked = new Aggregate(measure.function(), ranked, measure.distinct() && ranked != null, null);
        }
        Predicate among = condition.inner.isEmpty() ? null : new ConditionBuilder(planner, graph, aliases, key.table).all(condition.inner);
        LogicalPlan plan = new LogicalPlan(planner.sources(), among, measure.aggregate() ? List.of(selected) : List.of(), null,
                List.of(new OutputColumn(selected, null)), false, null,
                List.of(new LogicalPlan.Ordering(ranked, condition.pick.descending())), condition.picked);
        return condition.picked == 1 ? new Predicate.Comparison(Operator.EQ, left, new Expression.ScalarSubquery(plan))
                : new Predicate.InSubquery(left, plan);
    }

    /** The values of a column of the rows that pass the inner conditions. */
    private LogicalPlan rows(Condition condition) {
        JoinPlanner planner = new JoinPlanner(graph, aliases);
        ColumnNode column = condition.right.column();
        planner.require(column.table);
        Expression selected = planner.column(column);
        Predicate where = new ConditionBuilder(planner, graph, aliases, column.table).all(condition.inner);
        return new LogicalPlan(planner.sources(), where, List.of(), null, List.of(new OutputColumn(selected, null)), false, null,
                List.of(), null);
    }

    private Expression subquery(Condition condition) {
        JoinPlanner planner = new JoinPlanner(graph, aliases);
        ColumnNode column = condition.right.column();
        planner.require(column.table);
        for (Condition inner : condition.inner) {
            planner.require(inner.left.table());
        }
        if (condition.within != null) {
            planner.require(condition.within.table);
        }
        Expression selected = planner.column(column);
        if (condition.through != null) {
            Predicate referred = new Predicate.Comparison(Operator.EQ, planner.column(condition.through.right().get(0)),
                    joins.column(condition.through.left().get(0)));
            return new Expression.ScalarSubquery(new LogicalPlan(planner.sources(), referred, List.of(), null,
                    List.of(new OutputColumn(selected, null)), false, null, List.of(), null));
        }
        if (condition.mostCommon != null) {
            LogicalPlan.Ordering order = new LogicalPlan.Ordering(new Aggregate(Aggregate.Function.COUNT, null, false, null),
                    condition.mostCommon);
            return new Expression.ScalarSubquery(new LogicalPlan(planner.sources(), null, List.of(selected), null,
                    List.of(new OutputColumn(selected, null)), false, null, List.of(order), 1));
        }
        if (condition.right.aggregate()) {
            selected = condition.right.function() == Aggregate.Function.COUNT ? selected : planner.amount(column);
            selected = new Aggregate(condition.right.function(), selected, false, null);
        }
        Predicate where = new ConditionBuilder(planner, graph, aliases, column.table).all(condition.inner);
        if (condition.within != null) {
            Predicate sameGroup = new Predicate.Comparison(Operator.EQ, planner.column(condition.within), joins.column(condition.within));
            where = where == null ? sameGroup : new Predicate.And(List.of(where, sameGroup));
        }
        return new Expression.ScalarSubquery(new LogicalPlan(planner.sources(), where, List.of(), null,
                List.of(new OutputColumn(selected, null)), false, null, List.of(), condition.right.aggregate() ? null : 1));
    }

    static Operator operator(String text) {
        return switch (text) {
            case "<" -> Operator.LT;
            case "<=" -> Operator.LE;
            case ">" -> Operator.GT;
            case ">=" -> Operator.GE;
            case "<>" -> Operator.NE;
            default -> Operator.EQ;
        };
    }

    static Expression.Literal literal(ColumnNode column, String value) {
        boolean number = Tokenizer.numeric(value);
        if (column == null || column.type.numeric() || number && column.numeric()) {
            return new Expression.Literal(value, number ? value.contains(".") ? DataType.DECIMAL : DataType.INTEGER : DataType.TEXT);
        }
        if (column.type == DataType.OTHER && number) {
            return new Expression.Literal(value, value.contains(".") ? DataType.DECIMAL : DataType.INTEGER);
        }
        return new Expression.Literal(value, column.type.temporal() && !number ? column.type : DataType.TEXT);
    }
}
