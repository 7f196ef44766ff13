package io.dragoman.failure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as callers see it.
 *
 * @param code    stable
 * @param message what happened and what to do about it, for people; without secrets or internals
 * @param details JSON-serialisable particulars, in order; never null
 */
public record Failure(ErrorCode code, String message, Map<String, Object> details) {

    /** Copies the details, which may hold null values. */
    public Failure {
        details = details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
