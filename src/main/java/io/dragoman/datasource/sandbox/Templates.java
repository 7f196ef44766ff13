package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Vector;
import io.dragoman.dialect.q.QNode;
import io.dragoman.dialect.q.QNode.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates {@code select} and {@code exec}: from, where, by, select, limit, in this order. */
final class Templates {

    private static final Set<String> BUCKETS = Set.of("xbar", "bin");

    private final Interpreter interpreter;
    private final Budget budget;
    private final Lists lists;
    private final Slices slices;

    Templates(Interpreter interpreter, Budget budget, Lists lists) {
        this.interpreter = interpreter;
        this.budget = budget;
        this.lists = lists;
        this.slices = new Slices(budget, lists);
    }

    /** A column of the result: its name, whether the query named it, and how it is computed. */
    private record Phrase(String name, boolean named, QNode expression) {
    }

    QValue evaluate(QNode node, Scope outer) {
        boolean select = node.text().startsWith("select");
        boolean grouped = node.text().endsWith(" by");
        if (!select && !node.text().startsWith("exec")) {
            throw QError.of(node.text() + " may not be run");
        }
        QValue source = interpreter.value(node.child(3).child(0), outer);
        Table table = Tables.flat(source);
        int[] rows = filtered(table, node.child(4).children(), outer);
        List<QNode> columns = new ArrayList<>(node.child(1).children());
        boolean distinct = select && !grouped && !columns.isEmpty() && distinct(columns);
        List<QNode> options = node.child(0).children().stream().filter(option -> option.kind() != Kind.EMPTY).toList();
        if (!options.isEmpty() && (grouped || !select)) {
            throw QError.unsupported("select[…] with by, or exec[…]").at(node.offset());
        }
        int[] chosen = limited(table, rows, options, outer);
        QValue result = grouped ? grouped(node, table, chosen, outer, select)
                : select ? selected(phrases(columns), source, table, chosen, outer, !options.isEmpty())
                : executed(phrases(columns), table, chosen, outer);
        return distinct ? lists.distinct(result) : result;
    }

    /** Takes {@code distinct} off the first column, where it is about rows. */
    private static boolean distinct(List<QNode> columns) {
        QNode first = columns.get(0);
        if (first.is(Kind.NAME, "distinct")) {
            columns.remove(0);
            return true;
        } else if (first.kind() == Kind.APPLY && first.child(0).is(Kind.NAME, "distinct")) {
            columns.set(0, first.child(1));
            return true;
        }
        return false;
    }

    /** The rows for which all conditions hold, each looked at only where those before it do; null for all. */
    private int[] filtered(Table table, List<QNode> conditions, Scope outer) {
        int[] rows = null;
        for (QNode condition : conditions) {
            Scope scope = outer.columns(table, rows);
            int[] holds = interpreter.chosen(interpreter.value(condition, scope), scope.size());
            rows = rows == null ? holds : picked(rows, holds);
        }
        return rows;
    }

