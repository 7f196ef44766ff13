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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Lists and tables made of others: joined, turned, paired. */
final class Shapes {

    private final Budget budget;
    private final Lists lists;

    Shapes(Budget budget, Lists lists) {
        this.budget = budget;
        this.lists = lists;
    }

    QValue raze(QValue value) {
        if (!(value instanceof Items items)) {
            return value instanceof Atom atom ? atom.cell() : value;
        }
        QValue joined = items.size() == 0 ? items : items.item(0) instanceof Atom atom ? atom.cell() : items.item(0);
        boolean flat = IntStream.range(0, items.size()).allMatch(i -> items.item(i) instanceof Atom || items.item(i) instanceof Vector);
        if (!flat) {
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
            return ((Table) lists.at(left, lefts)).with((Table) lists.at(right, rights));
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
