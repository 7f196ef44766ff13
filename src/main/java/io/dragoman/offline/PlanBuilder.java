package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.SetOperation;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a logical plan of a frame: chooses joins, grouping and output columns. */
final class PlanBuilder {

    private static final int MOST_COLUMNS = 5;

    private final Frame frame;
    private final JoinGraph graph;
    private final JoinPlanner.AliasSequence aliases;
    private final JoinPlanner joins;
    private final List<Condition> conditions;
    private boolean grouped;
    private final QueryTables tables;
    private final ShownColumns columns;

    private PlanBuilder(Frame frame, List<Condition> conditions, JoinGraph graph, JoinPlanner.AliasSequence aliases) {
        this.frame = frame;
        this.conditions = conditions;
        this.graph = graph;
        this.aliases = aliases;
        this.joins = new JoinPlanner(graph, aliases);
        this.tables = new QueryTables(frame, conditions, graph, joins);
        this.columns = new ShownColumns(frame, conditions, graph, aliases, joins, tables);
    }

    /** The plan of a frame; null when its tables cannot be joined or nothing is asked for. */
    static LogicalPlan build(Frame frame, JoinGraph graph) {
        try {
            return combined(frame, graph);
        } catch (JoinPlanner.UnjoinedException e) {
            return null;
        }
    }

    private static LogicalPlan combined(Frame frame, JoinGraph graph) {
        JoinPlanner.AliasSequence aliases = new JoinPlanner.AliasSequence();
        int split = -1;
        for (int i = 0; i < frame.conditions.size(); i++) {
            if (frame.conditions.get(i).intersect) {
                split = i;
            }
        }
        if (frame.set != null) {
            return set(frame, graph, aliases);
        }
        if (split < 0) {
            return new PlanBuilder(frame, frame.conditions, graph, aliases).plan(true);
        }
        if (frame.aggregates()) {
            return new PlanBuilder(frame, members(frame.conditions, split), graph, aliases).plan(true);
        }
        List<Condition> first = new ArrayList<>(frame.conditions);
        Condition second = first.remove(split);
        List<Condition> other = new ArrayList<>(frame.conditions);
        other.remove(split - 1);
        second.alternative = false;
        LogicalPlan left = new PlanBuilder(frame, first, graph, aliases).plan(false);
        LogicalPlan right = new PlanBuilder(frame, other, graph, aliases).plan(false);
        if (left == null || right == null) {
            return null;
        }
        return new LogicalPlan(left.from(), left.where(), left.groupBy(), left.having(), left.select(), left.distinct(),
                new SetOperation(SetOperation.Kind.INTERSECT, right), List.of(), null);
    }

    private static LogicalPlan set(Frame frame, JoinGraph graph, JoinPlanner.AliasSequence aliases) {
        LogicalPlan left = new PlanBuilder(frame, frame.conditions, graph, aliases).plan(false);
        JoinPlanner other = new JoinPlanner(graph, aliases);
        List<OutputColumn> shown = List.of(new OutputColumn(other.column(frame.set.column()), null));
        LogicalPlan right = new LogicalPlan(other.sources(), null, List.of(), null, shown, false, null, List.of(), null);
        if (left == null || left.select().size() != 1) {
            return null;
        }
        SetOperation combined = new SetOperation(frame.set.kind(), right);
        return new LogicalPlan(left.from(), left.where(), List.of(), null, left.select(), false, combined, List.of(), null);
    }

    /** Rows that are counted or averaged have a related row of each of both kinds. */
    private static List<Condition> members(List<Condition> conditions, int split) {
        List<Condition> all = new ArrayList<>(conditions);
        for (Condition one : List.of(conditions.get(split - 1), conditions.get(split))) {
            Condition member = new Condition(Condition.Kind.RELATED, null, null);
            member.related = one.left.table();
            member.inner.add(one);
            all.set(all.indexOf(one), member);
        }
        return all;
    }

