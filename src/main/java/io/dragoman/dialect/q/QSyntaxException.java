package io.dragoman.dialect.q;

/** A text that is not q, with the place where reading it stopped. */
final class QSyntaxException extends Exception {

    private final int offset;

    QSyntaxException(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }
}
