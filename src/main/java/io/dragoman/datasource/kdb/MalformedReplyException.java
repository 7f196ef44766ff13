package io.dragoman.datasource.kdb;

import java.io.IOException;

/** The server sent what is no message of the protocol, or one that is too large; the connection is of no more use. */
final class MalformedReplyException extends IOException {

    MalformedReplyException(String message) {
        super(message);
    }
}
