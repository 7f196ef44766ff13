package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of lists and tables by their places: the first, the last, all but these, pieces. */
final class Slices {

    private final Budget budget;
    private final Lists lists;

    Slices(Budget budget, Lists lists) {
        this.budget = budget;
        this.lists = lists;
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
        return lists.at(right, places);
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
        return lists.at(right, count >= 0 ? Lists.range(Math.min(count, size), size) : Lists.range(0, size + count));
    }

    /** {@code n sublist value}: as take, but never more than there is. */
    QValue sublist(QValue left, QValue right) {
        int size = Aggregates.count(right);
        Vector range = Numbers.list(left);
        if (range.size() == 2) {
            int from = Numbers.size(range.item(0));
            int end = (int) Math.min(size, (long) from + Numbers.size(range.item(1)));
            return lists.at(right, Lists.range(Math.min(Math.max(0, from), size), end));
        }
        int count = Numbers.size(range.item(0));
        return lists.at(right, count >= 0 ? Lists.range(0, Math.min(count, size)) : Lists.range(Math.max(0, size + count), size));
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
            pieces[i] = lists.at(right, Lists.range(starts.get(i), end));
        }
        return new Items(pieces);
    }
}
