package io.dragoman.api.query;

import io.dragoman.failure.FailureException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Checks of single fields; each refuses with the field's name. */
public final class Fields {

    private static final int LONGEST_NAME = 255;
    private static final int DAY = "2026-03-01".length();
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private Fields() {
    }

    /** A text that has to be there. */
    public static void text(String field, String value, int longest) {
        if (value == null || value.isBlank()) {
            throw FailureException.invalid(field, "'" + field + "' is missing or empty.");
        }
        if (value.length() > longest) {
            throw FailureException.invalid(field, "'" + field + "' has " + value.length() + " characters; at most "
                    + longest + " are taken.");
        }
        if (value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
            throw FailureException.invalid(field, "'" + field + "' holds control characters.");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isHighSurrogate(value.charAt(i)) && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(value.charAt(i))) {
                throw FailureException.invalid(field, "'" + field + "' holds half a character (an unpaired surrogate).");
            }
        }
    }

    /** A name or id that may be left out. */
    public static void name(String field, String value) {
        if (value != null) {
            text(field, value, LONGEST_NAME);
        }
    }

    /** A text that may be left out or empty. */
    public static void optional(String field, String value, int longest) {
        if (value != null && !value.isBlank()) {
            text(field, value, longest);
        }
    }

    /** A time or a day, which begins in UTC; null when it was left out. */
    public static Instant time(String field, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            Instant time = value.length() == DAY ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(value).toInstant();
            if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw noTime(field);
        }
        throw noTime(field);
    }

    private static FailureException noTime(String field) {
        return FailureException.invalid(field, "'" + field + "' has to be a time such as 2026-03-01T00:00:00Z or a day such as"
                + " 2026-03-01.");
    }

    /** A number that may be left out. */
    static void between(String field, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw FailureException.invalid(field, most == Integer.MAX_VALUE
                    ? "'" + field + "' has to be at least " + least + "."
                    : "'" + field + "' has to be from " + least + " to " + most + ".");
        }
    }
}
