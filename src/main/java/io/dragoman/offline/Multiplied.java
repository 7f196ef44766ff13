package io.dragoman.offline;

import io.dragoman.offline.plan.Expression.Aggregate.Function;
import java.util.List;

/**
 * Aggregates over several tables at once, one of which has many rows for each of the other's: <i>number of customers and revenue per
 * country</i>. There rows are counted once each; their sums and averages would be wrong, so that they are not given.
 */
final class Multiplied {

    private Multiplied() {
    }

    /** Whether a sum or an average takes rows more than once. */
    static boolean wrong(List<Measure> measures, JoinGraph graph) {
        return measures.stream().anyMatch(measure -> (measure.function() != null ? measure.function() != Function.COUNT || measure.table() != null
                && measure.table().key() == null : measure.aggregate())
                && measure.function() != Function.MAX && measure.function() != Function.MIN && repeated(measure, measures, graph));
    }

    /** The same measure, with rows that are there several times counted once. */
    static Measure once(Measure measure, List<Measure> measures, JoinGraph graph) {
        return measure.function() == Function.COUNT && measure.column() == null && repeated(measure, measures, graph)
                ? Measure.count(measure.table(), true) : measure;
    }

    private static boolean repeated(Measure measure, List<Measure> measures, JoinGraph graph) {
        return measure.table() != null && measures.stream().anyMatch(other -> other.table() != null && other.table() != measure.table()
                && many(graph.path(List.of(measure.table()), other.table())));
    }

    private static boolean many(List<JoinGraph.Edge> path) {
        return path != null && path.stream().anyMatch(edge -> !edge.manyToOne() && !edge.asOf());
    }
}
