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
     * Shows the plan's amounts by units of time, each with its change since the unit before, as a number and in percent. What else the
     * plan groups by stays: then each group is compared with itself.
     *
     * @return false when nothing in the plan has a time of that unit, or it has no amounts
     */
    static boolean overTime(PlanEdit edit, KnownColumns columns, TimeUnit unit) {
        Optional<Expression> bucket = columns.temporal().stream()
                .flatMap(column -> new TimeMeaning.Bucket(unit, 1).over(column).stream()).findFirst();
        if (bucket.isEmpty()) {
            return false;
        }
        List<OutputColumn> amounts = amounts(edit);
        Expression.Column time = PlanEdit.column(bucket.get());
        List<Expression> groups = edit.groupBy.stream().filter(key -> !time.equals(PlanEdit.column(key))).toList();
        List<OutputColumn> keys = edit.select.stream().filter(column -> groups.contains(column.expression())).toList();
        edit.groupBy.clear();
        edit.groupBy.add(bucket.get());
        edit.groupBy.addAll(groups);
        edit.select.clear();
        edit.select.add(new OutputColumn(bucket.get(), bucket.get() instanceof Expression.Column ? null
                : unit.name().toLowerCase(Locale.ROOT)));
        edit.select.addAll(keys);
        List<Ordering> order = List.of(new Ordering(bucket.get(), false));
        for (OutputColumn amount : amounts) {
            Expression before = new Expression.Window(Expression.Window.Function.LAG, amount.expression(), order, groups);
            Expression change = new Arithmetic(Arithmetic.Operator.SUBTRACT, amount.expression(), before);
            String of = amounts.size() == 1 ? "" : "_of_" + amount.name();
            edit.select.add(amount);
            edit.select.add(new OutputColumn(change, "change" + of));
            edit.select.add(new OutputColumn(percent(change, before), "change_percent" + of));
        }
        edit.orderBy.clear();
        edit.orderBy.addAll(order);
        groups.forEach(key -> edit.orderBy.add(new Ordering(key, false)));
        edit.limit = null;
        edit.distinct = false;
        return true;
    }

    /** What is computed of the groups; a number that is shown of each row is summed, rows are counted. */
    private static List<OutputColumn> amounts(PlanEdit edit) {
        List<OutputColumn> computed = edit.select.stream().filter(column -> PlanEdit.aggregate(column.expression())).toList();
        if (!computed.isEmpty()) {
            return computed.stream().map(column -> column.name() != null ? column : new OutputColumn(column.expression(), "amount")).toList();
        }
        Expression shown = edit.select.get(0).expression();
        Expression.Column column = edit.select.size() == 1 ? PlanEdit.column(shown) : null;
        boolean number = column != null && column.type().numeric() && !Names.words(column.column()).endsWith("id");
        return List.of(number ? new OutputColumn(new Aggregate(Aggregate.Function.SUM, shown, false, null),
                MeasureChanges.name(Aggregate.Function.SUM, shown))
                : new OutputColumn(new Aggregate(Aggregate.Function.COUNT, null, false, null), "count"));
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
