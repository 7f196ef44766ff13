package io.dragoman.datasource;

/** A datasource that was asked for cannot be: a field is missing, too long, or not allowed. */
public class InvalidDataSourceException extends RuntimeException {

    private final String field;

    /**
     * @param field   the field at fault, such as {@code url} or {@code options.schema}
     * @param message what is wrong and what to write instead, without secrets
     */
    public InvalidDataSourceException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The field at fault, such as {@code url}. */
    public String field() {
        return field;
    }
}
