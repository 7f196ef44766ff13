package io.dragoman.pipeline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;

/**
 * What kind of query a plan is, in two words.
 *
 * @param queryType  {@code lookup}, {@code aggregation}, {@code ranking}, {@code time_series} or {@code comparison}
 * @param complexity {@code SINGLE_LINE}, or {@code MULTI_LINE} when there are joins, subqueries or set operations
 */
record PlanShape(String queryType, String complexity) {

    static PlanShape of(LogicalPlan plan) {
        boolean nested = plan.from().size() > 1 || plan.setOperation() != null || hasSubquery(plan.where())
                || hasSubquery(plan.having());
        return new PlanShape(type(plan), nested ? "MULTI_LINE" : "SINGLE_LINE");
    }

    private static String type(LogicalPlan plan) {
        boolean aggregates = !plan.groupBy().isEmpty()
                || plan.select().stream().anyMatch(column -> column.expression() instanceof Expression.Aggregate);
        if (plan.setOperation() != null || hasSubquery(plan.where()) || hasSubquery(plan.having())) {
            return "comparison";
        }
        if (plan.groupBy().stream().anyMatch(key -> key instanceof Expression.TimeBucket
                || key instanceof Expression.DatePart)) {
            return "time_series";
        }
        if (plan.limit() != null && !plan.orderBy().isEmpty()) {
            return "ranking";
        }
        return aggregates ? "aggregation" : "lookup";
    }

    private static boolean hasSubquery(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.terms().stream().anyMatch(PlanShape::hasSubquery);
        }
        if (predicate instanceof Predicate.Or or) {
            return or.terms().stream().anyMatch(PlanShape::hasSubquery);
        }
        if (predicate instanceof Predicate.Not not) {
            return hasSubquery(not.term());
        }
        if (predicate instanceof Predicate.Comparison comparison) {
            return comparison.left() instanceof Expression.ScalarSubquery
                    || comparison.right() instanceof Expression.ScalarSubquery;
        }
        return predicate instanceof Predicate.InSubquery || predicate instanceof Predicate.Exists;
    }
}
