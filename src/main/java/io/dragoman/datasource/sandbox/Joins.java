package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins of tables: by key, by equality, by the latest not after a time, and one below the other. */
final class Joins {

    private final Budget budget;
    private final Lists lists;
    private final Shapes shapes;

    Joins(Budget budget, Lists lists, Shapes shapes) {
        this.budget = budget;
        this.lists = lists;
        this.shapes = shapes;
    }

    /** {@code left lj keyed} and {@code ij}; with {@code fill}, nulls of the right do not replace (ljf, ijf). */
    QValue byKey(String verb, QValue left, QValue right) {
        boolean inner = verb.startsWith("ij");
        if (!(right instanceof Dictionary keyed) || !keyed.keyedTable()) {
            throw QError.of("type: " + verb + " needs a keyed table on its right");
        }
        Table table = Tables.flat(left);
        int[] found = matches(table, (Table) keyed.keys());
        int[] rows = Lists.range(0, table.rows());
        if (inner) {
            rows = Arrays.stream(rows).filter(row -> found[row] >= 0).toArray();
            table = (Table) lists.at(table, rows);
        }
        int[] places = Arrays.stream(rows).map(row -> found[row]).toArray();
        Table joined = replaced(table, (Table) keyed.values(), places, verb.endsWith("f"), false);
        return Tables.keyed(joined, Tables.keys(left));
    }

    /** For each row of the table the first row with the same keys; -1 where there is none. */
    private int[] matches(Table table, Table keys) {
        Map<Object, List<Integer>> known = lists.places(keys);
        Table own = columns(table, List.copyOf(keys.columns().keySet()));
        requireTypes(own, keys);
        int[] found = new int[table.rows()];
        budget.spend(found.length);
        for (int i = 0; i < found.length; i++) {
            List<Integer> places = known.get(Lists.key(own, i));
            found[i] = places == null ? -1 : places.get(0);
        }
        return found;
    }

