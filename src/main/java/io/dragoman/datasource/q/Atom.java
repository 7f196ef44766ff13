package io.dragoman.datasource.q;

/**
 * A single value.
 *
 * @param cell a list of this value alone
 */
public record Atom(Vector cell) implements QValue {

    /** A whole number. */
    public static Atom of(long value) {
        return of(QType.LONG, value);
    }

    /** A value of a type that is counted in whole numbers. */
    public static Atom of(QType type, long value) {
        return new Atom(new Longs(type, value));
    }

    /** A boolean. */
    public static Atom of(boolean value) {
        return of(QType.BOOLEAN, value ? 1 : 0);
    }

    /** A floating point number. */
    public static Atom of(double value) {
        return new Atom(new Doubles(QType.FLOAT, value));
    }

    /** A symbol. */
    public static Atom symbol(String name) {
        return new Atom(new Names(QType.SYMBOL, name));
    }

    /** The type of the value. */
    public QType type() {
        return cell.type();
    }
}
