package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.LogicalPlan.Ordering;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares the groups of a plan with the period before, or with the whole. */
final class Comparisons {

    private static final Expression HUNDRED = new Expression.Literal("100", DataType.INTEGER);

    private Comparisons() {
    }

    /**
     * Shows the plan's measure by units of time, with its change since the unit before, as a number and in percent.
     *
     * @return false when nothing in the plan has a time of that unit
     */
    static boolean overTime(PlanEdit edit, KnownColumns columns, TimeUnit unit) {
        Expression measure = edit.measure().map(OutputColumn::expression)
                .orElse(new Aggregate(Aggregate.Function.COUNT, null, false, null));
        String name = edit.measure().map(OutputColumn::name).orElse("count");
        Optional<Expression> bucket = columns.temporal().stream()
                .flatMap(column -> new TimeMeaning.Bucket(unit, 1).over(column).stream()).findFirst();
        if (bucket.isEmpty()) {
            return false;
        }
        Expression before = new Expression.Window(Expression.Window.Function.LAG, measure,
                List.of(new Ordering(bucket.get(), false)));
        Expression change = new Arithmetic(Arithmetic.Operator.SUBTRACT, measure, before);
        edit.groupBy.clear();
        edit.groupBy.add(bucket.get());
        edit.select.clear();
        edit.select.add(new OutputColumn(bucket.get(), bucket.get() instanceof Expression.Column ? null
                : unit.name().toLowerCase(Locale.ROOT)));
        edit.select.add(new OutputColumn(measure, name));
        edit.select.add(new OutputColumn(change, "change"));
        edit.select.add(new OutputColumn(percent(change, before), "change_percent"));
        edit.orderBy.clear();
        edit.orderBy.add(new Ordering(bucket.get(), false));
        edit.limit = null;
        edit.distinct = false;
        return true;
    }

    /**
     * Adds the measure's share of the total over all groups, in percent.
     *
     * @return false when the plan has no groups or no measure
     */
    static boolean ofTotal(PlanEdit edit) {
        Optional<OutputColumn> measure = edit.measure();
        if (measure.isEmpty() || edit.groupBy.isEmpty()) {
            return false;
        }
        Expression value = measure.get().expression();
        edit.select.add(new OutputColumn(percent(value, new Expression.Window(Expression.Window.Function.TOTAL, value,
                List.of())), "percent"));
        return true;
    }

    private static Expression percent(Expression part, Expression whole) {
        return new Arithmetic(Arithmetic.Operator.DIVIDE, new Arithmetic(Arithmetic.Operator.MULTIPLY, part, HUNDRED), whole);
    }
}
