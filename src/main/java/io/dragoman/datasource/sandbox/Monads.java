package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** The atomic functions of one argument. */
final class Monads {

    private final Budget budget;

    Monads(Budget budget) {
        this.budget = budget;
    }

    /** Whether the function goes value by value. */
    static boolean knows(String name) {
        return switch (name) {
            case "neg", "abs", "signum", "not", "null", "floor", "ceiling", "sqrt", "exp", "log", "reciprocal", "sin", "cos",
                    "tan", "asin", "acos", "atan" -> true;
            default -> false;
        };
    }

    QValue apply(String name, QValue value) {
        if (value instanceof Atom atom) {
            return new Atom(typed(name, atom.cell()));
        } else if (value instanceof Items items && !(name.equals("null") && items.size() == 0)) {
            List<QValue> results = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                results.add(apply(name, items.item(i)));
            }
            return Vector.of(results);
        } else if (value instanceof Vector list) {
            return typed(name, list);
        } else if (value instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return new Dictionary(dictionary.keys(), apply(name, dictionary.values()));
        }
        throw QError.unsupported(name + " of a table or function");
    }

    private Vector typed(String name, Vector list) {
        budget.spend(list.size());
        QType type = list.type();
        if (name.equals("null")) {
            return flags(list.size(), list::isNull);
        } else if (!type.numeric() && !type.temporal() || type == QType.DATETIME) {
            throw QError.of("type: " + name + " of a " + type.title());
        }
        return switch (name) {
            case "not" -> flags(list.size(), i -> Numbers.real(list, i) == 0);
            case "neg" -> kept(list, x -> -x, x -> -x);
            case "abs" -> kept(list, Math::abs, Math::abs);
            case "signum" -> signs(list);
            case "floor" -> type.floating() ? longs(list, Dyads::tolerantFloor) : list;
            case "ceiling" -> type.floating() ? longs(list, x -> -Dyads.tolerantFloor(-x)) : list;
            case "sqrt" -> doubles(list, Math::sqrt);
            case "exp" -> doubles(list, Math::exp);
            case "log" -> doubles(list, Math::log);
            case "reciprocal" -> doubles(list, x -> 1 / x);
            case "sin" -> doubles(list, Math::sin);
            case "cos" -> doubles(list, Math::cos);
            case "tan" -> doubles(list, Math::tan);
            case "asin" -> doubles(list, Math::asin);
            case "acos" -> doubles(list, Math::acos);
            default -> doubles(list, Math::atan);
        };
    }

    private interface Flag {
        boolean of(int index);
    }

    private static Vector flags(int size, Flag flag) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = flag.of(i) ? 1 : 0;
        }
        return new Longs(QType.BOOLEAN, values);
    }

    private static Vector kept(Vector list, LongUnaryOperator whole, DoubleUnaryOperator real) {
        if (list.type().floating()) {
            double[] values = new double[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = real.applyAsDouble(Numbers.real(list, i));
            }
            return new Doubles(list.type(), values);
        }
        boolean small = list.type() == QType.BOOLEAN || list.type() == QType.BYTE || list.type() == QType.SHORT;
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            long value = Numbers.whole(list, i);
            values[i] = value == QType.NULL ? value : whole.applyAsLong(value);
        }
        return new Longs(small ? list.type() == QType.SHORT ? QType.SHORT : QType.INT : list.type(), values);
    }

    private static Vector signs(Vector list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.isNull(i) ? -1 : (long) Math.signum(Numbers.real(list, i));
        }
        return new Longs(QType.INT, values);
    }

    private static Vector longs(Vector list, DoubleUnaryOperator operator) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            double value = Numbers.real(list, i);
            values[i] = Double.isNaN(value) ? QType.NULL : Double.isInfinite(value) ? value > 0 ? Long.MAX_VALUE : -Long.MAX_VALUE
                    : (long) operator.applyAsDouble(value);
        }
        return new Longs(QType.LONG, values);
    }

    private static Vector doubles(Vector list, DoubleUnaryOperator operator) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = operator.applyAsDouble(Numbers.real(list, i));
        }
        return new Doubles(QType.FLOAT, values);
    }
}
