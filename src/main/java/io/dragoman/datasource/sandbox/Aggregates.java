package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Dictionary;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.util.Arrays;

/** The functions that make one value of a list. Nulls count for nothing in sums and averages, as in q. */
final class Aggregates {

    private final Budget budget;

    Aggregates(Budget budget) {
        this.budget = budget;
    }

    static boolean knows(String name) {
        return switch (name) {
            case "count", "sum", "avg", "min", "max", "first", "last", "med", "dev", "sdev", "var", "svar", "all", "any",
                    "prd" -> true;
            default -> false;
        };
    }

    static boolean knowsPairs(String name) {
        return switch (name) {
            case "wavg", "wsum", "cor", "cov", "scov" -> true;
            default -> false;
        };
    }

    QValue apply(String name, QValue value) {
        if (name.equals("count")) {
            return Atom.of((long) count(value));
        } else if (value instanceof Dictionary dictionary && !dictionary.keyedTable()) {
            return apply(name, dictionary.values());
        } else if (value instanceof Table || value instanceof Dictionary) {
            throw QError.unsupported(name + " of a table");
        } else if (value instanceof Atom && (name.equals("first") || name.equals("last"))) {
            return value;
        }
        Vector list = Numbers.list(value);
        budget.spend(list.size());
        if (name.equals("first") || name.equals("last")) {
            return ends(list, name.equals("first") ? 0 : list.size() - 1);
        } else if (list instanceof Items && list.size() > 0) {
            throw QError.unsupported(name + " of a list of lists");
        }
        return switch (name) {
            case "sum" -> sum(list);
            case "prd" -> product(list);
            case "avg" -> Atom.of(average(number(name, list)));
            case "min", "max" -> extreme(name, list);
            case "all", "any" -> flag(name, list);
            case "med" -> median(number(name, list));
            default -> spread(name, number(name, list));
        };
    }

    static int count(QValue value) {
        if (value instanceof Vector list) {
            return list.size();
        } else if (value instanceof Table table) {
            return table.rows();
        }
        return value instanceof Dictionary dictionary ? count(dictionary.keys()) : 1;
    }

    private static QValue ends(Vector list, int index) {
        if (list.size() == 0) {
            return list.type() == QType.MIXED ? list : new Atom(list.at(new int[] {-1}));
        }
        return list.item(index);
    }

    private static Vector number(String name, Vector list) {
        QType type = list.type();
        if (list.size() > 0 && !type.numeric() && !type.temporal() || type == QType.DATETIME) {
            throw QError.of("type: " + name + " of " + type.title() + "s");
        }
        return list.type() == QType.MIXED ? Vector.empty(QType.LONG) : list;
    }

    private static QValue sum(Vector values) {
        Vector list = number("sum", values);
        QType type = list.type();
        if (type == QType.DATE) {
            throw QError.of("type: sum of dates");
        } else if (list instanceof Doubles) {
            double total = 0;
            for (int i = 0; i < list.size(); i++) {
                total += list.isNull(i) ? 0 : Numbers.real(list, i);
            }
            return new Atom(new Doubles(type, total));
        }
        long total = 0;
        for (int i = 0; i < list.size(); i++) {
            total += list.isNull(i) ? 0 : Numbers.whole(list, i);
        }
        QType of = type.code() < QType.INT.code() ? QType.INT : type;
        if (of.width() == 4 && (int) total != total) {
            throw QError.unsupported("a sum of ints that does not fit into one");
        }
        return Atom.of(of, total);
    }

    private static QValue product(Vector values) {
        Vector list = number("prd", values);
        if (list instanceof Doubles) {
            double total = 1;
            for (int i = 0; i < list.size(); i++) {
                total *= list.isNull(i) ? 1 : Numbers.real(list, i);
            }
            return Atom.of(total);
        } else if (list.type().temporal()) {
            throw QError.of("type: prd of " + list.type().title() + "s");
        }
        long total = 1;
        for (int i = 0; i < list.size(); i++) {
            total *= list.isNull(i) ? 1 : Numbers.whole(list, i);
        }
        return Atom.of(list.type() == QType.LONG ? QType.LONG : QType.INT, list.type() == QType.LONG ? total : (int) total);
    }

