package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Functions on lists: where values are, some of them, their order. Those that make sense of rows take tables too. */
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

    QValue reverse(QValue value) {
        int size = Aggregates.count(value);
        return value instanceof Atom ? value : at(value, IntStream.range(0, size).map(i -> size - 1 - i).toArray());
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
}
