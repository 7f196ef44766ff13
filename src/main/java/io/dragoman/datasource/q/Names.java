package io.dragoman.datasource.q;

/** A list of symbols, whose null is empty, or of GUIDs as text, whose null has zeros only. */
public final class Names extends Vector {

    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";

    private final String[] values;

    /** Takes the array as it is. */
    public Names(QType type, String... values) {
        super(type);
        this.values = values;
    }

    /** The symbol or GUID at a place. */
    public String name(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public QValue item(int index) {
        return new Atom(new Names(type(), values[index]));
    }

    private String none() {
        return type() == QType.GUID ? NO_GUID : "";
    }

    @Override
    public Vector at(int[] indexes) {
        String[] some = new String[indexes.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = indexes[i] < 0 || indexes[i] >= values.length ? none() : values[indexes[i]];
        }
        return new Names(type(), some);
    }

    @Override
    public boolean isNull(int index) {
        return values[index].equals(none());
    }

    @Override
    public int compare(int index, Vector other, int otherIndex) {
        return values[index].compareTo(((Names) other).values[otherIndex]);
    }

    @Override
    public Object key(int index) {
        return values[index];
    }
}
