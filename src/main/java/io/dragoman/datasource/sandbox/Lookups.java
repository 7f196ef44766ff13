package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is among the values of a list or the rows of a table, where it is, and what is at a place. */
final class Lookups {

    private final Budget budget;
    private final Lists lists;
    private final Shapes shapes;

    Lookups(Budget budget, Lists lists, Shapes shapes) {
        this.budget = budget;
        this.lists = lists;
        this.shapes = shapes;
    }

    /** {@code left in right}. */
    QValue in(QValue left, QValue right) {
        Vector all = Numbers.list(right);
        if (left instanceof Text && all instanceof Items) {
            return Atom.of(lists.places(all).containsKey(new Items(left).key(0)));
        }
        Vector some = Numbers.list(left);
        Map<Object, List<Integer>> known = lists.places(reading(all, some));
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
        Map<Object, List<Integer>> known = lists.places(list);
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
            return lists.distinct(shapes.join(left, right));
        }
        Table columns = right instanceof Table other && left instanceof Table one
                ? new Table(ordered(other, one), other.rows()) : null;
        Map<Object, List<Integer>> known = lists.places(columns == null ? right instanceof Atom atom ? atom.cell() : right : columns);
        boolean wanted = name.equals("inter");
        int[] kept = IntStream.range(0, Aggregates.count(left)).filter(i -> known.containsKey(Lists.key(left, i)) == wanted).toArray();
        return lists.at(left, kept);
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
        QValue found = lists.at(noun, at);
        return !single ? found : found instanceof Items items ? items.item(0) : new Atom((Vector) found);
    }
}
