package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Functions on whole tables: keys, order, names and shape of their columns. */
final class Tables {

    private final Budget budget;
    private final Lists lists;

    Tables(Budget budget, Lists lists) {
        this.budget = budget;
        this.lists = lists;
    }

    /** A table of columns by their names; atoms are repeated. */
    static Table of(String[] names, Vector values) {
        int rows = 0;
        boolean found = false;
        for (int i = 0; i < values.size(); i++) {
            if (values.item(i) instanceof Vector list) {
                rows = list.size();
                found = true;
            }
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            Vector list = Numbers.list(values.item(i));
            list = values.item(i) instanceof Atom ? list.at(new int[rows]) : list;
            if (!found || list.size() != rows) {
                throw QError.of(found ? "length: columns of different lengths" : "rank: a table needs a column that is a list");
            }
            columns.put(names[i], list);
        }
        return new Table(columns, rows);
    }

    /** A column by its name. */
    static Vector column(Table table, String name) {
        Vector column = table.columns().get(name);
        if (column == null) {
            throw QError.of("there is no column " + name);
        }
        return column;
    }

    /** The table, keys and all, as one without keys. */
    static Table flat(QValue value) {
        if (value instanceof Table table) {
            return table;
        } else if (value instanceof Dictionary dictionary && dictionary.keyedTable()) {
            return ((Table) dictionary.keys()).with((Table) dictionary.values());
        }
        throw QError.of("type: a table is needed");
    }

    /** The names of the keys; empty for a table without. */
    static List<String> keys(QValue value) {
        return value instanceof Dictionary dictionary && dictionary.keys() instanceof Table keys
                ? List.copyOf(keys.columns().keySet()) : List.of();
    }

    /** The table with those columns as its keys. */
    static QValue keyed(Table table, List<String> names) {
        if (names.isEmpty()) {
            return table;
        }
        Map<String, Vector> keys = new LinkedHashMap<>();
        names.forEach(name -> keys.put(name, column(table, name)));
        Map<String, Vector> values = new LinkedHashMap<>(table.columns());
        values.keySet().removeAll(names);
        return new Dictionary(new Table(keys, table.rows()), new Table(values, table.rows()));
    }

    /** {@code `a`b xkey table}. */
    static QValue xkey(QValue names, QValue value) {
        return keyed(flat(value), List.of(Numbers.symbols(names)));
    }

    /** {@code n!table}: its first columns as keys. */
    static QValue enkey(long count, QValue value) {
        Table table = flat(value);
        if (count < 0 || count > table.columns().size()) {
            throw QError.of("length: there are " + table.columns().size() + " columns");
        }
        return keyed(table, table.columns().keySet().stream().limit(count).toList());
    }

    /** {@code `a`b xasc table}: a stable sort of its rows. */
    QValue sorted(String verb, QValue names, QValue value) {
        Table table = flat(value);
        String[] by = Numbers.symbols(names);
        int[] order = Lists.range(0, table.rows());
        for (int i = by.length - 1; i >= 0; i--) {
            int[] next = lists.order(column(table, by[i]).at(order), verb.equals("xdesc"));
            int[] before = order;
            order = Arrays.stream(next).map(place -> before[place]).toArray();
        }
        return keyed((Table) lists.at(table, order), keys(value));
    }

