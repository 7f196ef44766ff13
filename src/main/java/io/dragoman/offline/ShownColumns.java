package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a query shows of its rows and groups, beside what it computes, and how its columns are headed. */
final class ShownColumns {

    /** Columns of so few values are kinds of something. */
    private static final int FEW_KINDS = 30;

    private final Frame frame;
    private final List<Condition> conditions;
    private final JoinGraph graph;
    private final JoinPlanner.AliasSequence aliases;
    private final JoinPlanner joins;
    private final QueryTables tables;

    ShownColumns(Frame frame, List<Condition> conditions, JoinGraph graph, JoinPlanner.AliasSequence aliases,
            JoinPlanner joins, QueryTables tables) {
        this.frame = frame;
        this.conditions = conditions;
        this.graph = graph;
        this.aliases = aliases;
        this.joins = joins;
        this.tables = tables;
    }

    /** The numbers of the shown rows that they are chosen or ordered by. */
    Stream<ColumnNode> judged(TableNode entity) {
        Stream<Measure> compared = conditions.stream()
                .filter(c -> c.kind == Condition.Kind.BETWEEN || c.kind == Condition.Kind.SUBQUERY
                || c.kind == Condition.Kind.COMPARE && !"=".equals(c.operator)).map(c -> c.left);
        return Stream.concat(compared, frame.orders.stream().map(Frame.Order::measure))
                .filter(measure -> measure != null && measure.function() == null && measure.column() != null)
                .map(Measure::column).filter(column -> column.table == entity && column.measure()).distinct().limit(2);
    }

    /**
     * A list of what kinds there are (<i>show all majors</i>, <i>directors whose films Ann rated</i>) has each once: one column
     * that is no row's name, without conditions of its own table, or repeated by rows that belong to it.
     */
    boolean kinds(List<ColumnNode> shown) {
        if (shown.size() != 1 || frame.targets.size() != 1 || !frame.orders.isEmpty() || frame.limit != null) {
            return false;
        }
        ColumnNode column = shown.get(0);
        boolean prose = column.stems.contains("description") || column.stems.contains("detail");
        boolean names = column == column.table.key() || column.table.display().contains(column);
        if (!column.text() || column.temporal() || prose || names) {
            return false;
        }
        int values = column.definition.sampleValues().size();
        boolean few = values > 0 && values <= FEW_KINDS && joins.size() == 1 && conditions.isEmpty() && frame.times.isEmpty();
        return few || joins.tables().stream().anyMatch(table -> table != column.table && tables.repeats(column.table, table));
    }

    /** Rows that are shown with their key are there once, however many rows of another table they are chosen by. */
    boolean repeatsRows() {
        TableNode entity = frame.targets.size() == 1 ? frame.targets.get(0).entity() : null;
        return entity != null && entity.key() != null && frame.orders.isEmpty() && frame.limit == null
                && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()
                && joins.tables().stream().anyMatch(table -> table != entity && tables.repeats(entity, table));
    }

    /**
     * The relationship of a shown key to a row that has to be named beside another of its table: the employee's
     * <i>manager</i>, the match's <i>home team</i> and <i>visiting team</i>; null for other columns.
     */
    JoinGraph.Edge twice(ColumnNode column) {
        List<JoinGraph.Edge> references = graph.of(column.table).stream()
                .filter(edge -> edge.manyToOne() && !edge.asOf()).toList();
        return references.stream().filter(edge -> edge.left().equals(List.of(column)) && !edge.to().display().isEmpty())
                .filter(edge -> edge.to() == column.table
                        || !joins.contains(edge.to()) && references.stream().anyMatch(other -> other != edge
                        && other.to() == edge.to() && !other.left().equals(edge.left())))
                .findFirst().orElse(null);
    }

    /** What the row is called that a relationship leads to. */
    Expression nameOf(JoinGraph.Edge reference) {
        JoinPlanner other = new JoinPlanner(graph, aliases);
        other.require(reference.to());
        Predicate referred = new Predicate.Comparison(Predicate.Comparison.Operator.EQ, other.column(reference.right().get(0)),
                joins.column(reference.left().get(0)));
        return new Expression.ScalarSubquery(new LogicalPlan(other.sources(), referred, List.of(), null,
                List.of(new OutputColumn(other.column(reference.to().display().get(0)), null)), false, null, List.of(), null));
    }

    /** The columns of a target that is a table's rows. */
    List<ColumnNode> of(Frame.Target target) {
        TableNode entity = target.entity();
        if (target.everything()) {
            return entity.columns;
        }
        return frame.distinct && !entity.display().isEmpty() ? entity.display() : entityColumns(entity);
    }

    /** What a row of a table is shown by: its key and what it is called. */
    static List<ColumnNode> entityColumns(TableNode table) {
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

    /** The keys of the groups; what they are shown by joins the columns that are shown. */
    void groupKeys(List<ColumnNode> shown, List<Measure> measures, Set<ColumnNode> keys) {
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

    /** What a computed column is headed by. */
    static String measureName(Measure measure) {
        String function = measure.function() == null ? "" : measure.function().name().toLowerCase(Locale.ROOT);
        if (measure.defined() != null) {
            return (function.isEmpty() ? "" : function + "_") + measure.defined().key().toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "_");
        }
        if (measure.column() == null) {
            return "count";
        }
        return function + "_" + measure.column().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    /** What a column is headed by; null for its own name, unless another column has that. */
    static String outputName(ColumnNode column, Set<String> names) {
        if (names.add(column.name().toLowerCase(Locale.ROOT))) {
            return null;
        }
        return unique((column.table.name() + "_" + column.name()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"), names);
    }

    /** A heading that no other column has. */
    static String unique(String name, Set<String> names) {
        String candidate = name;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }
}
