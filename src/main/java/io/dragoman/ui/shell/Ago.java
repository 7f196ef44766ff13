package io.dragoman.ui.shell;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in words. */
public final class Ago {

    private Ago() {
    }

    /** In minutes, hours or days, such as "2 hours ago"; "just now" within a minute, and for what is to come. */
    public static String of(Instant moment) {
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
