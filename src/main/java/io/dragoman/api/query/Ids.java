package io.dragoman.api.query;

import io.dragoman.failure.FailureException;
import java.util.UUID;

/** Reads ids of runs, conversations and the like. */
public final class Ids {

    private Ids() {
    }

    /** The id; what cannot be one names nothing that exists. */
    public static UUID uuid(String thing, String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw FailureException.notFound(thing, shortened(text));
        }
        throw FailureException.notFound(thing, shortened(text));
    }

    private static String shortened(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "…" : text;
    }
}
