package io.dragoman.offline.time;

/**
 * A period that was read.
 *
 * @param period   the period
 * @param next     the index of the first token behind it
 * @param yearless whether its year was not said
 * @param point    whether it is a point ("the end of 2023"), that only bounds a range
 * @param certain  whether the words can mean nothing else
 */
record Read(Period period, int next, boolean yearless, boolean point, boolean certain) {

    static Read of(Period period, int next) {
        return new Read(period, next, false, false, true);
    }

    static Read weak(Period period, int next) {
        return new Read(period, next, false, false, false);
    }

    Read to(Period other, int otherNext) {
        return new Read(other, otherNext, yearless, point, certain);
    }
}
