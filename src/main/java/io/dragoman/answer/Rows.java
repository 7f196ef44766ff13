package io.dragoman.answer;

import io.dragoman.datasource.ResultTable;
import io.dragoman.offline.plan.LogicalPlan;
import java.util.List;

/**
 * Rows with what is known of them.
 *
 * @param plan    what they were asked by; null when not known
 * @param table   the rows
 * @param columns what their columns are for
 */
record Rows(LogicalPlan plan, ResultTable table, List<ShapedColumn> columns) {

    private static final int MOST_LABELS = 3;

    int count() {
        return table.rows().size();
    }

    Object value(int row, ShapedColumn column) {
        return table.rows().get(row).get(column.index());
    }

    String text(int row, ShapedColumn column) {
        return ValueText.of(value(row, column), column);
    }

    /** The value as a number; NaN when it is missing or none. */
    double number(int row, ShapedColumn column) {
        return value(row, column) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    List<ShapedColumn> measures() {
        return columns.stream().filter(column -> column.role() == ShapedColumn.Role.MEASURE).toList();
    }

    /** The columns that say what a row is about. */
    List<ShapedColumn> dimensions() {
        return columns.stream().filter(column -> column.role() != ShapedColumn.Role.MEASURE).toList();
    }

    /** The dimensions that a reader knows a row by: without keys, where a name or a time stands beside them. */
    List<ShapedColumn> labels() {
        List<ShapedColumn> named = dimensions().stream().filter(column -> !column.key()).toList();
        return named.isEmpty() ? dimensions() : named;
    }

    /** The dimension that names a row best: a text, then a time, then an identifier; null for none. */
    ShapedColumn label() {
        ShapedColumn best = null;
        for (ShapedColumn column : dimensions()) {
            if (best == null || rank(column) < rank(best)) {
                best = column;
            }
        }
        return best;
    }

    private static int rank(ShapedColumn column) {
        return switch (column.role()) {
            case CATEGORY -> 0;
            case TIME -> 1;
            default -> 2;
        };
    }

    /** Whether each row is a group with its measures; when it is not known how they were asked, whether they look so. */
    boolean grouped() {
        if (plan != null) {
            return !plan.groupBy().isEmpty();
        }
        List<ShapedColumn> labels = labels();
        boolean few = labels.size() == 1 ? !measures().isEmpty() : labels.size() <= MOST_LABELS && measures().size() == 1;
        return few && table.rows().stream().map(row -> labels.stream().map(label -> row.get(label.index())).toList())
                .distinct().count() == count();
    }

    /** Whether no row was left out, so that the rows are the whole. */
    boolean complete() {
        return !table.truncated() && plan != null && plan.having() == null && plan.setOperation() == null
                && (plan.limit() == null || count() < plan.limit());
    }

    /** The noun of the rows' table, for so many of them. */
    String noun(long count) {
        return plan == null ? count == 1 ? "row" : "rows" : Nouns.counted(Nouns.words(plan.from().get(0).table()), count);
    }
}
