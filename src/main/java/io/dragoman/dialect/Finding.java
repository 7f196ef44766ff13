package io.dragoman.dialect;

/**
 * Something that validation found in a query.
 *
 * @param code       stable and upper case, such as {@code UNKNOWN_COLUMN} or {@code FUNCTION_NOT_ALLOWED}
 * @param check      which check found it
 * @param severity   an {@code ERROR} stops the query
 * @param message    what is wrong, for people
 * @param position   where; null when the finding is about the whole query
 * @param suggestion what to write instead; null when not known
 */
public record Finding(String code, Check check, Severity severity, String message, Position position,
        String suggestion) {

    /** The checks in the order they run. A failed check stops the later ones. */
    public enum Check { SYNTAX, SAFETY, SCHEMA, POLICY, ENGINE, MEANING }

    /** How bad a finding is. */
    public enum Severity { ERROR, WARNING, INFO }

    /** A place in the query: offset from 0, line and column from 1. */
    public record Position(int offset, int line, int column) {

        /** The position of an offset in a text; offsets past the end are the end. */
        public static Position of(String text, int offset) {
            int end = Math.max(0, Math.min(offset, text.length()));
            int line = 1;
            int column = 1;
            for (int i = 0; i < end; i++) {
                if (text.charAt(i) == '\n') {
                    line++;
                    column = 1;
                } else {
                    column++;
                }
            }
            return new Position(end, line, column);
        }
    }
}
