package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * The atomic functions of two arguments: arithmetic, comparison, lesser and greater, fill. They go through lists pair by pair,
 * and an atom goes with every value of the other side. Types of results are those of the reference's tables.
 */
final class Dyads {

    private static final long DAY = 86_400_000_000_000L;

    private final Budget budget;

    Dyads(Budget budget) {
        this.budget = budget;
    }

    /** An atomic function by its name. */
    QValue apply(String verb, QValue left, QValue right) {
        if (left instanceof Dictionary dictionary && !dictionary.keyedTable() && single(right)) {
            return new Dictionary(dictionary.keys(), apply(verb, dictionary.values(), right));
        } else if (right instanceof Dictionary dictionary && !dictionary.keyedTable() && single(left)) {
            return new Dictionary(dictionary.keys(), apply(verb, left, dictionary.values()));
        } else if (!data(left) || !data(right)) {
            throw QError.unsupported(verb + " of dictionaries, tables or functions");
        }
        boolean atoms = single(left) && single(right);
        Vector one = Numbers.list(left);
        Vector other = Numbers.list(right);
        if (!single(left) && !single(right) && one.size() != other.size()) {
            throw QError.of("length: " + verb + " of lists of " + one.size() + " and " + other.size() + " values");
        }
        if (one.type() == QType.MIXED || other.type() == QType.MIXED) {
            return nested(verb, left, right, Math.max(single(left) ? 0 : one.size(), single(right) ? 0 : other.size()));
        }
        int size = single(left) ? other.size() : one.size();
        budget.spend(size);
        Vector result = typed(verb, one, single(left) ? 0 : 1, other, single(right) ? 0 : 1, size);
        return atoms ? new Atom(result) : result;
    }

    private static boolean single(QValue value) {
        return value instanceof Atom;
    }

    private static boolean data(QValue value) {
        return value instanceof Atom || value instanceof Vector;
    }

