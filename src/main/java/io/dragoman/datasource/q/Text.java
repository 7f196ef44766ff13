package io.dragoman.datasource.q;

/** A list of characters: a string. */
public final class Text extends Vector {

    private final String text;

    /** A string. */
    public Text(String text) {
        super(QType.CHAR);
        this.text = text;
    }

    /** All characters. */
    public String text() {
        return text;
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public QValue item(int index) {
        return new Atom(new Text(text.substring(index, index + 1)));
    }

    @Override
    public Vector at(int[] indexes) {
        StringBuilder some = new StringBuilder(indexes.length);
        for (int index : indexes) {
            some.append(index < 0 || index >= text.length() ? ' ' : text.charAt(index));
        }
        return new Text(some.toString());
    }

    @Override
    public boolean isNull(int index) {
        return text.charAt(index) == ' ';
    }

    @Override
    public int compare(int index, Vector other, int otherIndex) {
        return Character.compare(text.charAt(index), ((Text) other).text.charAt(otherIndex));
    }

    @Override
    public Object key(int index) {
        return text.charAt(index);
    }
}
