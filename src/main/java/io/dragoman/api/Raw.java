package io.dragoman.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A reply that is not in the envelope, written as it comes: CSV, lines of JSON, events.
 *
 * @param contentType with its charset
 * @param writer      writes the body; what it flushes is sent at once
 */
public record Raw(String contentType, Writer writer) {

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {

        /** Writes to the caller. */
        void write(OutputStream out) throws IOException;
    }
}
