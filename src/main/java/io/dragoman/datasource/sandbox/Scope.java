package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import java.util.HashMap;
import java.util.Map;

/**
 * What names mean where an expression stands: columns of some rows of a table, within the names of a function.
 */
final class Scope {

    private final Budget budget;
    private final Scope outer;
    private final Map<String, QValue> locals;
    private final Table table;
    private final int[] rows;
    private final Map<String, Vector> taken = new HashMap<>();

    private Scope(Budget budget, Scope outer, Map<String, QValue> locals, Table table, int[] rows) {
        this.budget = budget;
        this.outer = outer;
        this.locals = locals;
        this.table = table;
        this.rows = rows;
    }

    /** The names of a function, which sees none around it. */
    static Scope of(Budget budget, Map<String, QValue> locals) {
        return new Scope(budget, null, locals, null, null);
    }

    /** The columns of some rows of a table; null for all. */
    Scope columns(Table of, int[] someRows) {
        return new Scope(budget, this, Map.of(), of, someRows);
    }

    /** How many rows the columns have here. */
    int size() {
        return rows == null ? table.rows() : rows.length;
    }

    /** Whether columns can be named here. */
    boolean inTable() {
        return table != null;
    }

    /** The value of a column or local; null when there is none of that name. */
    QValue find(String name) {
        Vector column = column(name);
        if (column != null) {
            return column;
        } else if (locals.containsKey(name)) {
            return locals.get(name);
        }
        return outer == null ? null : outer.find(name);
    }

    private Vector column(String name) {
        if (table == null) {
            return null;
        }
        Vector known = taken.get(name);
        if (known == null && (table.columns().containsKey(name) || name.equals("i"))) {
            known = table.columns().containsKey(name) ? table.columns().get(name) : Lists.longs(Lists.range(0, table.rows()));
            if (rows != null) {
                budget.spend(rows.length);
                known = known.at(rows);
            }
            taken.put(name, known);
        }
        return known;
    }

    /** Gives a local of the nearest function a value. */
    void assign(String name, QValue value) {
        if (table != null && outer != null) {
            outer.assign(name, value);
        } else {
            locals.put(name, value);
        }
    }
}