    private QValue nested(String verb, QValue left, QValue right, int size) {
        List<QValue> results = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            results.add(apply(verb, single(left) ? left : ((Vector) left).item(i), single(right) ? right
                    : ((Vector) right).item(i)));
        }
        return Vector.of(results);
    }

    /** @param ls 0 when the left is an atom, else 1; as is {@code rs} of the right */
    private Vector typed(String verb, Vector left, int ls, Vector right, int rs, int size) {
        return switch (verb) {
            case "+", "-" -> sum(verb, left, ls, right, rs, size);
            case "*" -> product(left, ls, right, rs, size);
            case "%" -> doubles(QType.FLOAT, quotients(left, right), quotients(right, left), ls, rs, size, (x, y) -> x / y);
            case "div", "mod", "xbar" -> whole(verb, left, ls, right, rs, size);
            case "xexp" -> doubles(QType.FLOAT, left, right, ls, rs, size, Math::pow);
            case "xlog" -> doubles(QType.FLOAT, left, right, ls, rs, size, (x, y) -> Math.log(y) / Math.log(x));
            case "=", "<>", "<", ">", "<=", ">=" -> compared(verb, left, ls, right, rs, size);
            case "&", "and", "|", "or", "^" -> chosen(verb, left, ls, right, rs, size);
            default -> throw QError.unsupported(verb);
        };
    }

    private Vector sum(String verb, Vector left, int ls, Vector right, int rs, int size) {
        QType one = left.type();
        QType other = right.type();
        QType type = sumType(one, other);
        if (type == null) {
            throw QError.of("type: " + one.title() + verb + other.title());
        }
        if (type.floating()) {
            DoubleBinaryOperator add = verb.equals("+") ? Double::sum : (x, y) -> x - y;
            return doubles(type, left, right, ls, rs, size, add);
        }
        long leftUnit = unit(one, other, type);
        long rightUnit = unit(other, one, type);
        LongBinaryOperator add = verb.equals("+") ? (x, y) -> x * leftUnit + y * rightUnit : (x, y) -> x * leftUnit - y * rightUnit;
        return longs(type, left, right, ls, rs, size, add);
    }

    /** The type of a sum or difference; null when there is none. */
    private static QType sumType(QType one, QType other) {
        if (one.numeric() && other.numeric()) {
            return numeric(one, other);
        } else if (one.numeric() || other.numeric()) {
            QType number = one.numeric() ? one : other;
            QType time = one.numeric() ? other : one;
            boolean known = time.temporal() && time != QType.DATETIME && number != QType.REAL
                    && !(number == QType.FLOAT && time == QType.DATE);
            return !known ? null : number == QType.FLOAT ? QType.FLOAT : time;
        }
        boolean clocks = QFormat.nanos(one) > 0 && QFormat.nanos(other) > 0;
        if (clocks) {
            return QFormat.nanos(one) < QFormat.nanos(other) ? one : other;
        }
        boolean dayAndClock = day(one) && QFormat.nanos(other) > 0 || day(other) && QFormat.nanos(one) > 0;
        return dayAndClock ? QType.TIMESTAMP : one != other ? null : one == QType.TIMESTAMP ? QType.TIMESPAN
                : one == QType.DATE || one == QType.MONTH ? QType.INT : null;
    }

    private static boolean day(QType type) {
        return type == QType.DATE || type == QType.TIMESTAMP;
    }

    /** How many units of the result a unit of a side is. */
    private static long unit(QType side, QType other, QType result) {
        if (result == QType.TIMESTAMP && side == QType.DATE) {
            return DAY;
        }
        boolean clocks = QFormat.nanos(side) > 0 && other.temporal();
        long unit = result == QType.TIMESTAMP ? 1 : QFormat.nanos(result);
        return clocks && unit > 0 ? QFormat.nanos(side) / unit : 1;
    }

    /** The wider of two numeric types, at least an int. */
    static QType numeric(QType one, QType other) {
        QType wider = one.code() >= other.code() ? one : other;
        return wider.code() < QType.INT.code() ? QType.INT : wider;
    }

    private Vector product(Vector left, int ls, Vector right, int rs, int size) {
        QType one = left.type();
        QType other = right.type();
        boolean numbers = one.numeric() && other.numeric();
        QType number = one.numeric() ? one : other;
        QType time = one.numeric() ? other : one;
        boolean span = number.numeric() && !number.floating() && time.temporal() && time != QType.DATETIME;
        boolean real = number == QType.FLOAT && time.temporal() && time != QType.DATE && time != QType.DATETIME;
        if (!numbers && !span && !real) {
            throw QError.of("type: " + one.title() + "*" + other.title());
        }
        QType type = numbers ? numeric(one, other) : real ? QType.FLOAT : time;
        return type.floating() ? doubles(type, left, right, ls, rs, size, (x, y) -> x * y)
                : longs(type, left, right, ls, rs, size, (x, y) -> x * y);
    }

    /** One side of a division; times of day of different units are taken to the finer. */
    private Vector quotients(Vector side, Vector other) {
        boolean clock = QFormat.nanos(side.type()) > 0;
        if (!side.type().numeric() && !clock) {
            throw QError.of("type: % of a " + side.type().title());
        }
        if (!clock || QFormat.nanos(other.type()) == 0 || QFormat.nanos(side.type()) <= QFormat.nanos(other.type())) {
            return side;
        }
        return converted(side, other.type());
    }

    private Vector whole(String verb, Vector left, int ls, Vector right, int rs, int size) {
        boolean bar = verb.equals("xbar");
        Vector of = bar ? right : left;
        Vector by = bar ? left : right;
        int os = bar ? rs : ls;
        int bs = bar ? ls : rs;
        boolean spans = bar && by.type() == QType.TIMESPAN && (of.type() == QType.TIMESTAMP || of.type() == QType.TIMESPAN);
        boolean known = (by.type().numeric() || spans) && (of.type().numeric() || of.type().temporal()
                && of.type() != QType.DATETIME);
        if (!known) {
            throw QError.of("type: " + left.type().title() + " " + verb + " " + right.type().title());
        }
        if (of.type().floating() || by.type().floating()) {
            if (of.type().temporal() || of.type() == QType.REAL || by.type() == QType.REAL) {
                throw QError.unsupported(verb + " of a " + of.type().title() + " by a " + by.type().title());
            }
            if (verb.equals("div")) {
                return longs(QType.LONG, doubles(QType.FLOAT, of, by, os, bs, size, (x, y) -> tolerantFloor(x / y)), size);
            }
            return doubles(QType.FLOAT, of, by, os, bs, size, bar ? (x, y) -> y == 0 ? x : y * tolerantFloor(x / y)
                    : (x, y) -> x - y * Math.floor(x / y));
        }
        QType type = bar ? of.type().temporal() ? of.type() : numeric(of.type(), by.type())
                : of.type().temporal() ? of.type().width() == 8 ? QType.LONG : QType.INT : numeric(of.type(), by.type());
        return longs(type, of, by, os, bs, size, switch (verb) {
            case "xbar" -> (x, y) -> y == 0 ? x : y * Math.floorDiv(x, y);
            case "div" -> (x, y) -> y == 0 ? QType.NULL : Math.floorDiv(x, y);
            default -> (x, y) -> y == 0 ? QType.NULL : Math.floorMod(x, y);
        });
    }

    /** The greatest whole number that is not above, or that is equal within the tolerance. */
    static double tolerantFloor(double value) {
        double near = Math.rint(value);
        return Numbers.equal(near, value) ? near : Math.floor(value);
    }

    private static Vector longs(QType type, Doubles values, int size) {
        long[] whole = new long[size];
        for (int i = 0; i < size; i++) {
            whole[i] = Double.isNaN(values.get(i)) ? QType.NULL : (long) values.get(i);
        }
        return new Longs(type, whole);
    }

    private static Vector longs(QType type, Vector left, Vector right, int ls, int rs, int size, LongBinaryOperator operator) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            long one = Numbers.whole(left, i * ls);
            long other = Numbers.whole(right, i * rs);
            boolean none = one == QType.NULL || other == QType.NULL;
            values[i] = none ? QType.NULL : narrow(type, operator.applyAsLong(one, other));
        }
        return new Longs(type, values);
    }

    /** The value as a type of 4 bytes keeps it: overflown, and the least as the null. */
    private static long narrow(QType type, long value) {
        return type.width() != 4 || value == QType.NULL ? value : (int) value == Integer.MIN_VALUE ? QType.NULL : (int) value;
    }

    private static Doubles doubles(QType type, Vector left, Vector right, int ls, int rs, int size,
            DoubleBinaryOperator operator) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            double value = operator.applyAsDouble(Numbers.real(left, i * ls), Numbers.real(right, i * rs));
            values[i] = type == QType.REAL ? (float) value : value;
        }
        return new Doubles(type, values);
    }

    private Vector compared(String verb, Vector left, int ls, Vector right, int rs, int size) {
        Vector one = comparable(left, right.type());
        Vector other = comparable(right, left.type());
        if (one instanceof Names != other instanceof Names || one instanceof Names && one.type() != other.type()) {
            throw QError.of("type: " + left.type().title() + verb + right.type().title());
        }
        boolean real = one instanceof Doubles || other instanceof Doubles;
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            int order = real ? order(Numbers.real(one, i * ls), Numbers.real(other, i * rs))
                    : one instanceof Names ? one.compare(i * ls, other, i * rs)
                    : Long.compare(Numbers.whole(one, i * ls), Numbers.whole(other, i * rs));
            values[i] = switch (verb) {
                case "=" -> order == 0;
                case "<>" -> order != 0;
                case "<" -> order < 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                default -> order >= 0;
            } ? 1 : 0;
        }
        return new Longs(QType.BOOLEAN, values);
    }

    private static int order(double left, double right) {
        return Numbers.equal(left, right) ? 0 : left < right || Double.isNaN(left) ? -1 : 1;
    }

    /**
     * One side of a comparison. A point in time is compared with a time of day as that time of day; a day or month with a
     * timestamp as a timestamp; times of day at the finer unit.
     */
    private Vector comparable(Vector side, QType other) {
        QType type = side.type();
        if (type == other || !type.temporal() || !other.temporal()) {
            return side;
        }
        boolean points = QFormat.nanos(type) == 0 && QFormat.nanos(other) == 0;
        boolean clocks = QFormat.nanos(type) > 0 && QFormat.nanos(other) > 0;
        if (type == QType.DATETIME || other == QType.DATETIME) {
            throw QError.unsupported("a comparison of " + type.title() + " with " + other.title());
        } else if (clocks) {
            return QFormat.nanos(type) > QFormat.nanos(other) ? converted(side, other) : side;
        } else if (points) {
            QType finer = type == QType.TIMESTAMP || other == QType.TIMESTAMP ? QType.TIMESTAMP : QType.DATE;
            return type == finer ? side : converted(side, finer);
        } else if (QFormat.nanos(type) > 0) {
            return side;
        } else if (type != QType.TIMESTAMP) {
            throw QError.of("type: a comparison of " + type.title() + " with " + other.title());
        }
        return converted(side, other);
    }

    private Vector converted(Vector side, QType type) {
        budget.spend(side.size());
        return (Vector) Casts.cast(type, side);
    }

    private Vector chosen(String verb, Vector left, int ls, Vector right, int rs, int size) {
        QType one = left.type();
        QType other = right.type();
        boolean fill = verb.equals("^");
        if (fill && one == QType.SYMBOL && other == QType.SYMBOL) {
            String[] names = new String[size];
            for (int i = 0; i < size; i++) {
                names[i] = right.isNull(i * rs) ? (String) left.key(i * ls) : (String) right.key(i * rs);
            }
            return new Names(QType.SYMBOL, names);
        }
        boolean known = one == other && (one.numeric() || one.temporal()) || one.numeric() && other.numeric();
        if (!known) {
            throw one == QType.SYMBOL || other == QType.SYMBOL
                    ? QError.of("type: " + one.title() + verb + other.title())
                    : QError.unsupported(verb + " of a " + one.title() + " and a " + other.title());
        }
        QType type = one.code() >= other.code() ? one : other;
        boolean least = verb.equals("&") || verb.equals("and");
        if (type.floating()) {
            return doubles(type, left, right, ls, rs, size, fill ? (x, y) -> Double.isNaN(y) ? x : y
                    : least ? (x, y) -> order(x, y) <= 0 ? x : y : (x, y) -> order(x, y) >= 0 ? x : y);
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            long x = Numbers.whole(left, i * ls);
            long y = Numbers.whole(right, i * rs);
            values[i] = fill ? y == QType.NULL ? x : y : least ? Math.min(x, y) : Math.max(x, y);
        }
        return new Longs(type, values);
    }
}
