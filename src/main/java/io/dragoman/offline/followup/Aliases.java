package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.function.UnaryOperator;

/** Renames the aliases, or replaces columns, in expressions, predicates and plans, however deep. */
final class Aliases {

    private final UnaryOperator<String> names;
    private final UnaryOperator<Expression.Column> columns;

    Aliases(UnaryOperator<String> names) {
        this(names, column -> new Expression.Column(names.apply(column.alias()), column.column(), column.type()));
    }

    private Aliases(UnaryOperator<String> names, UnaryOperator<Expression.Column> columns) {
        this.names = names;
        this.columns = columns;
    }

    /** Leaves the aliases and replaces columns. */
    static Aliases replacing(UnaryOperator<Expression.Column> columns) {
        return new Aliases(UnaryOperator.identity(), columns);
    }

    Expression in(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return columns.apply(column);
        } else if (expression instanceof Expression.Aggregate aggregate) {
            return new Expression.Aggregate(aggregate.function(), in(aggregate.argument()), aggregate.distinct(),
                    in(aggregate.filter()));
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return new Expression.Arithmetic(arithmetic.operator(), in(arithmetic.left()), in(arithmetic.right()));
        } else if (expression instanceof Expression.TimeBucket bucket) {
            return new Expression.TimeBucket(bucket.unit(), bucket.count(), in(bucket.argument()));
        } else if (expression instanceof Expression.DatePart part) {
            return new Expression.DatePart(part.part(), in(part.argument()));
        } else if (expression instanceof Expression.Call call) {
            return new Expression.Call(call.function(), call.arguments().stream().map(this::in).toList());
        } else if (expression instanceof Expression.Window window) {
            return new Expression.Window(window.function(), in(window.argument()), window.orderBy() == null ? null
                    : window.orderBy().stream().map(this::in).toList(), window.partitionBy().stream().map(this::in).toList());
        } else if (expression instanceof Expression.ScalarSubquery subquery) {
            return new Expression.ScalarSubquery(in(subquery.plan()));
        }
        return expression;
    }

    Predicate in(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return new Predicate.Comparison(comparison.operator(), in(comparison.left()), in(comparison.right()));
        } else if (predicate instanceof Predicate.Between between) {
            return new Predicate.Between(in(between.expression()), in(between.low()), in(between.high()),
                    between.highExclusive());
        } else if (predicate instanceof Predicate.In in) {
            return new Predicate.In(in(in.expression()), in.values());
        } else if (predicate instanceof Predicate.InSubquery in) {
            return new Predicate.InSubquery(in(in.expression()), in(in.plan()));
        } else if (predicate instanceof Predicate.Exists exists) {
            return new Predicate.Exists(in(exists.plan()));
        } else if (predicate instanceof Predicate.Like like) {
            return new Predicate.Like(in(like.expression()), like.pattern());
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return new Predicate.IsNull(in(isNull.expression()));
        } else if (predicate instanceof Predicate.And and) {
            return new Predicate.And(and.terms().stream().map(this::in).toList());
        } else if (predicate instanceof Predicate.Or or) {
            return new Predicate.Or(or.terms().stream().map(this::in).toList());
        } else if (predicate instanceof Predicate.Not not) {
            return new Predicate.Not(in(not.term()));
        }
        return null;
    }

    LogicalPlan.Ordering in(LogicalPlan.Ordering ordering) {
        return new LogicalPlan.Ordering(in(ordering.expression()), ordering.descending());
    }

    LogicalPlan in(LogicalPlan plan) {
        return new LogicalPlan(plan.from().stream().map(this::in).toList(), in(plan.where()),
                plan.groupBy().stream().map(this::in).toList(), in(plan.having()),
                plan.select().stream().map(column -> new LogicalPlan.OutputColumn(in(column.expression()), column.name()))
                        .toList(),
                plan.distinct(), plan.setOperation() == null ? null : new LogicalPlan.SetOperation(
                        plan.setOperation().kind(), in(plan.setOperation().other())),
                plan.orderBy().stream().map(this::in).toList(), plan.limit());
    }

    private LogicalPlan.Source in(LogicalPlan.Source source) {
        return new LogicalPlan.Source(source.definition(), source.table(), names.apply(source.alias()), source.join(),
                source.on().stream().map(pair -> new LogicalPlan.JoinCondition((Expression.Column) in(pair.left()),
                        (Expression.Column) in(pair.right()))).toList());
    }
}
