package io.dragoman.datasource.q;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.ResultTable.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a q query gave into rows: tables as they are, other values as a table of one or two columns. */
public final class QResults {

    private QResults() {
    }

    /**
     * Hands a value on as rows.
     *
     * @param limits of rows and bytes, and how to be stopped
     * @return whether there were more rows than the limits allow
     * @throws Connector.QueryFailedException    when the value is a function
     * @throws Connector.QueryCancelledException when the caller cancelled
     */
    public static boolean stream(QValue value, Connector.Limits limits, Connector.RowSink sink) {
        Table table = table(value);
        List<ResultColumn> columns = new ArrayList<>();
        List<Vector> lists = new ArrayList<>(table.columns().values());
        table.columns().forEach((name, list) -> columns.add(new ResultColumn(name, type(list))));
        sink.columns(columns);
        long bytesLeft = limits.maxBytes();
        for (int i = 0; i < table.rows(); i++) {
            limits.cancellation().check();
            List<Object> row = new ArrayList<>(lists.size());
            for (Vector list : lists) {
                Object cell = QFormat.java(list, i);
                bytesLeft -= cell instanceof String text ? 2L * text.length() : 16;
                row.add(cell);
            }
            if (i == limits.maxRows() || bytesLeft < 0) {
                return true;
            }
            sink.row(Collections.unmodifiableList(row));
        }
        return false;
    }

    private static String type(Vector list) {
        if (list.type() != QType.MIXED) {
            return list.type().title();
        }
        boolean strings = list.size() > 0;
        for (int i = 0; i < list.size(); i++) {
            strings &= list.item(i) instanceof Text;
        }
        return strings ? "string" : "list";
    }

    private static Table table(QValue value) {
        if (value instanceof Table table) {
            return table;
        } else if (value instanceof Dictionary dictionary) {
            return ofDictionary(dictionary);
        } else if (value instanceof Atom atom) {
            return Table.of(Map.of("value", atom.cell()));
        } else if (value instanceof Text text) {
            return Table.of(Map.of("value", new Items(text)));
        } else if (value instanceof Vector list) {
            return Table.of(Map.of("value", list));
        }
        throw new Connector.QueryFailedException("the query gave a function, not rows", null);
    }

    private static Table ofDictionary(Dictionary dictionary) {
        if (dictionary.keys() instanceof Table keys && dictionary.values() instanceof Table values) {
            return keys.with(values);
        }
        Table named = named(dictionary);
        if (named != null) {
            return named;
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        for (QValue side : new QValue[] {dictionary.keys(), dictionary.values()}) {
            if (side instanceof Table table) {
                columns.putAll(table.columns());
            } else if (side instanceof Vector list) {
                columns.put(side == dictionary.keys() ? "key" : "value", list);
            }
        }
        return Table.of(columns);
    }

    /** Lists of one length by their names, as {@code exec} gives of several columns; null when it is anything else. */
    private static Table named(Dictionary dictionary) {
        if (!(dictionary.keys() instanceof Names names) || !(dictionary.values() instanceof Items items)
                || items.size() == 0 || names.size() != items.size()) {
            return null;
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        int size = -1;
        for (int i = 0; i < items.size(); i++) {
            if (!(items.item(i) instanceof Vector list) || list instanceof Text || size >= 0 && list.size() != size) {
                return null;
            }
            size = list.size();
            columns.put(names.name(i), list);
        }
        return Table.of(columns);
    }
}
