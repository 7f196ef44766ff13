package io.dragoman.datasource.q;

import java.util.ArrayList;
import java.util.List;

/** A list of anything, such as of strings or of lists. */
public final class Items extends Vector {

    private final QValue[] values;

    /** Takes the array as it is. */
    public Items(QValue... values) {
        super(QType.MIXED);
        this.values = values;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public QValue item(int index) {
        return values[index];
    }

    @Override
    public Vector at(int[] indexes) {
        QValue[] some = new QValue[indexes.length];
        QValue none = values.length > 0 && values[0] instanceof Vector first ? Vector.empty(first.type()) : new Items();
        for (int i = 0; i < some.length; i++) {
            some[i] = indexes[i] < 0 || indexes[i] >= values.length ? none : values[indexes[i]];
        }
        return new Items(some);
    }

    @Override
    public boolean isNull(int index) {
        return values[index] instanceof Atom atom ? atom.cell().isNull(0)
                : values[index] instanceof Items items && items.size() == 0;
    }

    /** Compares strings; anything else has no order here. */
    @Override
    public int compare(int index, Vector other, int otherIndex) {
        if (values[index] instanceof Text left && ((Items) other).values[otherIndex] instanceof Text right) {
            return left.text().compareTo(right.text());
        }
        throw new UnsupportedOperationException("lists have no order here");
    }

    @Override
    public Object key(int index) {
        return keyOf(values[index]);
    }

    private static Object keyOf(QValue value) {
        if (value instanceof Atom atom) {
            return List.of(-atom.type().code(), atom.cell().key(0));
        } else if (value instanceof Vector vector) {
            List<Object> keys = new ArrayList<>(vector.size() + 1);
            keys.add(vector.type().code());
            for (int i = 0; i < vector.size(); i++) {
                keys.add(vector.key(i));
            }
            return keys;
        }
        return value;
    }
}
