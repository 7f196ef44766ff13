package io.dragoman.datasource.kdb;

/** The server answered with an error of q; the connection is as good as before. */
final class ErrorReplyException extends Exception {

    ErrorReplyException(String message) {
        super(message, null, false, false);
    }
}