    private static int[] picked(int[] rows, int[] places) {
        int[] some = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            some[i] = rows[places[i]];
        }
        return some;
    }

    /** {@code select[n]}, {@code select[>column]} and both: of the rows, before columns are computed. */
    private int[] limited(Table table, int[] rows, List<QNode> options, Scope outer) {
        if (options.isEmpty()) {
            return rows;
        }
        int[] now = rows == null ? Lists.range(0, table.rows()) : rows;
        for (int i = options.size() - 1; i >= 0; i--) {
            QNode option = options.get(i);
            boolean order = option.kind() == Kind.UNARY && (option.child(0).text().equals(">") || option.child(0).text().equals("<"));
            if (order) {
                Vector by = Numbers.list(interpreter.value(option.child(1), outer.columns(table, now)));
                now = picked(now, lists.order(by, option.child(0).text().equals(">")));
            } else {
                Vector kept = (Vector) slices.sublist(interpreter.value(option, outer), Lists.longs(now));
                int[] some = new int[kept.size()];
                for (int j = 0; j < some.length; j++) {
                    some[j] = (int) Numbers.whole(kept, j);
                }
                now = some;
            }
        }
        return now;
    }

    private static List<Phrase> phrases(List<QNode> columns) {
        List<Phrase> phrases = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (QNode column : columns) {
            boolean named = column.kind() == Kind.ASSIGN;
            String name = named ? column.child(0).text() : name(column);
            String free = name;
            for (int i = 1; taken.contains(free); i++) {
                free = name + i;
            }
            taken.add(free);
            phrases.add(new Phrase(free, named, named ? column.child(1) : column));
        }
        return phrases;
    }

    /** The name that q gives a column: its leftmost term where that is a name, else x. */
    static String name(QNode node) {
        return switch (node.kind()) {
            case NAME -> node.text().equals("i") ? "x" : node.text().substring(node.text().lastIndexOf('.') + 1);
            case BINARY -> name(BUCKETS.contains(node.child(0).text()) || node.child(1).kind() == Kind.SYMBOL
                    ? node.child(2) : node.child(1));
            case APPLY, UNARY -> name(node.child(1));
            case CALL -> node.children().size() > 1 ? name(node.child(BUCKETS.contains(node.child(0).text())
                    ? node.children().size() - 1 : 1)) : "x";
            case PAREN -> name(node.child(0));
            default -> "x";
        };
    }

    private QValue selected(List<Phrase> phrases, QValue source, Table table, int[] rows, Scope outer, boolean limited) {
        if (phrases.isEmpty()) {
            return rows == null ? source : lists.at(source, rows);
        }
        Scope scope = outer.columns(table, rows);
        Map<String, QValue> values = new LinkedHashMap<>();
        phrases.forEach(phrase -> values.put(phrase.name(), interpreter.value(phrase.expression(), scope)));
        boolean one = values.values().stream().allMatch(Atom.class::isInstance);
        if (one && limited) {
            throw QError.unsupported("select[…] of aggregates");
        }
        int size = one ? 1 : values.values().stream().filter(value -> !(value instanceof Atom)).mapToInt(Aggregates::count).max()
                .orElse(0);
        Map<String, Vector> columns = new LinkedHashMap<>();
        values.forEach((name, value) -> columns.put(name, column(name, value, size)));
        return new Table(columns, size);
    }

    private static Vector column(String name, QValue value, int size) {
        if (value instanceof Atom atom) {
            return atom.cell().at(new int[size]);
        } else if (value instanceof Vector list && list.size() == size) {
            return list;
        }
        throw value instanceof Vector ? QError.of("length: column " + name + " has another length than the others")
                : QError.unsupported("a column of tables, dictionaries or functions");
    }

    private QValue executed(List<Phrase> phrases, Table table, int[] rows, Scope outer) {
        Scope scope = outer.columns(table, rows);
        if (phrases.isEmpty()) {
            throw QError.unsupported("exec without columns");
        } else if (phrases.size() == 1 && !phrases.get(0).named()) {
            return interpreter.value(phrases.get(0).expression(), scope);
        }
        List<QValue> values = phrases.stream().map(phrase -> interpreter.value(phrase.expression(), scope)).toList();
        return new Dictionary(new Names(QType.SYMBOL, phrases.stream().map(Phrase::name).toArray(String[]::new)), Vector.of(values));
    }

    private QValue grouped(QNode node, Table table, int[] rows, Scope outer, boolean select) {
        List<Phrase> by = phrases(node.child(2).children());
        List<Phrase> phrases = phrases(node.child(1).children());
        if (by.isEmpty()) {
            throw QError.unsupported("by without columns");
        }
        Scope scope = outer.columns(table, rows);
        Map<String, Vector> keys = new LinkedHashMap<>();
        by.forEach(phrase -> keys.put(phrase.name(), column(phrase.name(), interpreter.value(phrase.expression(), scope), scope.size())));
        Table keyTable = new Table(keys, scope.size());
        List<int[]> groups = lists.places(keyTable).values().stream().map(Lists::ints).toList();
        int[] first = groups.stream().mapToInt(group -> group[0]).toArray();
        Table found = (Table) lists.at(keyTable, first);
        int[] order = order(found);
        found = (Table) lists.at(found, order);
        Map<String, Vector> columns = new LinkedHashMap<>();
        if (phrases.isEmpty()) {
            lasts(table, rows, keys.keySet(), groups, order).forEach(columns::put);
        }
        for (Phrase phrase : phrases) {
            columns.put(phrase.name(), aggregated(phrase.expression(), table, rows, groups, order, outer));
        }
        if (select) {
            return new Dictionary(found, new Table(columns, order.length));
        } else if (by.size() > 1 || phrases.size() != 1) {
            throw QError.unsupported("exec of several columns by groups, or by several");
        }
        return new Dictionary(found.columns().values().iterator().next(), columns.values().iterator().next());
    }

    /** Ascending by all keys. */
    private int[] order(Table keys) {
        int[] order = Lists.range(0, keys.rows());
        List<Vector> columns = List.copyOf(keys.columns().values());
        for (int i = columns.size() - 1; i >= 0; i--) {
            order = picked(order, lists.order(columns.get(i).at(order), false));
        }
        return order;
    }

    /** The last of each column that is no key, where a query by groups names no columns. */
    private Map<String, Vector> lasts(Table table, int[] rows, Set<String> keys, List<int[]> groups, int[] order) {
        int[] last = new int[order.length];
        for (int i = 0; i < last.length; i++) {
            int[] group = groups.get(order[i]);
            int row = group[group.length - 1];
            last[i] = rows == null ? row : rows[row];
        }
        Map<String, Vector> columns = new LinkedHashMap<>();
        table.columns().forEach((name, column) -> {
            if (!keys.contains(name)) {
                columns.put(name, (Vector) lists.at(column, last));
            }
        });
        return columns;
    }

    private Vector aggregated(QNode expression, Table table, int[] rows, List<int[]> groups, int[] order, Scope outer) {
        List<QValue> values = new ArrayList<>(order.length);
        for (int place : order) {
            budget.spend(1);
            int[] group = groups.get(place);
            values.add(interpreter.value(expression, outer.columns(table, rows == null ? group : picked(rows, group))));
        }
        if (!values.isEmpty()) {
            return Vector.of(values);
        }
        QValue none = interpreter.value(expression, outer.columns(table, new int[0]));
        return none instanceof Atom atom ? atom.cell().at(new int[0]) : new Items();
    }
}
