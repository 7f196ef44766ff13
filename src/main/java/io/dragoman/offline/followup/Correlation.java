package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.List;

/** Finds subqueries that look at the row around them, such as the highest price of the row's own category. */
final class Correlation {

    private Correlation() {
    }

    /**
     * Whether a condition of the plan is of such a kind. What is added to the plan's own conditions would then be missing in the
     * subquery's, and the plan would mean something else.
     */
    static boolean in(LogicalPlan plan) {
        return within(plan.where()) || within(plan.having());
    }

    /** Whether the plan asks, or leaves out, what other rows say; times may then be meant of those. */
    static boolean related(LogicalPlan plan) {
        List<Predicate> terms = plan.where() instanceof Predicate.And and ? and.terms() : plan.where() == null ? List.of() : List.of(plan.where());
        return terms.stream().anyMatch(term -> (term instanceof Predicate.Not not ? not.term() : term) instanceof Predicate.InSubquery);
    }

    private static boolean within(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.terms().stream().anyMatch(Correlation::within);
        } else if (predicate instanceof Predicate.Or or) {
            return or.terms().stream().anyMatch(Correlation::within);
        } else if (predicate instanceof Predicate.Not not) {
            return within(not.term());
        }
        if (predicate instanceof Predicate.InSubquery in) {
            return refersOutside(in.plan());
        }
        return predicate instanceof Predicate.Comparison comparison && comparison.right() instanceof Expression.ScalarSubquery subquery
                && refersOutside(subquery.plan());
    }

    private static boolean refersOutside(LogicalPlan plan) {
        List<String> own = plan.from().stream().map(LogicalPlan.Source::alias).toList();
        List<Predicate> terms = plan.where() instanceof Predicate.And and ? and.terms() : plan.where() == null ? List.of() : List.of(plan.where());
        return terms.stream().anyMatch(term -> term instanceof Predicate.Comparison comparison
                && comparison.right() instanceof Expression.Column column && !own.contains(column.alias()));
    }
}
