package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.List;
import java.util.function.UnaryOperator;

/** Copies expressions and predicates with their columns replaced. Subqueries keep their own columns. */
final class Rebinding {

    private final UnaryOperator<Expression.Column> columns;

    Rebinding(UnaryOperator<Expression.Column> columns) {
        this.columns = columns;
    }

    Expression expression(Expression e) {
        if (e instanceof Expression.Column column) {
            return columns.apply(column);
        } else if (e instanceof Expression.Aggregate a) {
            return new Expression.Aggregate(a.function(), nullable(a.argument()), a.distinct(),
                    a.filter() == null ? null : predicate(a.filter()));
        } else if (e instanceof Expression.Arithmetic a) {
            return new Expression.Arithmetic(a.operator(), expression(a.left()), expression(a.right()));
        } else if (e instanceof Expression.TimeBucket b) {
            return new Expression.TimeBucket(b.unit(), b.count(), expression(b.argument()));
        } else if (e instanceof Expression.DatePart p) {
            return new Expression.DatePart(p.part(), expression(p.argument()));
        } else if (e instanceof Expression.Call c) {
            return new Expression.Call(c.function(), all(c.arguments()));
        } else if (e instanceof Expression.Window w) {
            return new Expression.Window(w.function(), nullable(w.argument()), w.orderBy().stream()
                    .map(o -> new LogicalPlan.Ordering(expression(o.expression()), o.descending())).toList(), all(w.partitionBy()));
        }
        return e;
    }

    private Expression nullable(Expression e) {
        return e == null ? null : expression(e);
    }

    private List<Expression> all(List<Expression> list) {
        return list.stream().map(this::expression).toList();
    }

    Predicate predicate(Predicate p) {
        if (p instanceof Predicate.Comparison c) {
            return new Predicate.Comparison(c.operator(), expression(c.left()), expression(c.right()));
        } else if (p instanceof Predicate.Between b) {
            return new Predicate.Between(expression(b.expression()), expression(b.low()), expression(b.high()), b.highExclusive());
        } else if (p instanceof Predicate.In in) {
            return new Predicate.In(expression(in.expression()), in.values());
        } else if (p instanceof Predicate.InSubquery in) {
            return new Predicate.InSubquery(expression(in.expression()), in.plan());
        } else if (p instanceof Predicate.Like like) {
            return new Predicate.Like(expression(like.expression()), like.pattern());
        } else if (p instanceof Predicate.IsNull isNull) {
            return new Predicate.IsNull(expression(isNull.expression()));
        } else if (p instanceof Predicate.And and) {
            return new Predicate.And(and.terms().stream().map(this::predicate).toList());
        } else if (p instanceof Predicate.Or or) {
            return new Predicate.Or(or.terms().stream().map(this::predicate).toList());
        } else if (p instanceof Predicate.Not not) {
            return new Predicate.Not(predicate(not.term()));
        }
        return p;
    }
}
