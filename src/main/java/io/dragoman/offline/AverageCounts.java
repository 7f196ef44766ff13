package io.dragoman.offline;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.Expression.Arithmetic;
import java.util.List;

/**
 * The average of how many there are per group, as in <i>the average number of orders per customer</i>: all of them divided by how many
 * groups there are, which is the same as the average over the groups' counts, as no group is without a row.
 */
final class AverageCounts {

    private AverageCounts() {
    }

    /** Finds whose rows are meant where no word such as <i>per</i> says it, as in <i>how many orders does a customer have on average</i>. */
    static void settle(Frame frame, JoinGraph graph) {
        if (!frame.averagedCounts || grouped(frame)) {
            return;
        }
        TableNode counted = counted(frame);
        List<TableNode> owners = frame.mentioned.stream().filter(table -> table != counted && counted != null).toList();
        if (owners.size() == 1) {
            List<JoinGraph.Edge> path = graph.path(List.of(counted), owners.get(0));
            if (path != null && path.stream().allMatch(JoinGraph.Edge::manyToOne)) {
                frame.groupTables.add(owners.get(0));
            }
        }
    }

    /** Whether nothing says what there are so many of on average. */
    static boolean loose(Frame frame) {
        return frame.averagedCounts && !grouped(frame);
    }

    /** Whether it is all that is asked for. */
    static boolean alone(Frame frame) {
        return frame.targets.stream().filter(target -> target.measure() != null && target.measure().aggregate()).count() == 1
                && frame.orders.isEmpty() && frame.limit == null
                && frame.conditions.stream().noneMatch(condition -> condition.left != null && condition.left.aggregate());
    }

    /** The average, or null where groups are of more than one kind or have no key. */
    static Expression of(Expression count, Frame frame, JoinPlanner joins, List<Expression> buckets) {
        int kinds = frame.groupTables.size() + frame.groupColumns.size() + buckets.size();
        if (kinds != 1 || !alone(frame)) {
            return null;
        }
        ColumnNode key = !frame.groupTables.isEmpty() ? frame.groupTables.get(0).key()
                : !frame.groupColumns.isEmpty() ? frame.groupColumns.get(0) : null;
        if (key == null && buckets.isEmpty()) {
            return null;
        }
        Expression group = key == null ? buckets.get(0) : joins.column(key);
        return new Arithmetic(Arithmetic.Operator.DIVIDE, count, new Aggregate(Function.COUNT, group, true, null));
    }

    private static boolean grouped(Frame frame) {
        return !frame.groupTables.isEmpty() || !frame.groupColumns.isEmpty() || frame.times.stream().anyMatch(use -> use.phrase().groups());
    }

    private static TableNode counted(Frame frame) {
        return frame.targets.stream().filter(target -> target.measure() != null && target.measure().function() == Function.COUNT)
                .map(target -> target.measure().table()).filter(java.util.Objects::nonNull).findFirst().orElse(null);
    }
}
