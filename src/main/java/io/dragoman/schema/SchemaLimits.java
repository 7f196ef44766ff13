package io.dragoman.schema;

import io.dragoman.failure.FailureException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** How large the parts of a schema group may be, and what text may hold. */
public final class SchemaLimits {

    /** The most bytes of an uploaded schema. */
    public static final int BODY_BYTES = 20 * 1024 * 1024;
    /** The most tables of one import. */
    public static final int TABLES = 20_000;
    /** The most columns of a table. */
    public static final int COLUMNS = 2_000;
    /** The most characters of a name. */
    public static final int NAME = 255;
    /** The most characters of a description, a query or another text. */
    public static final int TEXT = 10_000;
    /** The most characters of what a synonym stands for. */
    public static final int TARGET = 1_024;
    /** The most characters of a query language's name. */
    public static final int DIALECT = 64;
    /** The most entries of a list of synonyms or sample values. */
    public static final int LIST = 10_000;

    private SchemaLimits() {
    }

    /** Why the text cannot be taken, or null when it can. A null text can. */
    public static String problem(String text, int most) {
        if (text == null) {
            return null;
        }
        if (text.length() > most) {
            return "is longer than " + most + " characters";
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0) {
                return "holds a NUL character";
            }
            if (Character.isHighSurrogate(character) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(character)) {
                return "holds half of a surrogate pair, which is not a character";
            }
        }
        return null;
    }

    /** The text, trimmed; null when it is blank. Throws a failure that names the field when it cannot be taken. */
    static String optional(String field, String text, int most) {
        String problem = problem(text, most);
        if (problem != null) {
            throw FailureException.invalid(field, "The field '" + field + "' " + problem + ".");
        }
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** As {@link #optional}, but blank is a failure too. */
    static String required(String field, String text, int most) {
        String taken = optional(field, text, most);
        if (taken == null) {
            throw FailureException.invalid(field, "The field '" + field + "' is missing.");
        }
        return taken;
    }

    /** The entries that are not blank, trimmed, each once. Throws a failure that names the field and position. */
    static List<String> words(String field, List<String> words) {
        if (words.size() > LIST) {
            throw FailureException.invalid(field, "The field '" + field + "' has more than " + LIST + " entries.");
        }
        return IntStream.range(0, words.size())
                .mapToObj(i -> optional(field + "[" + i + "]", words.get(i), NAME))
                .filter(Objects::nonNull).distinct().toList();
    }
}
