package io.dragoman.llm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The {@code Retry-After} of a refusal, <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110</a>. */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {
    }

    /**
     * How long it asks to be left alone: seconds, which may have a fraction, or a date.
     *
     * @return 0 to a day; null when it says nothing that can be read
     */
    static Duration read(String text, Instant now) {
        String asked = text.strip();
        try {
            Duration pause = asked.isEmpty() || !Character.isLetter(asked.charAt(0)) ? seconds(asked)
                    : Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(asked, Instant::from));
            return pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Math.min(LONGEST.toSeconds(), Double.parseDouble(text)) * 1_000));
    }
}
