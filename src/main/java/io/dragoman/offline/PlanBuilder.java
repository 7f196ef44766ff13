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
import java.util.stream.Stream;

/** Makes a logical plan of a frame: chooses joins, grouping and output columns. */
final class PlanBuilder {

    private static final int MOST_COLUMNS = 5;
    /** Columns of so few values are kinds of something. */
    private static final int FEW_KINDS = 30;

    private final Frame frame;
    private final JoinGraph graph;
    private final JoinPlanner.AliasSequence aliases;
    private final JoinPlanner joins;
    private final List<Condition> conditions;
    private boolean grouped;
    private final List<TableNode> semi = new ArrayList<>();

    private PlanBuilder(Frame frame, List<Condition> conditions, JoinGraph graph, JoinPlanner.AliasSequence aliases) {
        this.frame = frame;
        this.conditions = conditions;
        this.graph = graph;
        this.aliases = aliases;
        this.joins = new JoinPlanner(graph, aliases);
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
        return left == null || left.select().size() != 1 ? null : new LogicalPlan(left.from(), left.where(), List.of(), null, left.select(),
                false, new SetOperation(frame.set.kind(), right), List.of(), null);
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
        if (!joinTables()) {
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
                shown.addAll(target.everything() ? target.entity().columns
                        : frame.distinct && !target.entity().display().isEmpty() ? target.entity().display() : entityColumns(target.entity()));
            }
        }
        if (Multiplied.wrong(measures, graph)) {
            return null;
        }
        Set<ColumnNode> keys = new LinkedHashSet<>();
        if (frame.extremes() && !frame.orders.get(0).measure().aggregate()) {
            frame.groupTables.forEach(table -> table.display().stream().filter(column -> !shown.contains(column)).forEach(shown::add));
            frame.eachColumns.stream().filter(column -> !shown.contains(column)).forEach(shown::add);
            ColumnNode measured = frame.orders.get(0).measure().column();
            if (measured != null && !shown.contains(measured)) {
                shown.add(measured);
            }
        } else if (aggregated) {
            groupKeys(shown, measures, keys);
        } else {
            List<ColumnNode> extra = new ArrayList<>(frame.groupColumns);
            frame.groupTables.forEach(table -> extra.addAll(entityColumns(table)));
            for (ColumnNode column : extra) {
                if (!shown.contains(column) && shown.size() < MOST_COLUMNS) {
                    shown.add(column);
                }
            }
        }
        if (!aggregated && !frame.distinct && frame.targets.size() == 1 && frame.targets.get(0).entity() != null) {
            judged(frame.targets.get(0).entity()).filter(column -> !shown.contains(column)).forEach(shown::add);
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
        boolean onlyRowFilters = conditions.stream().noneMatch(c -> c.left != null && c.left.aggregate() && c.left.column() == null);
        List<OutputColumn> select = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Expression bucket : buckets) {
            select.add(new OutputColumn(bucket, unique("period", names)));
        }
        for (ColumnNode column : new LinkedHashSet<>(shown)) {
            select.add(new OutputColumn(joins.column(column), outputName(column, names)));
            JoinGraph.Edge reference = aggregated || frame.distinct || frame.keysSaid ? null : twice(column);
            if (reference != null) {
                select.add(new OutputColumn(nameOf(reference), unique(column.core.get(0) + "_name", names)));
            }
        }
        for (Measure measure : measures) {
            Expression expression = expression(Multiplied.once(measure, measures, graph));
            if (select.stream().noneMatch(column -> column.expression().equals(expression))) {
                select.add(new OutputColumn(expression, unique(measureName(measure), names)));
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
                    select.add(new OutputColumn(expression, unique(measureName(order.measure()), names)));
                }
            }
        }
        ConditionBuilder predicates = new ConditionBuilder(joins, graph, aliases, subject());
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
        boolean distinct = (frame.distinct || !aggregated && (kinds(shown) || repeatsRows())) && measures.isEmpty() && !grouped;
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
        ConditionBuilder predicates = new ConditionBuilder(planner, graph, aliases, subject());
        Predicate where = predicates.all(conditions.stream().filter(c -> c.left == null || !c.left.aggregate()).toList());
        for (TableNode table : semi) {
            Predicate member = predicates.member(table, List.of());
            where = member == null ? where : where == null ? member : and(where, member);
        }
        return where;
    }

    private Predicate windows(Predicate where, JoinPlanner planner) {
        for (Frame.TimeUse use : frame.times) {
            Predicate window = use.phrase().filters() ? use.phrase().toPredicate(planner.column(use.column())).orElse(null) : null;
            if (window != null) {
                where = where == null ? window : and(where, window);
            }
        }
        return where;
    }

    /** The numbers of the shown rows that they are chosen or ordered by. */
    private Stream<ColumnNode> judged(TableNode entity) {
        Stream<Measure> compared = conditions.stream().filter(c -> c.kind == Condition.Kind.BETWEEN || c.kind == Condition.Kind.SUBQUERY
                || c.kind == Condition.Kind.COMPARE && !"=".equals(c.operator)).map(c -> c.left);
        return Stream.concat(compared, frame.orders.stream().map(Frame.Order::measure))
                .filter(measure -> measure != null && measure.function() == null && measure.column() != null)
                .map(Measure::column).filter(column -> column.table == entity && column.measure()).distinct().limit(2);
    }

    private static Predicate and(Predicate a, Predicate b) {
        List<Predicate> terms = new ArrayList<>(a instanceof Predicate.And and ? and.terms() : List.of(a));
        terms.add(b);
        return new Predicate.And(terms);
    }

    private TableNode subject() {
        for (Frame.Target target : frame.targets) {
            if (target.entity() != null) {
                return target.entity();
            }
            if (target.measure() != null && target.measure().table() != null) {
                return target.measure().table();
            }
        }
        return frame.subject;
    }

    private boolean joinTables() {
        Set<TableNode> needed = new LinkedHashSet<>();
        for (Frame.Target target : frame.targets) {
            needed.add(target.entity() != null ? target.entity() : target.measure() == null ? null : target.measure().table());
        }
        frame.groupColumns.forEach(column -> needed.add(column.table));
        needed.addAll(frame.groupTables);
        frame.orders.forEach(order -> needed.add(order.measure().table()));
        boolean negatedRelation = false;
        Set<TableNode> elsewhere = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            if (condition.kind == Condition.Kind.RELATED && condition.negated) {
                negatedRelation = true;
                continue;
            }
            if (negatedRelation && condition.left != null && condition.left.table() != subject()) {
                continue;
            }
            boolean countsOnly = condition.left != null && condition.left.aggregate() && condition.left.column() == null
                    && frame.targets.stream().allMatch(t -> t.measure() != null && t.measure().aggregate())
                    && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty();
            if (countsOnly) {
                elsewhere.add(condition.left.table());
                continue;
            }
            if (condition.left != null && !ConditionBuilder.antiJoin(condition, subject(), graph)) {
                needed.add(condition.left.table());
            }
            if (condition.right != null && condition.kind == Condition.Kind.COMPARE) {
                needed.add(condition.right.table());
            }
            if (condition.within != null) {
                needed.add(condition.within.table);
            }
        }
        boolean anti = negatedRelation || conditions.stream().anyMatch(c -> ConditionBuilder.antiJoin(c, subject(), graph));
        if (needed.size() > 1 && !frame.countsRows()) {
            elsewhere.addAll(frame.faint);
        }

        frame.times.forEach(use -> needed.add(use.column().table));
        frame.targets.stream().filter(t -> t.measure() != null && t.measure().defined() != null)
                .forEach(t -> needed.addAll(t.measure().defined().tables()));
        conditions.stream().filter(c -> c.kind == Condition.Kind.DEFINED).forEach(c -> needed.addAll(c.left.defined().tables()));
        needed.remove(null);
        joins.prefer(frame.kinds);
        boolean first = true;
        for (TableNode table : needed) {
            joins.require(table);
            if (first && needed.size() > 1) {
                frame.kinds.forEach(joins::require);
            }
            first = false;
        }
        if (!anti) {
            frame.mentioned.stream().filter(table -> !elsewhere.contains(table) && !joins.contains(table)).forEach(this::mention);
        }
        return joins.complete() && joins.size() > 0;
    }

    /** A table that is named for nothing but that a row must be there is not joined, as it would repeat the subject's rows. */
    private void mention(TableNode table) {
        TableNode subject = subject();
        List<JoinGraph.Edge> path = subject == null || !joins.contains(subject) ? null : graph.path(List.of(subject), table);
        boolean many = path != null && path.stream().anyMatch(edge -> !edge.manyToOne() && !edge.asOf());
        boolean plain = frame.groupColumns.isEmpty() && frame.groupTables.isEmpty() && frame.orders.stream().noneMatch(o -> o.measure().aggregate())
                && conditions.stream().noneMatch(c -> c.left != null && c.left.aggregate())
                && frame.targets.stream().allMatch(t -> t.measure() == null || t.measure().aggregate() == frame.aggregates());
        if (many && plain) {
            semi.add(table);
        } else {
            joins.require(table);
        }
    }

    /**
     * A list of what kinds there are (<i>show all majors</i>, <i>directors whose films Ann rated</i>) has each once: one column that is
     * no row's name, without conditions of its own table, or repeated by rows that belong to it.
     */
    private boolean kinds(List<ColumnNode> shown) {
        if (shown.size() != 1 || frame.targets.size() != 1 || !frame.orders.isEmpty() || frame.limit != null) {
            return false;
        }
        ColumnNode column = shown.get(0);
        boolean prose = column.stems.contains("description") || column.stems.contains("detail");
        if (!column.text() || column.temporal() || prose || column == column.table.key() || column.table.display().contains(column)) {
            return false;
        }
        int values = column.definition.sampleValues().size();
        boolean few = values > 0 && values <= FEW_KINDS && joins.size() == 1 && conditions.isEmpty() && frame.times.isEmpty();
        return few || joins.tables().stream().anyMatch(table -> table != column.table && repeats(column.table, table));
    }

    /** Rows that are shown with their key are there once, however many rows of another table they are chosen by. */
    private boolean repeatsRows() {
        TableNode entity = frame.targets.size() == 1 ? frame.targets.get(0).entity() : null;
        return entity != null && entity.key() != null && frame.orders.isEmpty() && frame.limit == null
                && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()
                && joins.tables().stream().anyMatch(table -> table != entity && repeats(entity, table));
    }

    /**
     * The relationship of a shown key to a row that has to be named beside another of its table: the employee's <i>manager</i>, the
     * match's <i>home team</i> and <i>visiting team</i>; null for other columns.
     */
    private JoinGraph.Edge twice(ColumnNode column) {
        List<JoinGraph.Edge> references = graph.of(column.table).stream().filter(edge -> edge.manyToOne() && !edge.asOf()).toList();
        return references.stream().filter(edge -> edge.left().equals(List.of(column)) && !edge.to().display().isEmpty())
                .filter(edge -> edge.to() == column.table || !joins.contains(edge.to()) && references.stream().anyMatch(other -> other != edge
                        && other.to() == edge.to() && !other.left().equals(edge.left())))
                .findFirst().orElse(null);
    }

    /** What the row is called that a relationship leads to. */
    private Expression nameOf(JoinGraph.Edge reference) {
        JoinPlanner other = new JoinPlanner(graph, aliases);
        other.require(reference.to());
        Predicate referred = new Predicate.Comparison(Predicate.Comparison.Operator.EQ, other.column(reference.right().get(0)),
                joins.column(reference.left().get(0)));
        return new Expression.ScalarSubquery(new LogicalPlan(other.sources(), referred, List.of(), null,
                List.of(new OutputColumn(other.column(reference.to().display().get(0)), null)), false, null, List.of(), null));
    }

    private boolean repeats(TableNode rows, TableNode joined) {
        List<JoinGraph.Edge> path = graph.path(List.of(rows), joined);
        return path != null && path.stream().anyMatch(edge -> !edge.manyToOne());
    }

    private static List<ColumnNode> entityColumns(TableNode table) {
        Set<ColumnNode> columns = new LinkedHashSet<>();
        if (table.key() != null) {
            columns.add(table.key());
        }
        columns.addAll(table.display());
        if (columns.size() <= 1) {
            for (ColumnNode column : table.columns) {
                if (columns.size() < 4) {
                    columns.add(column);
                }
            }
        }
        return new ArrayList<>(columns);
    }

    private void groupKeys(List<ColumnNode> shown, List<Measure> measures, Set<ColumnNode> keys) {
        for (ColumnNode column : frame.groupColumns) {
            keys.add(column);
            if (!shown.contains(column)) {
                shown.add(0, column);
            }
        }
        for (TableNode table : frame.groupTables) {
            List<ColumnNode> entity = entityColumns(table);
            keys.addAll(entity);
            for (ColumnNode column : entity) {
                if (!shown.contains(column) && shown.size() < 4) {
                    shown.add(column);
                }
            }
        }
        Set<TableNode> counted = new LinkedHashSet<>();
        measures.forEach(measure -> counted.add(measure.table()));
        frame.orders.stream().filter(order -> order.measure().aggregate()).forEach(order -> counted.add(order.measure().table()));
        conditions.stream().filter(c -> c.left != null && c.left.aggregate()).forEach(c -> counted.add(c.left.table()));
        for (ColumnNode column : shown) {
            TableNode table = column.table;
            boolean owner = !counted.contains(table) && !counted.contains(null) && table.key() != null
                    && (table.display().contains(column) || column == table.key() || shown.contains(table.key()));
            if (owner && frame.groupColumns.isEmpty()) {
                keys.add(table.key());
            }
            keys.add(column);
        }
    }

    private Expression expression(Measure measure) {
        Expression column = measure.defined() != null ? joins.bind(measure.defined().expression())
                : measure.column() == null ? null : joins.column(measure.column());
        if (measure.function() == null) {
            return column;
        }
        boolean events = measure.table() != null && frame.times.stream().anyMatch(use -> use.column().table != measure.table()
                && repeats(measure.table(), use.column().table));
        boolean chosen = measure.table() != null && !conditions.isEmpty() && conditions.stream().allMatch(this::choosesRows)
                && conditions.stream().anyMatch(c -> c.left.table() != measure.table() && repeats(measure.table(), c.left.table()));
        boolean related = !grouped && (conditions.isEmpty() || events || chosen) && joins.size() > 1 && frame.targets.size() == 1;
        if (measure.function() == Function.COUNT && column == null && (measure.distinct() || related) && measure.table() != null
                && measure.table().key() != null) {
            column = joins.column(measure.table().key());
            return new Aggregate(Function.COUNT, column, true, null);
        }
        boolean amount = measure.column() != null && measure.function() != Function.COUNT;
        return new Aggregate(measure.function(), amount ? joins.amount(measure.column()) : column, measure.distinct() && column != null, null);
    }

    /** Whether a condition only chooses rows, however many rows of its own table are so. */
    private boolean choosesRows(Condition condition) {
        return condition.kind == Condition.Kind.COMPARE && condition.left != null && condition.left.table() != null && !condition.left.aggregate()
                && !condition.negated;
    }

    private static String measureName(Measure measure) {
        String function = measure.function() == null ? "" : measure.function().name().toLowerCase(java.util.Locale.ROOT);
        if (measure.defined() != null) {
            return (function.isEmpty() ? "" : function + "_") + measure.defined().key().toLowerCase(java.util.Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "_");
        }
        if (measure.column() == null) {
            return "count";
        }
        return function + "_" + measure.column().name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    private static String outputName(ColumnNode column, Set<String> names) {
        if (names.add(column.name().toLowerCase(java.util.Locale.ROOT))) {
            return null;
        }
        return unique((column.table.name() + "_" + column.name()).toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_"), names);
    }

    private static String unique(String name, Set<String> names) {
        String candidate = name;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }
}
