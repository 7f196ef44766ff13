package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Functions on lists: finding, taking, joining, sorting, sets. Those that make sense of rows take tables too. */
final class Lists {

    private final Budget budget;

    Lists(Budget budget) {
        this.budget = budget;
    }

    /** Where equal values or rows are, in the order of their first. */
    Map<Object, List<Integer>> places(QValue value) {
        int size = Aggregates.count(value);
        budget.spend(size);
        Map<Object, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            places.computeIfAbsent(key(value, i), key -> new ArrayList<>()).add(i);
        }
        return places;
    }

    /** What is equal for equal values of a list or rows of a table. */
    static Object key(QValue value, int index) {
        if (value instanceof Table table) {
            Object[] keys = new Object[table.columns().size()];
            int next = 0;
            for (Vector column : table.columns().values()) {
                keys[next++] = column.key(index);
            }
            return Arrays.asList(keys);
        }
        return Numbers.list(value).key(index);
    }

    /** Some values of a list or rows of a table, keys with them. */
    QValue at(QValue value, int[] places) {
        budget.spend(places.length);
        if (value instanceof Table table) {
            budget.spend((long) places.length * table.columns().size());
            return table.at(places);
        } else if (value instanceof Dictionary dictionary) {
            return new Dictionary(at(dictionary.keys(), places), at(dictionary.values(), places));
        }
        return Numbers.list(value).at(places);
    }

    static int[] range(int from, int to) {
        return IntStream.range(from, Math.max(from, to)).toArray();
    }

    static int[] ints(List<Integer> places) {
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    QValue distinct(QValue value) {
        int[] first = places(value).values().stream().mapToInt(list -> list.get(0)).toArray();
        return at(value, first);
    }

    QValue group(QValue value) {
        Map<Object, List<Integer>> places = places(Numbers.list(value));
        QValue[] groups = places.values().stream()
                .map(list -> new Longs(QType.LONG, list.stream().mapToLong(Integer::longValue).toArray())).toArray(QValue[]::new);
        return new Dictionary(distinct(value), new Items(groups));
    }

    QValue where(QValue value) {
        if (value instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return index(dictionary.keys(), where(dictionary.values()));
        }
        Vector list = Numbers.list(value);
        if (!(list instanceof Longs) && list.size() > 0) {
            throw QError.of("type: where of " + list.type().title() + "s");
        }
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            long times = Numbers.whole(list, i);
            budget.spend(Math.max(0, times));
            for (long j = 0; j < times; j++) {
                found.add((long) i);
            }
        }
        return new Longs(QType.LONG, found.stream().mapToLong(Long::longValue).toArray());
    }

    QValue reverse(QValue value) {
        int size = Aggregates.count(value);
        return value instanceof Atom ? value : at(value, IntStream.range(0, size).map(i -> size - 1 - i).toArray());
    }

    QValue raze(QValue value) {
        if (!(value instanceof Items items)) {
            return value instanceof Atom atom ? atom.cell() : value;
        }
        QValue joined = items.size() == 0 ? items : items.item(0) instanceof Atom atom ? atom.cell() : items.item(0);
        boolean lists = IntStream.range(0, items.size()).allMatch(i -> items.item(i) instanceof Atom || items.item(i) instanceof Vector);
        if (!lists) {
            for (int i = 1; i < items.size(); i++) {
                joined = join(joined, items.item(i));
            }
            return joined;
        }
        List<QValue> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Vector list = Numbers.list(items.item(i));
            budget.spend(list.size());
            for (int j = 0; j < list.size(); j++) {
                all.add(list.item(j));
            }
        }
        return all.isEmpty() ? joined : Vector.of(all);
    }

    QValue join(QValue left, QValue right) {
        if (left instanceof Table one && right instanceof Table other) {
            return stacked(one, other);
        } else if (left instanceof Dictionary one && right instanceof Dictionary other && !one.keyedTable() && !other.keyedTable()) {
            return merged(one, other);
        } else if (left instanceof Dictionary || right instanceof Dictionary || left instanceof Table || right instanceof Table
                || left instanceof QFunction || right instanceof QFunction) {
            throw QError.unsupported("the join of these by a comma");
        }
        return joined(Numbers.list(left), Numbers.list(right));
    }

    private Vector joined(Vector left, Vector right) {
        int size = left.size() + right.size();
        budget.spend(size);
        if (left.size() == 0 && left instanceof Items) {
            return right;
        } else if (right.size() == 0 && right instanceof Items || right.size() == 0 && left.type() == right.type()) {
            return left;
        }
        List<QValue> all = new ArrayList<>(size);
        for (int i = 0; i < left.size(); i++) {
            all.add(left.item(i));
        }
        for (int i = 0; i < right.size(); i++) {
            all.add(right.item(i));
        }
        return left.type() == QType.MIXED || right.type() == QType.MIXED ? new Items(all.toArray(QValue[]::new)) : Vector.of(all);
    }

    private Table stacked(Table one, Table other) {
        if (!one.columns().keySet().equals(other.columns().keySet())) {
            throw QError.of("mismatch: the tables have different columns");
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        one.columns().forEach((name, column) -> columns.put(name, joined(column, other.columns().get(name))));
        return new Table(columns, one.rows() + other.rows());
    }

    private Dictionary merged(Dictionary one, Dictionary other) {
        Map<Object, QValue> keys = new LinkedHashMap<>();
        Map<Object, QValue> values = new LinkedHashMap<>();
        for (Dictionary part : List.of(one, other)) {
            Vector names = Numbers.list(part.keys());
            for (int i = 0; i < names.size(); i++) {
                keys.putIfAbsent(names.key(i), names.item(i));
                values.put(names.key(i), Numbers.list(part.values()).item(i));
            }
        }
        return new Dictionary(Vector.of(List.copyOf(keys.values())), Vector.of(List.copyOf(values.values())));
    }

    /** The order that sorts ascending, nulls first; equal values stay as they are. */
    int[] ascending(QValue value) {
        return order(Numbers.list(value), false);
    }

    int[] order(Vector list, boolean descending) {
        Integer[] places = new Integer[list.size()];
        budget.spend(list.size() * 4L);
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        try {
            Arrays.sort(places, descending ? (a, b) -> list.compare(b, list, a) : (a, b) -> list.compare(a, list, b));
        } catch (UnsupportedOperationException e) {
            throw QError.unsupported("the order of a list of lists");
        }
        return Arrays.stream(places).mapToInt(Integer::intValue).toArray();
    }

    QValue sorted(QValue value, boolean descending) {
        if (value instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return at(dictionary, order(Numbers.list(dictionary.values()), descending));
        } else if (!(value instanceof Vector list)) {
            throw QError.unsupported("asc or desc of this; use xasc or xdesc for tables");
        } else {
            return list.at(order(list, descending));
        }
    }

    static Longs longs(int[] places) {
        return new Longs(QType.LONG, Arrays.stream(places).asLongStream().toArray());
    }

    QValue rank(QValue value) {
        int[] order = ascending(value);
        long[] ranks = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            ranks[order[i]] = i;
        }
        return new Longs(QType.LONG, ranks);
    }

    QValue xrank(QValue buckets, QValue value) {
        Vector ranks = (Vector) rank(value);
        long count = Numbers.whole(buckets);
        long[] tiles = new long[ranks.size()];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = count * Numbers.whole(ranks, i) / ranks.size();
        }
        return new Longs(QType.LONG, tiles);
    }

    /** {@code left in right}. */
    QValue in(QValue left, QValue right) {
        Vector all = Numbers.list(right);
        if (left instanceof Text && all instanceof Items) {
            return Atom.of(places(all).containsKey(new Items(left).key(0)));
        }
        Vector some = Numbers.list(left);
        Map<Object, List<Integer>> known = places(reading(all, some));
        Vector asked = reading(some, all);
        budget.spend(some.size());
        long[] flags = new long[some.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = known.containsKey(asked.key(i)) ? 1 : 0;
        }
        Vector result = new Longs(QType.BOOLEAN, flags);
        return left instanceof Atom ? new Atom(result) : result;
    }

    /** A list so that its keys can be compared with the other's. */
    private static Vector reading(Vector list, Vector other) {
        if (list.type() == other.type() || list.size() == 0 || other.size() == 0 || list.type() == QType.MIXED
                || other.type() == QType.MIXED) {
            return list;
        } else if (list.type().numeric() && other.type().numeric()) {
            return list instanceof Longs && other instanceof Longs ? list : (Vector) Casts.cast(QType.FLOAT, list);
        }
        throw QError.of("type: " + list.type().title() + "s are looked for among " + other.type().title() + "s");
    }

    QValue find(QValue left, QValue right) {
        if (!(left instanceof Vector list)) {
            throw QError.unsupported("? of anything but a list");
        }
        Map<Object, List<Integer>> known = places(list);
        Vector asked = list instanceof Items && right instanceof Text ? new Items(right) : reading(Numbers.list(right), list);
        long[] found = new long[asked.size()];
        for (int i = 0; i < found.length; i++) {
            List<Integer> places = known.get(asked.key(i));
            found[i] = places == null ? list.size() : places.get(0);
        }
        boolean single = right instanceof Atom || asked != right && right instanceof Text;
        return single ? Atom.of(found[0]) : new Longs(QType.LONG, found);
    }

    /** Set functions, by values or rows. */
    QValue set(String name, QValue left, QValue right) {
        if (name.equals("union")) {
            return distinct(join(left, right));
        }
        Table columns = right instanceof Table other && left instanceof Table one
                ? new Table(ordered(other, one), other.rows()) : null;
        Map<Object, List<Integer>> known = places(columns == null ? right instanceof Atom atom ? atom.cell() : right : columns);
        boolean wanted = name.equals("inter");
        int[] kept = IntStream.range(0, Aggregates.count(left)).filter(i -> known.containsKey(key(left, i)) == wanted).toArray();
        return at(left, kept);
    }

    private static Map<String, Vector> ordered(Table table, Table as) {
        Map<String, Vector> columns = new LinkedHashMap<>();
        as.columns().keySet().forEach(name -> {
            if (!table.columns().containsKey(name)) {
                throw QError.of("mismatch: the tables have different columns");
            }
            columns.put(name, table.columns().get(name));
        });
        return columns;
    }

    /** {@code n#value}: the first, or the last if negative, over again when there are not enough. */
    QValue take(QValue left, QValue right) {
        if (left instanceof Atom atom && atom.type() == QType.SYMBOL || left instanceof Names) {
            return named(Numbers.symbols(left), right);
        } else if (!(left instanceof Atom)) {
            throw QError.unsupported("# with a list on its left");
        }
        int count = Numbers.size(left);
        int size = Aggregates.count(right);
        int[] places = new int[Math.abs(count)];
        budget.spend(places.length);
        for (int i = 0; i < places.length; i++) {
            places[i] = size == 0 ? -1 : count >= 0 ? i % size : Math.floorMod(size - places.length + i, size);
        }
        if (size == 0 && (right instanceof Table || right instanceof Dictionary)) {
            return right;
        }
        return at(right, places);
    }

    private static QValue named(String[] names, QValue right) {
        if (!(right instanceof Table table)) {
            throw QError.unsupported("symbols taken from anything but a table");
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        for (String name : names) {
            columns.put(name, Tables.column(table, name));
        }
        return new Table(columns, table.rows());
    }

    /** {@code n_value}: without the first, or the last if negative. */
    QValue drop(QValue left, QValue right) {
        if (left instanceof Atom atom && atom.type() == QType.SYMBOL || left instanceof Names) {
            if (!(right instanceof Table table)) {
                throw QError.unsupported("symbols dropped from anything but a table");
            }
            Map<String, Vector> columns = new LinkedHashMap<>(table.columns());
            columns.keySet().removeAll(Arrays.asList(Numbers.symbols(left)));
            return new Table(columns, table.rows());
        } else if (!(left instanceof Atom)) {
            return cut(left, right);
        }
        int count = Numbers.size(left);
        int size = Aggregates.count(right);
        return at(right, count >= 0 ? range(Math.min(count, size), size) : range(0, size + count));
    }

    /** {@code n sublist value}: as take, but never more than there is. */
    QValue sublist(QValue left, QValue right) {
        int size = Aggregates.count(right);
        Vector range = Numbers.list(left);
        if (range.size() == 2) {
            int from = Numbers.size(range.item(0));
            int end = (int) Math.min(size, (long) from + Numbers.size(range.item(1)));
            return at(right, range(Math.min(Math.max(0, from), size), end));
        }
        int count = Numbers.size(range.item(0));
        return at(right, count >= 0 ? range(0, Math.min(count, size)) : range(Math.max(0, size + count), size));
    }

    QValue cut(QValue left, QValue right) {
        int size = Aggregates.count(right);
        List<Integer> starts = new ArrayList<>();
        if (left instanceof Atom) {
            int width = Numbers.size(left);
            if (width < 1) {
                throw QError.of("domain: a list is cut into pieces of at least one");
            }
            for (int i = 0; i < size; i += width) {
                starts.add(i);
            }
        } else {
            for (int i = 0; i < Aggregates.count(left); i++) {
                starts.add((int) Numbers.whole(Numbers.list(left), i));
            }
        }
        QValue[] pieces = new QValue[starts.size()];
        for (int i = 0; i < pieces.length; i++) {
            int end = i + 1 < pieces.length ? starts.get(i + 1) : size;
            if (starts.get(i) < 0 || end < starts.get(i) || end > size) {
                throw QError.of("domain: places to cut at are not ascending");
            }
            pieces[i] = at(right, range(starts.get(i), end));
        }
        return new Items(pieces);
    }

    QValue bin(QValue left, QValue right) {
        Vector sorted = Numbers.list(left);
        Vector asked = Numbers.list(right);
        if (sorted.type() != asked.type()) {
            throw QError.of("type: bin of " + sorted.type().title() + "s and " + asked.type().title() + "s");
        }
        long[] found = new long[asked.size()];
        for (int i = 0; i < found.length; i++) {
            budget.spend(1);
            int low = -1;
            int high = sorted.size();
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (sorted.compare(middle, asked, i) <= 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            found[i] = low;
        }
        return right instanceof Atom ? Atom.of(found[0]) : new Longs(QType.LONG, found);
    }

    QValue flip(QValue value) {
        if (value instanceof Table table) {
            return new Dictionary(new Names(QType.SYMBOL, table.columns().keySet().toArray(String[]::new)),
                    new Items(table.columns().values().toArray(QValue[]::new)));
        } else if (value instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return Tables.of(Numbers.symbols(dictionary.keys()), Numbers.list(dictionary.values()));
        } else if (!(value instanceof Items items)) {
            throw QError.of("rank: flip of a value that is no list of lists");
        } else {
            int width = IntStream.range(0, items.size()).map(i -> Aggregates.count(items.item(i))).max().orElse(0);
            List<QValue> rows = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                List<QValue> row = new ArrayList<>();
                for (int j = 0; j < items.size(); j++) {
                    budget.spend(1);
                    Vector list = Numbers.list(items.item(j));
                    if (!(items.item(j) instanceof Atom) && list.size() != width) {
                        throw QError.of("length: flip of lists of different lengths");
                    }
                    row.add(list.item(items.item(j) instanceof Atom ? 0 : i));
                }
                rows.add(Vector.of(row));
            }
            return Vector.of(rows);
        }
    }

    /** {@code noun[place]}. */
    QValue index(QValue noun, QValue place) {
        if (place instanceof Items items) {
            List<QValue> found = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                found.add(index(noun, items.item(i)));
            }
            return Vector.of(found);
        }
        Vector places = Numbers.list(place);
        boolean single = place instanceof Atom;
        if (noun instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            QValue found = find(dictionary.keys(), place);
            return index(dictionary.values(), found);
        } else if (noun instanceof Table table && places.type() == QType.SYMBOL && single) {
            return Tables.column(table, ((Names) places).name(0));
        } else if (!(places instanceof Longs)) {
            throw QError.unsupported("an index of type " + places.type().title() + " here");
        }
        int[] at = IntStream.range(0, places.size()).map(i -> {
            long one = Numbers.whole(places, i);
            return one < 0 || one > Integer.MAX_VALUE ? -1 : (int) one;
        }).toArray();
        if (noun instanceof Dictionary) {
            throw QError.unsupported("the index of a keyed table");
        } else if (single && noun instanceof Table table) {
            return new Dictionary(new Names(QType.SYMBOL, table.columns().keySet().toArray(String[]::new)),
                    Vector.of(table.columns().values().stream().map(column -> column.at(at))
                            .map(column -> column instanceof Items items ? items.item(0) : new Atom(column)).toList()));
        }
        QValue found = at(noun, at);
        return !single ? found : found instanceof Items items ? items.item(0) : new Atom((Vector) found);
    }

    /** Whether two values are the same, types included. */
    static boolean same(QValue left, QValue right) {
        if (left instanceof Table one && right instanceof Table other) {
            return List.copyOf(one.columns().keySet()).equals(List.copyOf(other.columns().keySet()))
                    && one.columns().keySet().stream().allMatch(name -> same(one.columns().get(name), other.columns().get(name)));
        } else if (left instanceof Dictionary one && right instanceof Dictionary other) {
            return same(one.keys(), other.keys()) && same(one.values(), other.values());
        } else if (left instanceof Atom one && right instanceof Atom other) {
            return one.type() == other.type() && equal(one.cell(), 0, other.cell(), 0);
        } else if (left instanceof Vector one && right instanceof Vector other) {
            return one.type() == other.type() && one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> equal(one, i, other, i));
        }
        return left == right;
    }

    private static boolean equal(Vector one, int i, Vector other, int j) {
        if (one instanceof Items) {
            return same(one.item(i), other.item(j));
        }
        return one instanceof Doubles ? Numbers.equal(Numbers.real(one, i), Numbers.real(other, j))
                : one.key(i).equals(other.key(j));
    }

    /** Every pair of a value or row of the left with one of the right. */
    QValue cross(QValue left, QValue right) {
        int rows = Aggregates.count(left);
        int others = Aggregates.count(right);
        budget.spend((long) rows * others);
        int[] lefts = new int[rows * others];
        int[] rights = new int[rows * others];
        for (int i = 0; i < lefts.length; i++) {
            lefts[i] = i / others;
            rights[i] = i % others;
        }
        if (left instanceof Table && right instanceof Table) {
            return ((Table) at(left, lefts)).with((Table) at(right, rights));
        } else if (left instanceof Table || right instanceof Table || left instanceof Dictionary || right instanceof Dictionary) {
            throw QError.unsupported("cross of a table with a value that is none");
        }
        List<QValue> pairs = new ArrayList<>();
        for (int i = 0; i < lefts.length; i++) {
            pairs.add(joined(Numbers.list(Numbers.list(left).item(lefts[i])), Numbers.list(Numbers.list(right).item(rights[i]))));
        }
        return pairs.isEmpty() ? new Items() : new Items(pairs.toArray(QValue[]::new));
    }

    QValue enlist(List<QValue> values) {
        if (values.size() == 1 && values.get(0) instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            String[] names = Numbers.symbols(dictionary.keys());
            Map<String, Vector> ordered = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                ordered.put(names[i], Vector.of(Collections.singletonList(Numbers.list(dictionary.values()).item(i))));
            }
            return Table.of(ordered);
        }
        return values.size() == 1 && !(values.get(0) instanceof Atom) ? new Items(values.get(0)) : Vector.of(values);
    }
}
