package io.dragoman.ui.feedback;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in words. */
final class Ago {

    private Ago() {
    }

    static String of(Instant moment) {
        long minutes = Math.max(0, Duration.between(moment, Instant.now()).toMinutes());
        if (minutes < 1) {
            return "just now";
        }
        return minutes < 60 ? counted(minutes, "minute") : minutes < 48 * 60 ? counted(minutes / 60, "hour")
                : counted(minutes / (24 * 60), "day");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }
}
