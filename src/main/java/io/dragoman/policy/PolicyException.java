package io.dragoman.policy;

/** A policy that cannot be read. The message is one sentence that says what is wrong, without the place. */
public class PolicyException extends RuntimeException {

    private final String field;
    private final int line;
    private final int column;

    PolicyException(String field, String message, int line, int column) {
        super(message);
        this.field = field;
        this.line = line;
        this.column = column;
    }

    /** The field, such as {@code defaults.blocked_columns[2]}; empty for the whole. */
    public String field() {
        return field;
    }

    /** The line from 1; 0 when not known. */
    public int line() {
        return line;
    }

    /** The column from 1; 0 when not known. */
    public int column() {
        return column;
    }
}
