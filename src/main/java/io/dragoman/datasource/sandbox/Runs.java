package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Vector;
import java.util.function.DoubleBinaryOperator;

/** The functions that make a list of a list by what stands before or after each value: running, moving and shifted. */
final class Runs {

    private final Budget budget;

    Runs(Budget budget) {
        this.budget = budget;
    }

    static boolean knows(String name) {
        return switch (name) {
            case "sums", "maxs", "mins", "prds", "avgs", "deltas", "ratios", "differ", "fills", "next", "prev" -> true;
            default -> false;
        };
    }

    static boolean knowsSized(String name) {
        return switch (name) {
            case "xprev", "rotate", "mavg", "msum", "mmax", "mmin", "mcount", "mdev", "ema" -> true;
            default -> false;
        };
    }

    QValue apply(String name, QValue value) {
        Vector list = Numbers.list(value);
        budget.spend(list.size());
        return switch (name) {
            case "next" -> shifted(list, 1);
            case "prev" -> shifted(list, -1);
            case "fills" -> fills(list);
            case "differ" -> differ(list);
            case "deltas" -> deltas(list);
            case "ratios" -> running(QType.FLOAT, number(name, list), (before, now) -> now / before);
            case "avgs" -> averages(number(name, list));
            default -> totals(name, number(name, list));
        };
    }

    private static Vector number(String name, Vector list) {
        QType type = list.type();
        if (list instanceof Items && list.size() == 0) {
            return Vector.empty(QType.LONG);
        } else if (!type.numeric() && !type.temporal() || type == QType.DATETIME) {
            throw QError.of("type: " + name + " of " + type.title() + "s");
        }
        return list;
    }

    private static Vector shifted(Vector list, int by) {
        int[] places = new int[list.size()];
        for (int i = 0; i < places.length; i++) {
            int place = i + by;
            places[i] = place < 0 || place >= places.length ? -1 : place;
        }
        if (list instanceof Items) {
            throw QError.unsupported("a shift of a list of lists");
        }
        return list.at(places);
    }

    private static Vector fills(Vector list) {
        int[] places = new int[list.size()];
        int last = -1;
        for (int i = 0; i < places.length; i++) {
            last = list.isNull(i) ? last : i;
            places[i] = last < 0 ? i : last;
        }
        return list.at(places);
    }

    private static Vector differ(Vector list) {
        long[] flags = new long[list.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = i == 0 || !list.key(i).equals(list.key(i - 1)) ? 1 : 0;
        }
        return new Longs(QType.BOOLEAN, flags);
    }

    private Vector deltas(Vector values) {
        Vector list = number("deltas", values);
        if (list.type().temporal() && QFormat.nanos(list.type()) == 0) {
            throw QError.unsupported("deltas of " + list.type().title() + "s, of which the first is no difference");
        }
        QType type = list.type().floating() || list.type().temporal() ? list.type() : Dyads.numeric(list.type(), list.type());
        return running(type, list, (before, now) -> now - before);
    }

