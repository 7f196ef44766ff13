package io.dragoman.offline;

import io.dragoman.offline.plan.Expression.Aggregate.Function;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Amounts of the many rows that belong to one shown row are summed beside other aggregates: <i>number of orders and total amount per
 * customer</i>, where the amount is kept in a column that is itself called a total.
 */
final class GroupedAmounts {

    private GroupedAmounts() {
    }

    /**
     * Sums them.
     *
     * @param total whether the question says <i>total</i>
     */
    static void settle(Frame frame, JoinGraph graph, boolean total) {
        Set<TableNode> owners = new LinkedHashSet<>(frame.groupTables);
        frame.groupColumns.forEach(column -> owners.add(column.table));
        frame.targets.stream().filter(target -> target.entity() != null).forEach(target -> owners.add(target.entity()));
        boolean grouped = !frame.groupTables.isEmpty() || !frame.groupColumns.isEmpty();
        if (owners.size() != 1 || !(frame.aggregates() || grouped && total)) {
            return;
        }
        TableNode owner = owners.iterator().next();
        frame.targets.replaceAll(target -> {
            ColumnNode column = target.measure() == null || target.measure().aggregate() ? null : target.measure().column();
            boolean many = column != null && column.measure() && !column.year() && column.table != owner && many(owner, column.table, graph);
            return many ? new Frame.Target(Measure.of(Function.SUM, column), null, false) : target;
        });
    }

    private static boolean many(TableNode owner, TableNode rows, JoinGraph graph) {
        List<JoinGraph.Edge> path = graph.path(List.of(owner), rows);
        return path != null && path.stream().anyMatch(edge -> !edge.manyToOne());
    }
}
