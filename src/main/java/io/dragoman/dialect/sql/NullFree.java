package io.dragoman.dialect.sql;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Leaves nulls out of a plan's rows, so that NOT IN over them means what it says. */
final class NullFree {

    private NullFree() {
    }

    /** The plan with a filter on its output column; null when that would change the other rows. */
    static LogicalPlan of(LogicalPlan plan) {
        Expression value = plan.select().get(0).expression();
        AtomicBoolean ofGroup = new AtomicBoolean();
        PlanWalk.expression(value, false, part -> ofGroup.compareAndSet(false,
                part instanceof Expression.Aggregate || part instanceof Expression.Window));
        if (plan.limit() != null || plan.setOperation() != null || ofGroup.get()) {
            return plan.setOperation() == null && !ExpressionTypes.nullable(value) ? plan : null;
        }
        Predicate present = new Predicate.Not(new Predicate.IsNull(value));
        List<Predicate> terms = new ArrayList<>();
        if (plan.where() instanceof Predicate.And and) {
            terms.addAll(and.terms());
        } else if (plan.where() != null) {
            terms.add(plan.where());
        }
        terms.add(present);
        return new LogicalPlan(plan.from(), terms.size() == 1 ? present : new Predicate.And(terms), plan.groupBy(),
                plan.having(), plan.select(), plan.distinct(), null, plan.orderBy(), null);
    }
}
