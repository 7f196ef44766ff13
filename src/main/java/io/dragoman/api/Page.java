package io.dragoman.api;

import io.dragoman.failure.FailureException;

/**
 * Which part of a list is wanted: the query parameters {@code limit} and {@code offset}. Take it in a bean method as
 * {@code @ExchangeProperty("page") Page page}.
 *
 * @param limit  the most entries, 1 to {@link #MAX_LIMIT}
 * @param offset entries to leave out first
 */
public record Page(int limit, int offset) {

    /** The most entries that one page holds. */
    public static final int MAX_LIMIT = 1_000;

    private static final int DEFAULT_LIMIT = 50;

    /** Reads the parameters as text; null means not given. */
    static Page of(String limit, String offset) {
        return new Page(number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT),
                number("offset", offset, 0, 0, Integer.MAX_VALUE));
    }

    private static int number(String field, String text, int otherwise, int least, int most) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(field, least, most);
        }
        throw outOfRange(field, least, most);
    }

    private static FailureException outOfRange(String field, int least, int most) {
        return FailureException.invalid(field,
                "'" + field + "' has to be a whole number from " + least + " to " + most + ".");
    }
}
