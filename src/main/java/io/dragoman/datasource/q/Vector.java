package io.dragoman.datasource.q;

import java.util.List;

/** A list: of one type, or of anything. Its arrays must not be changed. */
public abstract sealed class Vector implements QValue permits Longs, Doubles, Names, Text, Items {

    private final QType type;

    Vector(QType type) {
        this.type = type;
    }

    /** The type of all its values; {@link QType#MIXED} for a list of anything. */
    public final QType type() {
        return type;
    }

    /** How many values it has. */
    public abstract int size();

    /** The value at a place. */
    public abstract QValue item(int index);

    /** The values at some places, in that order; the null of the type where a place is negative or too great. */
    public abstract Vector at(int[] indexes);

    /** Whether the value at a place is null. */
    public abstract boolean isNull(int index);

    /**
     * Compares two values, nulls first.
     *
     * @param other a list of the same class and type
     */
    public abstract int compare(int index, Vector other, int otherIndex);

    /** What is equal for equal values, to find them by. */
    public abstract Object key(int index);

    /** A list with no values of a type. */
    public static Vector empty(QType type) {
        return switch (type) {
            case MIXED -> new Items();
            case CHAR -> new Text("");
            case SYMBOL, GUID -> new Names(type);
            case REAL, FLOAT, DATETIME -> new Doubles(type);
            default -> new Longs(type);
        };
    }

    /** A list of these values, of one type when they are atoms of one. */
    public static Vector of(List<? extends QValue> values) {
        QType type = null;
        for (QValue value : values) {
            if (!(value instanceof Atom atom) || type != null && atom.type() != type) {
                return new Items(values.toArray(QValue[]::new));
            }
            type = atom.type();
        }
        return type == null ? new Items() : typed(type, values);
    }

    private static Vector typed(QType type, List<? extends QValue> values) {
        int size = values.size();
        if (type == QType.CHAR) {
            StringBuilder text = new StringBuilder(size);
            values.forEach(value -> text.append(((Text) ((Atom) value).cell()).text()));
            return new Text(text.toString());
        } else if (type == QType.SYMBOL || type == QType.GUID) {
            String[] names = new String[size];
            for (int i = 0; i < size; i++) {
                names[i] = ((Names) ((Atom) values.get(i)).cell()).name(0);
            }
            return new Names(type, names);
        } else if (type.floating()) {
            double[] doubles = new double[size];
            for (int i = 0; i < size; i++) {
                doubles[i] = ((Doubles) ((Atom) values.get(i)).cell()).get(0);
            }
            return new Doubles(type, doubles);
        } else if (type == QType.MIXED) {
            return new Items(values.toArray(QValue[]::new));
        }
        long[] longs = new long[size];
        for (int i = 0; i < size; i++) {
            longs[i] = ((Longs) ((Atom) values.get(i)).cell()).get(0);
        }
        return new Longs(type, longs);
    }
}