    /** The first value as it is, and of each other what it makes with the one before; differences where they are whole. */
    private static Vector running(QType type, Vector list, DoubleBinaryOperator step) {
        if (!type.floating()) {
            long[] values = new long[list.size()];
            for (int i = 0; i < values.length; i++) {
                boolean none = list.isNull(i) || i > 0 && list.isNull(i - 1);
                values[i] = i == 0 ? Numbers.whole(list, 0) : none ? QType.NULL : Numbers.whole(list, i) - Numbers.whole(list, i - 1);
            }
            return new Longs(type, values);
        }
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            double now = Numbers.real(list, i);
            values[i] = i == 0 ? now : step.applyAsDouble(Numbers.real(list, i - 1), now);
        }
        return new Doubles(type, values);
    }

    private static Vector averages(Vector list) {
        double[] values = new double[list.size()];
        double total = 0;
        int counted = 0;
        for (int i = 0; i < values.length; i++) {
            if (!list.isNull(i)) {
                total += Numbers.real(list, i);
                counted++;
            }
            values[i] = counted == 0 ? Double.NaN : total / counted;
        }
        return new Doubles(QType.FLOAT, values);
    }

    private static Vector totals(String name, Vector list) {
        boolean extreme = name.equals("maxs") || name.equals("mins");
        if (list instanceof Doubles) {
            double[] values = new double[list.size()];
            double so = name.equals("sums") ? 0 : name.equals("prds") ? 1 : name.equals("maxs") ? Double.NEGATIVE_INFINITY
                    : Double.POSITIVE_INFINITY;
            for (int i = 0; i < values.length; i++) {
                double now = Numbers.real(list, i);
                boolean none = Double.isNaN(now);
                so = none ? so : extreme ? name.equals("maxs") ? Math.max(so, now) : Math.min(so, now)
                        : name.equals("sums") ? so + now : so * now;
                values[i] = so;
            }
            return new Doubles(list.type(), values);
        } else if (list.type() == QType.DATE && name.equals("sums") || list.type().temporal() && name.equals("prds")) {
            throw QError.of("type: " + name + " of " + list.type().title() + "s");
        }
        QType type = extreme ? list.type() : list.type().code() < QType.INT.code() ? QType.INT : list.type();
        long[] values = new long[list.size()];
        long so = name.equals("sums") ? 0 : name.equals("prds") ? 1 : name.equals("maxs") ? -type.infinity() : type.infinity();
        for (int i = 0; i < values.length; i++) {
            long now = Numbers.whole(list, i);
            so = now == QType.NULL ? so : extreme ? name.equals("maxs") ? Math.max(so, now) : Math.min(so, now)
                    : name.equals("sums") ? so + now : so * now;
            values[i] = so;
        }
        return new Longs(type, values);
    }

    /** A function of a number and a list. */
    QValue sized(String name, QValue size, QValue value) {
        Vector list = Numbers.list(value);
        budget.spend(list.size());
        if (name.equals("ema")) {
            return ema(size, number(name, list));
        }
        int count = Numbers.size(size);
        return switch (name) {
            case "xprev" -> shifted(list, -count);
            case "rotate" -> rotated(list, count);
            default -> moving(name, count, number(name, list));
        };
    }

    private static Vector rotated(Vector list, int by) {
        int[] places = new int[list.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.floorMod(i + by, places.length);
        }
        return list.at(places);
    }

    private static Vector ema(QValue smoothing, Vector list) {
        double part = Numbers.real(Numbers.list(smoothing), 0);
        if (part <= 0 || part > 1) {
            throw QError.unsupported("ema with a span; give the smoothing as a fraction");
        }
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            double now = Numbers.real(list, i);
            if (Double.isNaN(now)) {
                throw QError.unsupported("ema of nulls; fill them first");
            }
            values[i] = i == 0 ? now : values[i - 1] + part * (now - values[i - 1]);
        }
        return new Doubles(QType.FLOAT, values);
    }

    private Vector moving(String name, int width, Vector list) {
        if (width < 1) {
            throw QError.of("domain: " + name + " over " + width + " values");
        }
        budget.spend((long) list.size() * Math.min(width, list.size()));
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            int from = Math.max(0, i - width + 1);
            int[] places = new int[i - from + 1];
            for (int j = 0; j < places.length; j++) {
                places[j] = from + j;
            }
            values[i] = moved(name, list.at(places));
        }
        boolean whole = list instanceof Longs && (name.equals("msum") || name.equals("mmax") || name.equals("mmin"));
        if (!whole && !name.equals("mcount")) {
            return new Doubles(QType.FLOAT, values);
        }
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) values[i];
        }
        QType type = name.equals("mcount") ? QType.INT : name.equals("msum") && !list.type().temporal()
                ? Dyads.numeric(list.type(), list.type()) : list.type();
        return new Longs(type, longs);
    }

    private static double moved(String name, Vector window) {
        double total = 0;
        int counted = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < window.size(); i++) {
            if (!window.isNull(i)) {
                double now = Numbers.real(window, i);
                total += now;
                counted++;
                least = Math.min(least, now);
                most = Math.max(most, now);
            }
        }
        boolean exact = Math.abs(total) < 1L << 52;
        if (counted < window.size() && (name.equals("mmax") || name.equals("mmin")) || !exact && window instanceof Longs) {
            throw QError.unsupported(name + " of nulls or of numbers as great as these");
        }
        return switch (name) {
            case "mcount" -> counted;
            case "msum" -> total;
            case "mavg" -> counted == 0 ? Double.NaN : total / counted;
            case "mmax" -> most;
            case "mmin" -> least;
            default -> deviation(window, counted == 0 ? Double.NaN : total / counted, counted);
        };
    }

    private static double deviation(Vector window, double average, int counted) {
        double squares = 0;
        for (int i = 0; i < window.size(); i++) {
            double off = window.isNull(i) ? 0 : Numbers.real(window, i) - average;
            squares += off * off;
        }
        return Math.sqrt(squares / counted);
    }
}
