package io.dragoman.failure;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns whatever was thrown into what the caller is told. What callers may not see goes to the log, under the trace id. */
@Component("failures")
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /**
     * What the caller is told of an exception.
     *
     * @param thrown  anything; its causes are looked through for one that callers may know of
     * @param traceId under which anything else is logged; null when there is none
     */
    public Failure of(Throwable thrown, String traceId) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            Failure failure = known(cause);
            if (failure != null) {
                return failure;
            }
        }
        LOG.error("Request {} failed", traceId, thrown);
        return new Failure(ErrorCode.INTERNAL_ERROR,
                "The server made a mistake. Its log says more under the trace id of this reply.", Map.of());
    }

    private static Failure known(Throwable thrown) {
        if (thrown instanceof FailureException e) {
            return e.failure();
        }
        if (thrown instanceof TimeoutException) {
            return new Failure(ErrorCode.TIMEOUT, "It took longer than the server allows.", Map.of("stage", "request"));
        }
        if (thrown instanceof JsonProcessingException e && causeIsNotOurs(e)) {
            return malformed(e);
        }
        return null;
    }

    private static boolean causeIsNotOurs(JsonProcessingException e) {
        return !(e.getCause() instanceof FailureException);
    }

    private static Failure malformed(JsonProcessingException e) {
        Map<String, Object> details = new LinkedHashMap<>();
        String field = e instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        if (!field.isEmpty()) {
            details.put("field", field);
        }
        JsonLocation location = e.getLocation();
        if (location != null && location.getLineNr() > 0) {
            details.put("line", location.getLineNr());
            details.put("column", location.getColumnNr());
        }
        String where = location == null || location.getLineNr() <= 0 ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        details.put("reason", reason(e));
        String message = field.isEmpty()
                ? "The body is not well-formed JSON" + where + ": " + reason(e)
                : "'" + field + "' has the wrong type" + where + ".";
        return new Failure(ErrorCode.VALIDATION_FAILED, message, details);
    }

    /** Jackson's first sentence, without the names of Java classes that it may hold. */
    private static String reason(JsonProcessingException e) {
        if (e instanceof JsonMappingException) {
            return "wrong type";
        }
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.contains("com.fasterxml") || line.contains("java.") ? "cannot be read" : line;
    }

    private static String path(List<JsonMappingException.Reference> references) {
        return references.stream()
                .map(reference -> reference.getFieldName() != null ? reference.getFieldName()
                        : String.valueOf(reference.getIndex()))
                .collect(Collectors.joining("."));
    }
}