    /** The average of what is not null; null of nothing. */
    static double average(Vector list) {
        double total = 0;
        int counted = 0;
        for (int i = 0; i < list.size(); i++) {
            if (!list.isNull(i)) {
                total += Numbers.real(list, i);
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : total / counted;
    }

    private static QValue extreme(String name, Vector values) {
        Vector list = values instanceof Text ? values : number(name, values);
        boolean most = name.equals("max");
        int best = -1;
        for (int i = 0; i < list.size(); i++) {
            if (!list.isNull(i) && (best < 0 || (most ? list.compare(i, list, best) > 0 : list.compare(i, list, best) < 0))) {
                best = i;
            }
        }
        if (best >= 0) {
            return list.item(best);
        } else if (list.type().floating()) {
            return new Atom(new Doubles(list.type(), most ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY));
        } else if (!list.type().nullable() || list instanceof Text) {
            throw QError.unsupported(name + " of no " + list.type().title());
        }
        return Atom.of(list.type(), most ? -list.type().infinity() : list.type().infinity());
    }

    private static QValue flag(String name, Vector list) {
        boolean all = name.equals("all");
        for (int i = 0; i < list.size(); i++) {
            boolean set = Numbers.real(list, i) != 0;
            if (set != all) {
                return Atom.of(!all);
            }
        }
        return Atom.of(all);
    }

    private static QValue median(Vector list) {
        double[] sorted = new double[list.size()];
        for (int i = 0; i < sorted.length; i++) {
            if (list.isNull(i)) {
                throw QError.unsupported("med of nulls, which versions of kdb+ count differently; leave them out");
            }
            sorted[i] = Numbers.real(list, i);
        }
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return Atom.of(sorted.length == 0 ? Double.NaN : sorted.length % 2 == 1 ? sorted[half]
                : (sorted[half - 1] + sorted[half]) / 2);
    }

    private static QValue spread(String name, Vector list) {
        double average = average(list);
        double squares = 0;
        int counted = 0;
        for (int i = 0; i < list.size(); i++) {
            if (!list.isNull(i)) {
                double off = Numbers.real(list, i) - average;
                squares += off * off;
                counted++;
            }
        }
        boolean sample = name.startsWith("s");
        double variance = counted == 0 || sample && counted == 1 ? Double.NaN : squares / (sample ? counted - 1 : counted);
        return Atom.of(name.endsWith("var") ? variance : Math.sqrt(variance));
    }

    /** {@code wavg} and the like, of two lists. */
    QValue pairs(String name, QValue left, QValue right) {
        Vector one = number(name, Numbers.list(left));
        Vector other = number(name, Numbers.list(right));
        boolean single = left instanceof Atom || right instanceof Atom;
        if (!single && one.size() != other.size()) {
            throw QError.of("length: " + name + " of lists of " + one.size() + " and " + other.size() + " values");
        } else if (single) {
            throw QError.unsupported(name + " with a single value");
        }
        budget.spend(one.size());
        return switch (name) {
            case "wsum" -> weightedSum(one, other);
            case "wavg" -> Atom.of(weightedAverage(one, other));
            default -> Atom.of(covariance(name, one, other));
        };
    }

    private static QValue weightedSum(Vector weights, Vector values) {
        double total = 0;
        for (int i = 0; i < weights.size(); i++) {
            boolean none = weights.isNull(i) || values.isNull(i);
            total += none ? 0 : Numbers.real(weights, i) * Numbers.real(values, i);
        }
        boolean whole = weights instanceof Longs && values instanceof Longs;
        if (whole && Math.abs(total) > 1L << 52) {
            throw QError.unsupported("a wsum as great as that");
        }
        boolean wide = weights.type() == QType.LONG || values.type() == QType.LONG;
        return whole ? Atom.of(wide ? QType.LONG : QType.INT, (long) total) : Atom.of(total);
    }

    private static double weightedAverage(Vector weights, Vector values) {
        double total = 0;
        double weight = 0;
        for (int i = 0; i < weights.size(); i++) {
            if (!weights.isNull(i) && !values.isNull(i)) {
                total += Numbers.real(weights, i) * Numbers.real(values, i);
                weight += Numbers.real(weights, i);
            }
        }
        return total / weight;
    }

    private static double covariance(String name, Vector one, Vector other) {
        int size = one.size();
        for (int i = 0; i < size; i++) {
            if (one.isNull(i) || other.isNull(i)) {
                throw QError.unsupported(name + " of nulls; leave them out");
            }
        }
        double left = average(one);
        double right = average(other);
        double products = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < size; i++) {
            double x = Numbers.real(one, i) - left;
            double y = Numbers.real(other, i) - right;
            products += x * y;
            leftSquares += x * x;
            rightSquares += y * y;
        }
        return switch (name) {
            case "cov" -> products / size;
            case "scov" -> size < 2 ? Double.NaN : products / (size - 1);
            default -> products / Math.sqrt(leftSquares * rightSquares);
        };
    }
}
