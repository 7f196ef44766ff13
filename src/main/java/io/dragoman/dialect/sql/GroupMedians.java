package io.dragoman.dialect.sql;

import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Medians for a database without such an aggregate: a derived table ranks the values within each group, and the group's
 * median is the average of the one or two values in the middle.
 */
final class GroupMedians {

    private GroupMedians() {
    }

    /** Whether the plan itself, not one within it, has a median. */
    static boolean in(LogicalPlan plan) {
        return !of(plan).isEmpty();
    }

    private static Set<Aggregate> of(LogicalPlan plan) {
        Set<Aggregate> medians = new LinkedHashSet<>();
        PlanWalk.own(plan, expression -> {
            if (expression instanceof Aggregate aggregate && aggregate.function() == Aggregate.Function.MEDIAN) {
                medians.add(aggregate);
            }
        });
        return medians;
    }

    /**
     * Puts the rows of a plan, with their ranks, into a derived table, and lets the expressions be written over it.
     *
     * @param source the plan's FROM and WHERE
     * @return the FROM that replaces them
     */
    static List<String> derive(LogicalPlan plan, List<String> source, SqlExpressions expressions, String indent) {
        SqlSyntax syntax = expressions.renderer().syntax();
        Identifiers identifiers = syntax.identifiers();
        SqlExpressions inner = new SqlExpressions(expressions.renderer(), expressions.scope(), indent + "  ");
        Map<String, String> columns = new LinkedHashMap<>();
        Map<Expression.Column, String> names = new LinkedHashMap<>();
        PlanWalk.all(outside(plan), expression -> {
            if (expression instanceof Expression.Column column && own(plan, column) && !names.containsKey(column)) {
                String name = columns.containsKey(column.column().toLowerCase(Locale.ROOT))
                        ? column.alias() + "_" + column.column() : column.column();
                columns.put(name.toLowerCase(Locale.ROOT), inner.write(column)
                        + (name.equals(column.column()) ? "" : " AS " + identifiers.name(name)));
                names.put(column, name);
            }
        });
        List<String> outputs = new ArrayList<>(columns.values());
        String groups = plan.groupBy().stream().map(inner::write).collect(Collectors.joining(", "));
        String partition = groups.isEmpty() ? "" : "PARTITION BY " + groups;
        int number = 0;
        for (Aggregate median : of(plan)) {
            number++;
            if (median.distinct()) {
                throw syntax.cannot("a median of distinct values");
            }
            String value = value(median, inner);
            String name = "median_" + number;
            outputs.add(value + " AS " + name);
            String order = partition + " ORDER BY " + syntax.sortKey(value, value, false, true);
            outputs.add("ROW_NUMBER() OVER (" + order.strip() + ") AS " + name + "_rank");
            outputs.add("COUNT(" + value + ") OVER (" + partition + ") AS " + name + "_count");
            String middle = name + "_rank IN (" + syntax.half(name + "_count + 1") + ", " + syntax.half(name + "_count + 2")
                    + ")";
            expressions.replace(median, syntax.filters() ? "AVG(" + name + ") FILTER (WHERE " + middle + ")"
                    : "AVG(CASE WHEN " + middle + " THEN " + name + " END)");
        }
        List<String> lines = new ArrayList<>();
        lines.add("SELECT " + String.join(",\n" + indent + "         ", outputs));
        lines.addAll(source);
        names.forEach(expressions.scope()::replace);
        return List.of("FROM " + SqlRenderer.block(lines, indent) + " ranked");
    }

    private static String value(Aggregate median, SqlExpressions inner) {
        String value = inner.write(median.argument());
        return median.filter() == null ? value : "CASE WHEN "
                + new SqlPredicates(inner.renderer(), inner).write(median.filter()) + " THEN " + value + " END";
    }

    private static boolean own(LogicalPlan plan, Expression.Column column) {
        return plan.from().stream().anyMatch(source -> source.alias().equals(column.alias()));
    }

    /** The plan without what stays within the derived table. */
    private static LogicalPlan outside(LogicalPlan plan) {
        return new LogicalPlan(plan.from().stream().map(source -> new LogicalPlan.Source(source.definition(),
                source.table(), source.alias(), source.join(), List.of())).toList(), null, plan.groupBy(), plan.having(),
                plan.select(), plan.distinct(), null, plan.orderBy(), plan.limit());
    }
}
