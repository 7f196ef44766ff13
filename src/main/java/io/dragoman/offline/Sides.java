package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import java.util.List;
import java.util.Set;

/** Comparisons of kinds: <i>revenue in Germany vs USA</i>, <i>compare Books and Electronics by revenue</i> have a row for each side. */
final class Sides {

    private static final Set<String> COMPARING = Set.of("compare", "comparing", "comparison", "versus", "vs", "compared");

    private Sides() {
    }

    /** Whether a word sets two sides against each other. */
    static boolean compares(Link unit) {
        return unit.kind() == Kind.WORD && COMPARING.contains(unit.text());
    }

    /** Groups a frame by what the sides are values of; a comparison without sides is left over. */
    static void of(Frame frame, List<Link> units, JoinGraph graph) {
        List<Link> said = units.stream().filter(Sides::compares).toList();
        if (said.isEmpty()) {
            return;
        }
        ColumnNode column = null;
        for (int k = 1; k < frame.conditions.size() && column == null; k++) {
            Condition second = frame.conditions.get(k);
            Condition first = frame.conditions.get(k - 1);
            column = value(first) && value(second) && first.column() == second.column() && !first.values.equals(second.values) ? second.column() : null;
        }
        if (column == null) {
            frame.unresolved.addAll(said);
            return;
        }
        ColumnNode sides = column;
        boolean side = false;
        for (Condition condition : frame.conditions) {
            boolean own = value(condition) && condition.column() == sides;
            condition.alternative = own ? side : condition.alternative;
            condition.intersect = !own && condition.intersect;
            side |= own;
        }
        frame.explained.addAll(said);
        if (!frame.aggregates()) {
            counted(frame, sides, graph);
        }
        frame.targets.removeIf(target -> target.measure() != null && target.measure().function() == null && target.measure().column() == sides);
        if (!frame.groupColumns.contains(sides)) {
            frame.groupColumns.add(0, sides);
            frame.eachColumns.add(sides);
        }
        if (frame.orders.isEmpty()) {
            frame.orders.add(new Frame.Order(Measure.of(sides), false));
        }
    }

    /** Rows that are compared are counted, unless an amount of theirs is asked for. */
    private static void counted(Frame frame, ColumnNode sides, JoinGraph graph) {
        boolean amounts = frame.targets.stream().anyMatch(target -> target.measure() != null && target.measure().column() != null
                && target.measure().column().measure());
        if (amounts) {
            frame.targets.replaceAll(target -> target.measure() != null && target.measure().column() != null && target.measure().column().measure()
                    && target.measure().function() == null && target.measure().defined() == null
                    ? new Frame.Target(Measure.of(Function.SUM, target.measure().column()), null, false) : target);
            return;
        }
        TableNode rows = frame.targets.stream().map(target -> target.entity() != null ? target.entity() : target.measure().table()).findFirst()
                .orElse(sides.table);
        List<JoinGraph.Edge> path = graph.path(List.of(rows), sides.table);
        boolean several = path != null && path.stream().anyMatch(edge -> !edge.manyToOne());
        frame.targets.clear();
        frame.targets.add(new Frame.Target(Measure.count(rows, several), null, false));
    }

    private static boolean value(Condition condition) {
        return condition.kind == Condition.Kind.COMPARE && "=".equals(condition.operator) && condition.column() != null && !condition.negated
                && !condition.left.aggregate() && condition.right == null && condition.companions.isEmpty();
    }
}
