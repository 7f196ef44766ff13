package io.dragoman.dialect.sql;

import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.List;

/** Finds the plans that stand as subqueries in the expressions and conditions of a plan. */
final class SubqueryPlans {

    private SubqueryPlans() {
    }

    static List<LogicalPlan> of(LogicalPlan plan) {
        List<LogicalPlan> found = new ArrayList<>();
        PlanWalk.own(plan, expression -> {
            if (expression instanceof Expression.ScalarSubquery subquery) {
                found.add(subquery.plan());
            } else if (expression instanceof Expression.Aggregate aggregate) {
                condition(aggregate.filter(), found);
            }
        });
        condition(plan.where(), found);
        condition(plan.having(), found);
        return found;
    }

    private static void condition(Predicate predicate, List<LogicalPlan> found) {
        if (predicate instanceof Predicate.InSubquery in) {
            found.add(in.plan());
        } else if (predicate instanceof Predicate.Exists exists) {
            found.add(exists.plan());
        } else if (predicate instanceof Predicate.And and) {
            and.terms().forEach(term -> condition(term, found));
        } else if (predicate instanceof Predicate.Or or) {
            or.terms().forEach(term -> condition(term, found));
        } else if (predicate instanceof Predicate.Not not) {
            condition(not.term(), found);
        }
    }
}
