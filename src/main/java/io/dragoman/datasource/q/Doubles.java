package io.dragoman.datasource.q;

/** A list of floating point numbers; their null is not-a-number. */
public final class Doubles extends Vector {

    private final double[] values;

    /** Takes the array as it is. */
    public Doubles(QType type, double... values) {
        super(type);
        this.values = values;
    }

    /** The number at a place. */
    public double get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public QValue item(int index) {
        return new Atom(new Doubles(type(), values[index]));
    }

    @Override
    public Vector at(int[] indexes) {
        double[] some = new double[indexes.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = indexes[i] < 0 || indexes[i] >= values.length ? Double.NaN : values[indexes[i]];
        }
        return new Doubles(type(), some);
    }

    @Override
    public boolean isNull(int index) {
        return Double.isNaN(values[index]);
    }

    @Override
    public int compare(int index, Vector other, int otherIndex) {
        double left = values[index];
        double right = ((Doubles) other).values[otherIndex];
        return left < right ? -1 : left > right ? 1 : Boolean.compare(Double.isNaN(right), Double.isNaN(left));
    }

    @Override
    public Object key(int index) {
        return values[index] == 0 ? 0.0 : values[index];
    }
}
