package io.dragoman.datasource.q;

/**
 * Keys and their values: two lists of one length, or two tables of as many rows, which then are a keyed table.
 *
 * @param keys   a list or a table
 * @param values a list or a table
 */
public record Dictionary(QValue keys, QValue values) implements QValue {

    /** Whether it is a keyed table. */
    public boolean keyedTable() {
        return keys instanceof Table && values instanceof Table;
    }
}
