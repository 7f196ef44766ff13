package io.dragoman.api;

import io.dragoman.failure.Failure;

/** The envelope for replies that are not written by {@link RestCall}, such as events. */
public final class Envelopes {

    private Envelopes() {
    }

    /** The whole envelope of a reply that worked, to be written as JSON. */
    public static Object success(Object data) {
        return Envelope.success(data);
    }

    /** The whole envelope of a reply that failed, to be written as JSON. */
    public static Object failure(Failure failure, String traceId) {
        return Envelope.error(failure, traceId);
    }

    /** The {@code error} object of the envelope alone, as JSON. */
    public static byte[] error(Failure failure, String traceId) {
        return Json.write(new Envelope.ErrorBody(failure.code(), failure.message(), failure.details(), traceId));
    }
}
