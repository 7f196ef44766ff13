package io.dragoman.datasource.q;

/** A list of values that are counted in whole numbers; their null is {@link QType#NULL}. */
public final class Longs extends Vector {

    private final long[] values;

    /** Takes the array as it is. */
    public Longs(QType type, long... values) {
        super(type);
        this.values = values;
    }

    /** The number at a place. */
    public long get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public QValue item(int index) {
        return Atom.of(type(), values[index]);
    }

    @Override
    public Vector at(int[] indexes) {
        long[] some = new long[indexes.length];
        long none = type().nullable() ? QType.NULL : 0;
        for (int i = 0; i < some.length; i++) {
            some[i] = indexes[i] < 0 || indexes[i] >= values.length ? none : values[indexes[i]];
        }
        return new Longs(type(), some);
    }

    @Override
    public boolean isNull(int index) {
        return values[index] == QType.NULL;
    }

    @Override
    public int compare(int index, Vector other, int otherIndex) {
        return Long.compare(values[index], ((Longs) other).values[otherIndex]);
    }

    @Override
    public Object key(int index) {
        return values[index];
    }
}
