package io.dragoman.dialect;

/** A part of a logical plan that a language has no way to say. The message names the part, for people. */
public class CannotRenderException extends RuntimeException {

    /** @param message what cannot be said, and in which language */
    public CannotRenderException(String message) {
        super(message);
    }
}
