package io.dragoman.datasource.sandbox;

/** Why an expression has no value here: an error that q would give, or something that the sandbox does not know. */
final class QError extends RuntimeException {

    private int offset = -1;

    private QError(String message) {
        super(message, null, false, false);
    }

    /** What q would refuse as well. */
    static QError of(String message) {
        return new QError(message);
    }

    /** What q could do, and the sandbox cannot. */
    static QError unsupported(String what) {
        return new QError("the sandbox cannot evaluate " + what);
    }

    /** Where it happened, if that is not known yet. */
    QError at(int place) {
        if (offset < 0) {
            offset = place;
        }
        return this;
    }

    /** Where in the query; -1 when not known. */
    int offset() {
        return offset;
    }
}
