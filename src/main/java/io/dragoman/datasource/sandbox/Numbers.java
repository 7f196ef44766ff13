package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Atom;
import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;

/** Reads single numbers and lists out of values. */
final class Numbers {

    /** Floating point numbers that differ by less than this part of the greater are equal. */
    private static final double TOLERANCE = Math.scalb(1.0, -43);

    private Numbers() {
    }

    /** The number at a place as floating point; not-a-number for a null. */
    static double real(Vector list, int index) {
        if (list instanceof Doubles doubles) {
            return doubles.get(index);
        } else if (list instanceof Text text) {
            return text.text().charAt(index);
        } else if (list instanceof Longs longs) {
            return longs.get(index) == QType.NULL ? Double.NaN : longs.get(index);
        }
        throw QError.of("type: a number is needed instead of a " + list.type().title());
    }

    /** The whole number at a place. */
    static long whole(Vector list, int index) {
        if (list instanceof Longs longs) {
            return longs.get(index);
        } else if (list instanceof Text text) {
            return text.text().charAt(index);
        }
        throw QError.of("type: a whole number is needed instead of a " + list.type().title());
    }

    /** A whole number that stands alone. */
    static long whole(QValue value) {
        if (value instanceof Atom atom && atom.cell() instanceof Longs) {
            return whole(atom.cell(), 0);
        }
        throw QError.of("type: a whole number is needed");
    }

    /** A whole number that a list can be as long as. */
    static int size(QValue value) {
        long size = whole(value);
        if (Math.abs(size) > 10_000_000) {
            throw QError.of("limit: at most 10000000 values may be made");
        }
        return (int) size;
    }

    /** The values as a list: an atom is a list of one. */
    static Vector list(QValue value) {
        if (value instanceof Atom atom) {
            return atom.cell();
        } else if (value instanceof Vector vector) {
            return vector;
        }
        throw QError.of("type: a list is needed");
    }

    /** The values as a list of symbols. */
    static String[] symbols(QValue value) {
        Vector list = list(value);
        if (list.type() != QType.SYMBOL && list.size() > 0) {
            throw QError.of("type: symbols are needed");
        }
        String[] names = new String[list.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = (String) list.key(i);
        }
        return names;
    }

    /** The text of a string or character. */
    static String text(QValue value) {
        if (value instanceof Text text) {
            return text.text();
        } else if (value instanceof Atom atom && atom.cell() instanceof Text text) {
            return text.text();
        } else if (value instanceof Items items && items.size() == 0) {
            return "";
        }
        throw QError.of("type: a string is needed");
    }

    /** Whether two floating point numbers are equal within q's tolerance; nulls are. */
    static boolean equal(double left, double right) {
        return left == right || Double.isNaN(left) && Double.isNaN(right)
                || Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right))
                && !Double.isInfinite(left) && !Double.isInfinite(right);
    }
}
