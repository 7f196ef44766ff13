package io.dragoman.offline;

import io.dragoman.offline.plan.Expression.Aggregate.Function;

/**
 * Something that is shown, compared or ordered by: a column, an aggregate of a column, or a count of a table's rows.
 *
 * @param function null for the plain column
 * @param table    the table whose rows are counted, or of the column
 * @param column   null for counts of rows
 * @param distinct whether equal values count once
 * @param defined  what a directive defines, in place of a column; null for none
 */
record Measure(Function function, TableNode table, ColumnNode column, boolean distinct, Defined defined) {

    Measure(Function function, TableNode table, ColumnNode column, boolean distinct) {
        this(function, table, column, distinct, null);
    }

    static Measure of(Defined defined) {
        return new Measure(null, defined.tables().get(0), null, false, defined);
    }

    static Measure of(ColumnNode column) {
        return new Measure(null, column.table, column, false);
    }

    static Measure of(Function function, ColumnNode column) {
        return new Measure(function, column.table, column, false);
    }

    static Measure count(TableNode table, boolean distinct) {
        return new Measure(Function.COUNT, table, null, distinct);
    }

    boolean aggregate() {
        return function != null || defined != null && defined.aggregate();
    }

    @Override
    public String toString() {
        String of = column != null ? column.toString() : table == null ? "rows" : table.toString();
        return function == null ? of : function + "(" + (distinct ? "distinct " : "") + of + ")";
    }
}