    /** {@code `x`y xcol table}, or with a dictionary of old and new names. */
    static QValue renamed(QValue names, QValue value) {
        Table table = flat(value);
        List<String> old = List.copyOf(table.columns().keySet());
        Map<String, String> now = new LinkedHashMap<>();
        if (names instanceof Dictionary dictionary) {
            String[] from = Numbers.symbols(dictionary.keys());
            String[] to = Numbers.symbols(dictionary.values());
            IntStream.range(0, from.length).forEach(i -> now.put(from[i], to[i]));
        } else {
            String[] to = Numbers.symbols(names);
            IntStream.range(0, Math.min(to.length, old.size())).forEach(i -> now.put(old.get(i), to[i]));
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        table.columns().forEach((name, column) -> columns.put(now.getOrDefault(name, name), column));
        if (columns.size() < old.size()) {
            throw QError.of("dup: two columns would have one name");
        }
        return keyed(new Table(columns, table.rows()), keys(value).stream().map(name -> now.getOrDefault(name, name)).toList());
    }

    /** {@code `b`a xcols table}: those columns first. */
    static QValue reordered(QValue names, QValue value) {
        if (!(value instanceof Table table)) {
            throw QError.of("type: xcols needs a table without keys");
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        for (String name : Numbers.symbols(names)) {
            columns.put(name, column(table, name));
        }
        table.columns().forEach(columns::putIfAbsent);
        return new Table(columns, table.rows());
    }

    /** {@code `a xgroup table}: keyed, with lists of what belongs to each key. */
    QValue grouped(QValue names, QValue value) {
        Table table = flat(value);
        Dictionary keyed = (Dictionary) keyed(table, List.of(Numbers.symbols(names)));
        Map<Object, List<Integer>> places = lists.places(keyed.keys());
        int[] first = places.values().stream().mapToInt(list -> list.get(0)).toArray();
        Map<String, Vector> columns = new LinkedHashMap<>();
        ((Table) keyed.values()).columns().forEach((name, column) -> columns.put(name, new Items(places.values().stream()
                .map(list -> lists.at(column, Lists.ints(list))).toArray(QValue[]::new))));
        return new Dictionary(lists.at(keyed.keys(), first), new Table(columns, first.length));
    }

    /** The reverse of grouping: a row for each value of its lists. */
    Table ungrouped(QValue value) {
        Table table = flat(value);
        List<Integer> rows = new ArrayList<>();
        Map<String, List<QValue>> parts = new LinkedHashMap<>();
        for (int i = 0; i < table.rows(); i++) {
            int size = -1;
            for (Vector column : table.columns().values()) {
                if (column instanceof Items items && !(items.item(i) instanceof Text)) {
                    int own = Aggregates.count(items.item(i));
                    if (size >= 0 && own != size) {
                        throw QError.of("length: lists of a row have different lengths");
                    }
                    size = own;
                }
            }
            if (size < 0) {
                throw QError.unsupported("ungroup of a table without lists");
            }
            budget.spend((long) size * table.columns().size());
            for (int j = 0; j < size; j++) {
                rows.add(i);
                for (Map.Entry<String, Vector> column : table.columns().entrySet()) {
                    QValue own = column.getValue().item(i);
                    boolean list = column.getValue() instanceof Items && !(own instanceof Text);
                    parts.computeIfAbsent(column.getKey(), name -> new ArrayList<>()).add(list ? Numbers.list(own).item(j) : own);
                }
            }
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        table.columns().forEach((name, column) -> columns.put(name, parts.containsKey(name) ? Vector.of(parts.get(name)) : column));
        return new Table(columns, rows.size());
    }

    /** {@code meta table}: the name and type of each column. */
    static QValue meta(QValue value) {
        Table table = flat(value);
        String[] names = table.columns().keySet().toArray(String[]::new);
        StringBuilder types = new StringBuilder();
        table.columns().values().forEach(column -> types.append(letter(column)));
        String[] none = new String[names.length];
        Arrays.fill(none, "");
        Map<String, Vector> keys = new LinkedHashMap<>();
        keys.put("c", new Names(QType.SYMBOL, names));
        Map<String, Vector> columns = new LinkedHashMap<>();
        columns.put("t", new Text(types.toString()));
        columns.put("f", new Names(QType.SYMBOL, none));
        columns.put("a", new Names(QType.SYMBOL, none));
        return new Dictionary(new Table(keys, names.length), new Table(columns, names.length));
    }

    /** The letter of a column's type: upper case for a list of lists of one type. */
    static char letter(Vector column) {
        if (!(column instanceof Items items)) {
            return column.type().letter();
        }
        return items.size() > 0 && items.item(0) instanceof Vector first && !(first instanceof Items)
                ? Character.toUpperCase(first.type().letter()) : ' ';
    }

    /** The names of all columns. */
    static Vector cols(QValue value) {
        return new Names(QType.SYMBOL, flat(value).columns().keySet().toArray(String[]::new));
    }
}