    private LogicalPlan plan(boolean ordered) {
        if (frame.targets.isEmpty()) {
            return null;
        }
        if (!tables.join()) {
            return null;
        }
        boolean aggregated = frame.aggregates() || frame.orders.stream().anyMatch(order -> order.measure().aggregate())
                || conditions.stream().anyMatch(condition -> condition.left != null && condition.left.aggregate());
        List<ColumnNode> shown = new ArrayList<>();
        List<Measure> measures = new ArrayList<>();
        aggregated |= frame.times.stream().anyMatch(use -> use.phrase().groups());
        for (Frame.Target target : frame.targets) {
            if (target.measure() != null && (target.measure().aggregate() || target.measure().defined() != null)) {
                measures.add(target.measure());
            } else if (target.measure() != null) {
                shown.add(target.measure().column());
            } else {
                shown.addAll(columns.of(target));
            }
        }
        if (Multiplied.wrong(measures, graph)) {
            return null;
        }
        Set<ColumnNode> keys = new LinkedHashSet<>();
        if (frame.extremes() && !frame.orders.get(0).measure().aggregate()) {
            frame.groupTables.stream().flatMap(table -> table.display().stream()).filter(column -> !shown.contains(column))
                    .forEach(shown::add);
            frame.eachColumns.stream().filter(column -> !shown.contains(column)).forEach(shown::add);
            ColumnNode measured = frame.orders.get(0).measure().column();
            if (measured != null && !shown.contains(measured)) {
                shown.add(measured);
            }
        } else if (aggregated) {
            columns.groupKeys(shown, measures, keys);
        } else {
            List<ColumnNode> extra = new ArrayList<>(frame.groupColumns);
            frame.groupTables.forEach(table -> extra.addAll(ShownColumns.entityColumns(table)));
            for (ColumnNode column : extra) {
                if (!shown.contains(column) && shown.size() < MOST_COLUMNS) {
                    shown.add(column);
                }
            }
        }
        if (!aggregated && !frame.distinct && frame.targets.size() == 1 && frame.targets.get(0).entity() != null) {
            columns.judged(frame.targets.get(0).entity()).filter(column -> !shown.contains(column)).forEach(shown::add);
        }
        List<Expression> buckets = new ArrayList<>();
        for (Frame.TimeUse use : frame.times) {
            if (use.phrase().groups()) {
                use.phrase().toGrouping(joins.column(use.column())).ifPresent(buckets::add);
            }
        }
        grouped = !keys.isEmpty() || !buckets.isEmpty();
        if (frame.averagedCounts && !AverageCounts.loose(frame)) {
            return averageCount(measures, buckets);
        }
        boolean onlyRowFilters = conditions.stream()
                .noneMatch(c -> c.left != null && c.left.aggregate() && c.left.column() == null);
        List<OutputColumn> select = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Expression bucket : buckets) {
            select.add(new OutputColumn(bucket, ShownColumns.unique("period", names)));
        }
        for (ColumnNode column : new LinkedHashSet<>(shown)) {
            select.add(new OutputColumn(joins.column(column), ShownColumns.outputName(column, names)));
            JoinGraph.Edge reference = aggregated || frame.distinct || frame.keysSaid ? null : columns.twice(column);
            if (reference != null) {
                select.add(new OutputColumn(columns.nameOf(reference), ShownColumns.unique(column.core.get(0) + "_name", names)));
            }
        }
        for (Measure measure : measures) {
            Expression expression = expression(Multiplied.once(measure, measures, graph));
            if (select.stream().noneMatch(column -> column.expression().equals(expression))) {
                select.add(new OutputColumn(expression, ShownColumns.unique(ShownColumns.measureName(measure), names)));
            }
        }
        List<LogicalPlan.Ordering> orderBy = new ArrayList<>();
        if (ordered) {
            for (Frame.Order order : frame.orders) {
                Expression expression = expression(order.measure());
                if (grouped && !order.measure().aggregate() && order.measure().column() != null) {
                    keys.add(order.measure().column());
                }
                orderBy.add(new LogicalPlan.Ordering(expression, order.descending()));
                if (grouped && order.measure().aggregate() && select.size() < 4
                        && select.stream().noneMatch(column -> column.expression().equals(expression))) {
                    String name = ShownColumns.unique(ShownColumns.measureName(order.measure()), names);
                    select.add(new OutputColumn(expression, name));
                }
            }
        }
        ConditionBuilder predicates = new ConditionBuilder(joins, graph, aliases, tables.subject());
        Predicate where = rows(joins);
        if (!grouped && aggregated && !onlyRowFilters) {
            for (Condition condition : conditions) {
                if (condition.left != null && condition.left.aggregate()) {
                    Predicate counted = predicates.counted(condition);
                    if (counted != null) {
                        where = where == null ? counted : new Predicate.And(List.of(where, counted));
                    }
                }
            }
            LogicalPlan plan = new LogicalPlan(joins.sources(), where, List.of(), null, select, false, null, List.of(), null);
            return plan;
        }
        Predicate having = predicates.all(conditions.stream().filter(c -> c.left != null && c.left.aggregate()).toList());
        if (select.isEmpty()) {
            return null;
        }
        where = windows(where, joins);
        List<Expression> groupBy = new ArrayList<>();
        groupBy.addAll(buckets);
        keys.forEach(key -> groupBy.add(joins.column(key)));
        if (!buckets.isEmpty() && orderBy.isEmpty() && ordered) {
            buckets.forEach(bucket -> orderBy.add(new LogicalPlan.Ordering(bucket, false)));
        }
        if (frame.extremes()) {
            boolean counted = frame.orders.get(0).measure().aggregate();
            if (having != null || !buckets.isEmpty()) {
                return null;
            }
            GroupExtremes extremes = new GroupExtremes(frame, graph, aliases, planner -> windows(rows(planner), planner));
            Predicate first = extremes.first(joins, keys);
            if (first == null) {
                return null;
            }
            return new LogicalPlan(joins.sources(), counted ? where : where == null ? first : and(where, first),
                    groupBy, counted ? first : null, select, frame.distinct && !grouped, null,
                    frame.limit > 1 ? extremes.order(joins) : List.of(), null);
        }
        boolean once = frame.distinct || !aggregated && (columns.kinds(shown) || columns.repeatsRows());
        boolean distinct = once && measures.isEmpty() && !grouped;
        return new LogicalPlan(joins.sources(), where, groupBy, having, select, distinct, null, orderBy,
                ordered && !orderBy.isEmpty() || frame.limit != null && frame.limit > 1 ? frame.limit : null);
    }

    /** One number: how many there are per group on average. */
    private LogicalPlan averageCount(List<Measure> measures, List<Expression> buckets) {
        Expression average = measures.size() != 1 ? null : AverageCounts.of(expression(measures.get(0)), frame, joins, buckets);
        return average == null ? null : new LogicalPlan(joins.sources(), windows(rows(joins), joins), List.of(), null,
                List.of(new OutputColumn(average, "average_count")), false, null, List.of(), null);
    }

    /** The condition on the rows, over the tables of a planner. */
    Predicate rows(JoinPlanner planner) {
        ConditionBuilder predicates = new ConditionBuilder(planner, graph, aliases, tables.subject());
        Predicate where = predicates.all(conditions.stream().filter(c -> c.left == null || !c.left.aggregate()).toList());
        for (TableNode table : tables.lookedUp()) {
            Predicate member = predicates.member(table, List.of());
            where = member == null ? where : where == null ? member : and(where, member);
        }
        return where;
    }

    private Predicate windows(Predicate where, JoinPlanner planner) {
        for (Frame.TimeUse use : frame.times) {
            Predicate window = !use.phrase().filters() ? null
                    : use.phrase().toPredicate(planner.column(use.column())).orElse(null);
            if (window != null) {
                where = where == null ? window : and(where, window);
            }
        }
        return where;
    }

    private static Predicate and(Predicate a, Predicate b) {
        List<Predicate> terms = new ArrayList<>(a instanceof Predicate.And and ? and.terms() : List.of(a));
        terms.add(b);
        return new Predicate.And(terms);
    }

    private Expression expression(Measure measure) {
        Expression column = measure.defined() != null ? joins.bind(measure.defined().expression())
                : measure.column() == null ? null : joins.column(measure.column());
        if (measure.function() == null) {
            return column;
        }
        boolean events = measure.table() != null && frame.times.stream().anyMatch(use -> use.column().table != measure.table()
                && tables.repeats(measure.table(), use.column().table));
        boolean chosen = measure.table() != null && !conditions.isEmpty() && conditions.stream().allMatch(this::choosesRows)
                && conditions.stream().anyMatch(c -> c.left.table() != measure.table() && tables.repeats(measure.table(), c.left.table()));
        boolean related = !grouped && (conditions.isEmpty() || events || chosen) && joins.size() > 1 && frame.targets.size() == 1;
        if (measure.function() == Function.COUNT && column == null && (measure.distinct() || related) && measure.table() != null
                && measure.table().key() != null) {
            column = joins.column(measure.table().key());
            return new Aggregate(Function.COUNT, column, true, null);
        }
        boolean amount = measure.column() != null && measure.function() != Function.COUNT;
        Expression argument = amount ? joins.amount(measure.column()) : column;
        return new Aggregate(measure.function(), argument, measure.distinct() && column != null, null);
    }

    /** Whether a condition only chooses rows, however many rows of its own table are so. */
    private boolean choosesRows(Condition condition) {
        return condition.kind == Condition.Kind.COMPARE && condition.left != null && condition.left.table() != null && !condition.left.aggregate()
                && !condition.negated;
    }
}
