package io.dragoman.offline.time;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Times of day as text. */
final class Clock {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Clock() {
    }

    /** {@code HH:mm:ss}, whole seconds. */
    static String text(LocalTime time) {
        return SECONDS.format(time);
    }
}