    private static Table columns(Table table, List<String> names) {
        Map<String, Vector> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, Tables.column(table, name)));
        return new Table(columns, table.rows());
    }

    private static void requireTypes(Table one, Table other) {
        one.columns().forEach((name, column) -> {
            Vector match = other.columns().get(name);
            if (match.type() != column.type() && match.size() > 0 && column.size() > 0) {
                throw QError.of("type: " + name + " is " + column.type().title() + " on one side of the join and "
                        + match.type().title() + " on the other");
            }
        });
    }

    /**
     * The table with the columns of another, of which each row takes the one at its place.
     *
     * @param fill   whether nulls of the other leave what was there
     * @param always whether rows that found none lose what was there
     */
    private Table replaced(Table table, Table other, int[] places, boolean fill, boolean always) {
        Map<String, Vector> columns = new LinkedHashMap<>(table.columns());
        for (Map.Entry<String, Vector> entry : other.columns().entrySet()) {
            Vector before = table.columns().get(entry.getKey());
            Vector now = entry.getValue();
            budget.spend(places.length);
            if (before == null || always && !fill) {
                columns.put(entry.getKey(), now.at(places));
                continue;
            }
            List<QValue> values = new ArrayList<>(places.length);
            for (int i = 0; i < places.length; i++) {
                boolean keep = places[i] < 0 || fill && now.isNull(places[i]);
                values.add(keep ? before.item(i) : now.item(places[i]));
            }
            boolean same = before.type() == now.type() && before.type() != QType.MIXED;
            columns.put(entry.getKey(), values.isEmpty() && same ? before : Vector.of(values));
        }
        return new Table(columns, places.length);
    }

    /** {@code aj[`sym`time;left;right]} and its variants: equal on all columns but the last, the latest not after on the last. */
    QValue asOf(String verb, QValue names, QValue leftValue, QValue rightValue) {
        String[] by = Numbers.symbols(names);
        Table left = Tables.flat(leftValue);
        Table right = Tables.flat(rightValue);
        List<String> equal = List.of(by).subList(0, by.length - 1);
        String time = by[by.length - 1];
        Vector asked = Tables.column(left, time);
        Vector known = Tables.column(right, time);
        Table leftKeys = columns(left, equal);
        Table rightKeys = columns(right, equal);
        requireTypes(leftKeys, rightKeys);
        if (asked.type() != known.type() && asked.size() > 0 && known.size() > 0) {
            throw QError.unsupported(verb + " of times of different types");
        }
        Map<Object, List<Integer>> groups = equal.isEmpty() ? one(right.rows()) : lists.places(rightKeys);
        groups.values().forEach(rows -> requireAscending(verb, known, rows));
        int[] places = new int[left.rows()];
        for (int i = 0; i < places.length; i++) {
            budget.spend(1);
            List<Integer> rows = groups.getOrDefault(equal.isEmpty() ? "" : Lists.key(leftKeys, i), List.of());
            int low = -1;
            int high = rows.size();
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (known.compare(rows.get(middle), asked, i) <= 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            places[i] = low < 0 ? -1 : rows.get(low);
        }
        Map<String, Vector> values = new LinkedHashMap<>(right.columns());
        values.keySet().removeAll(equal);
        if (!verb.endsWith("0")) {
            values.remove(time);
        }
        boolean fill = verb.startsWith("ajf");
        Table joined = replaced(left, new Table(values, right.rows()), places, fill, true);
        return Tables.keyed(joined, Tables.keys(leftValue));
    }

    private static Map<Object, List<Integer>> one(int rows) {
        Map<Object, List<Integer>> all = new HashMap<>();
        all.put("", Arrays.stream(Lists.range(0, rows)).boxed().toList());
        return all;
    }

    private void requireAscending(String verb, Vector times, List<Integer> rows) {
        budget.spend(rows.size());
        for (int i = 1; i < rows.size(); i++) {
            if (times.compare(rows.get(i - 1), times, rows.get(i)) > 0) {
                throw QError.of(verb + " needs a right table whose times ascend within the other columns; choose one date, or"
                        + " name the date too");
            }
        }
    }

    /** {@code ej[`sym;left;right]}: every pair of rows that are equal on those columns. */
    QValue equi(QValue names, QValue leftValue, QValue rightValue) {
        List<String> by = List.of(Numbers.symbols(names));
        Table left = Tables.flat(leftValue);
        Table right = Tables.flat(rightValue);
        Table leftKeys = columns(left, by);
        Table rightKeys = columns(right, by);
        requireTypes(leftKeys, rightKeys);
        Map<Object, List<Integer>> known = lists.places(rightKeys);
        List<Integer> lefts = new ArrayList<>();
        List<Integer> rights = new ArrayList<>();
        for (int i = 0; i < left.rows(); i++) {
            List<Integer> matches = known.getOrDefault(Lists.key(leftKeys, i), List.of());
            budget.spend(matches.size());
            for (int match : matches) {
                lefts.add(i);
                rights.add(match);
            }
        }
        Table one = (Table) lists.at(left, Lists.ints(lefts));
        return one.with((Table) lists.at(right, Lists.ints(rights)));
    }

    /** {@code left uj right}: the rows of both, with nulls for the columns that one has not. */
    QValue union(QValue left, QValue right) {
        if (!(left instanceof Table one) || !(right instanceof Table other)) {
            throw QError.unsupported("uj of keyed tables");
        }
        int[] none = new int[one.rows()];
        int[] noneOther = new int[other.rows()];
        Arrays.fill(none, -1);
        Arrays.fill(noneOther, -1);
        Map<String, Vector> tops = new LinkedHashMap<>(one.columns());
        other.columns().forEach((name, column) -> tops.putIfAbsent(name, column.at(none)));
        Map<String, Vector> bottoms = new LinkedHashMap<>();
        tops.keySet().forEach(name -> bottoms.put(name, other.columns().containsKey(name) ? other.columns().get(name)
                : one.columns().get(name).at(noneOther)));
        return shapes.join(new Table(tops, one.rows()), new Table(bottoms, other.rows()));
    }
}
