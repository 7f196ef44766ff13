package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import java.util.Map;

/**
 * What an error reply looks like; for the description of the API.
 *
 * @param status always {@code error}
 */
record ErrorReply(String status, Body error) {

    record Body(ErrorCode code, String message, Map<String, Object> details, String traceId) {
    }
}
