package io.dragoman.api;

import io.dragoman.failure.Failure;

/** The envelope for replies that are not written by {@link RestCall}, such as events. */
public final class Envelopes {

    private Envelopes() {
    }

    /** The {@code error} object of the envelope alone, as JSON. */
    public static byte[] error(Failure failure, String traceId) {
        return Json.write(new Envelope.ErrorBody(failure.code(), failure.message(), failure.details(), traceId));
    }
}
