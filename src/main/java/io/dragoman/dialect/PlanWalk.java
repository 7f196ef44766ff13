package io.dragoman.dialect;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.function.Consumer;

/** Visits every expression of a plan, outside in, those of its subqueries too if asked. */
public final class PlanWalk {

    private final boolean subqueries;
    private final Consumer<Expression> visitor;

    private PlanWalk(boolean subqueries, Consumer<Expression> visitor) {
        this.subqueries = subqueries;
        this.visitor = visitor;
    }

    /** Visits the expressions of a plan and of all plans in it. */
    public static void all(LogicalPlan plan, Consumer<Expression> visitor) {
        new PlanWalk(true, visitor).plan(plan);
    }

    /** Visits the expressions of a plan, without those of plans within it. */
    public static void own(LogicalPlan plan, Consumer<Expression> visitor) {
        new PlanWalk(false, visitor).plan(plan);
    }

    /** Visits the expressions of a condition, those of plans in it too if asked. */
    public static void condition(Predicate condition, boolean subqueries, Consumer<Expression> visitor) {
        new PlanWalk(subqueries, visitor).predicate(condition);
    }

    /** Visits an expression and those in it, those of plans in it too if asked. */
    public static void expression(Expression expression, boolean subqueries, Consumer<Expression> visitor) {
        new PlanWalk(subqueries, visitor).expression(expression);
    }

    private void plan(LogicalPlan plan) {
        plan.from().forEach(source -> source.on().forEach(pair -> {
            expression(pair.left());
            expression(pair.right());
        }));
        predicate(plan.where());
        plan.groupBy().forEach(this::expression);
        predicate(plan.having());
        plan.select().forEach(column -> expression(column.expression()));
        plan.orderBy().forEach(ordering -> expression(ordering.expression()));
        if (plan.setOperation() != null) {
            subplan(plan.setOperation().other());
        }
    }

    private void subplan(LogicalPlan plan) {
        if (subqueries) {
            plan(plan);
        }
    }

    private void expression(Expression expression) {
        if (expression == null) {
            return;
        }
        visitor.accept(expression);
        if (expression instanceof Expression.Aggregate aggregate) {
            expression(aggregate.argument());
            predicate(aggregate.filter());
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            expression(arithmetic.left());
            expression(arithmetic.right());
        } else if (expression instanceof Expression.TimeBucket bucket) {
            expression(bucket.argument());
        } else if (expression instanceof Expression.DatePart part) {
            expression(part.argument());
        } else if (expression instanceof Expression.Call call) {
            call.arguments().forEach(this::expression);
        } else if (expression instanceof Expression.Window window) {
            expression(window.argument());
            if (window.orderBy() != null) {
                window.orderBy().forEach(ordering -> expression(ordering.expression()));
            }
            window.partitionBy().forEach(this::expression);
        } else if (expression instanceof Expression.ScalarSubquery subquery) {
            subplan(subquery.plan());
        }
    }

    private void predicate(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            expression(comparison.left());
            expression(comparison.right());
        } else if (predicate instanceof Predicate.Between between) {
            expression(between.expression());
            expression(between.low());
            expression(between.high());
        } else if (predicate instanceof Predicate.In in) {
            expression(in.expression());
        } else if (predicate instanceof Predicate.InSubquery in) {
            expression(in.expression());
            subplan(in.plan());
        } else if (predicate instanceof Predicate.Exists exists) {
            subplan(exists.plan());
        } else if (predicate instanceof Predicate.Like like) {
            expression(like.expression());
        } else if (predicate instanceof Predicate.IsNull isNull) {
            expression(isNull.expression());
        } else if (predicate instanceof Predicate.And and) {
            and.terms().forEach(this::predicate);
        } else if (predicate instanceof Predicate.Or or) {
            or.terms().forEach(this::predicate);
        } else if (predicate instanceof Predicate.Not not) {
            predicate(not.term());
        }
    }
}
