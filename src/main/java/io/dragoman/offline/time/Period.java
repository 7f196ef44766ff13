package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** A stretch of time with a name, from {@code low}, inclusive, to {@code high}, exclusive. */
record Period(Bound low, Bound high) {

    static Period day(LocalDate day) {
        return new Period(Bound.day(day), Bound.day(day.plusDays(1)));
    }

    static Period months(LocalDate first, int months) {
        return new Period(Bound.day(first), Bound.day(first.plusMonths(months)));
    }

    static Period year(int year) {
        return months(LocalDate.of(year, 1, 1), 12);
    }

    static Period moment(LocalDateTime moment, boolean seconds) {
        return new Period(Bound.moment(moment),
                Bound.moment(seconds ? moment.plusSeconds(1) : moment.plusMinutes(1)));
    }

    /** The unit that the present is in, moved by some of them. */
    static Period relative(TimeUnit unit, int offset, LocalDate today) {
        return new Period(Bound.relative(unit, offset, today), Bound.relative(unit, offset + 1, today));
    }

    TimeMeaning.Window window() {
        return new TimeMeaning.Window(low, high);
    }
}
