package io.dragoman.dialect.q;

import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A comparison with an aggregate over the row's own group, which is a correlated subquery in a plan and {@code fby} in q:
 * {@code price=(max;price) fby sym}. The rows aggregated are those that passed the conditions before it.
 *
 * @param aggregate what is computed of each group
 * @param groups    the columns that make the groups
 * @param others    the conditions on the aggregated rows beside being of the same group
 */
record QGroupFilter(Aggregate aggregate, List<Column> groups, List<Predicate> others) {

    /** Whether an expression is a subquery that refers to the query around it. */
    static boolean correlated(Expression expression) {
        return expression instanceof Expression.ScalarSubquery subquery && refersOutside(subquery.plan());
    }

    /** Whether a plan refers to the query around it. */
    static boolean refersOutside(LogicalPlan plan) {
        Set<String> own = new HashSet<>();
        plan.from().forEach(source -> own.add(source.alias()));
        boolean[] outside = {false};
        PlanWalk.own(plan, expression -> outside[0] |= expression instanceof Column column && !own.contains(column.alias()));
        return outside[0];
    }

    /** Reads a correlated subquery over one table; others cannot be said in q. */
    static QGroupFilter of(Expression.ScalarSubquery subquery) {
        LogicalPlan plan = subquery.plan();
        boolean plain = plan.from().size() == 1 && plan.groupBy().isEmpty() && plan.having() == null && plan.limit() == null
                && plan.setOperation() == null && plan.select().get(0).expression() instanceof Aggregate;
        if (!plain) {
            throw QRenderer.cannot("a subquery that depends on the row, but for an aggregate of the row's group");
        }
        String own = plan.from().get(0).alias();
        List<Column> groups = new ArrayList<>();
        List<Predicate> others = new ArrayList<>();
        for (Predicate term : QPredicates.terms(plan.where())) {
            if (term instanceof Predicate.Comparison same && same.operator() == Predicate.Comparison.Operator.EQ
                    && same.left() instanceof Column inner && same.right() instanceof Column outer && inner.alias().equals(own)
                    && !outer.alias().equals(own)) {
                if (!inner.column().equals(outer.column())) {
                    throw QRenderer.cannot("a group of another table's rows");
                }
                groups.add(inner);
            } else {
                others.add(term);
            }
        }
        Aggregate aggregate = (Aggregate) plan.select().get(0).expression();
        if (!(aggregate.argument() instanceof Column) || aggregate.distinct() || aggregate.filter() != null) {
            throw QRenderer.cannot("this aggregate of the row's group");
        }
        return new QGroupFilter(aggregate, groups, others);
    }
}
