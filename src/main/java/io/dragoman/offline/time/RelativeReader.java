package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/** Reads periods that are relative to the present: "yesterday", "last 7 days", "this quarter", "3 weeks ago". */
final class RelativeReader {

    private static final Set<String> PRESENT = Set.of("this", "current");
    private static final Set<String> PAST = Set.of("last", "past", "previous", "prior", "preceding", "latest");
    private static final Set<String> FUTURE = Set.of("next", "coming", "upcoming");
    private static final Set<String> WHOLE = Set.of("full", "complete", "calendar", "whole", "completed");
    private static final Set<String> WITHIN = Set.of("in", "over", "within", "during", "for", "throughout");
    private static final int LONGEST = 36_600;

    private final Words words;
    private final LocalDate today;

    RelativeReader(Words words, LocalDate today) {
        this.words = words;
        this.today = today;
    }

    /** The relative period at a token; null when there is none. */
    Read read(int index) {
        int at = words.skip(index, "the");
        Token token = words.at(at);
        if (!token.isWord() && token.kind() != Token.Kind.NUMBER) {
            return null;
        }
        switch (token.text()) {
            case "today":
                return Read.of(Period.relative(TimeUnit.DAY, 0, today), at + 1);
            case "yesterday":
                return Read.of(Period.relative(TimeUnit.DAY, -1, today), at + 1);
            case "tomorrow":
                return Read.of(Period.relative(TimeUnit.DAY, 1, today), at + 1);
            case "ytd":
                return Read.of(toDate(TimeUnit.YEAR), at + 1);
            case "qtd":
                return Read.of(toDate(TimeUnit.QUARTER), at + 1);
            case "mtd":
                return Read.of(toDate(TimeUnit.MONTH), at + 1);
            case "wtd":
                return Read.of(toDate(TimeUnit.WEEK), at + 1);
            default:
                break;
        }
        if (words.are(at, "day", "before", "yesterday")) {
            return Read.of(Period.relative(TimeUnit.DAY, -2, today), at + 3);
        }
        if (words.are(at, "day", "after", "tomorrow")) {
            return Read.of(Period.relative(TimeUnit.DAY, 2, today), at + 3);
        }
        if (words.are(at, "so", "far", "this") && words.unit(at + 3) != null) {
            return Read.of(toDate(words.unit(at + 3)), at + 4);
        }
        if (words.unit(at) != null && words.are(at + 1, "to", "date")) {
            return Read.of(toDate(words.unit(at)), at + 3);
        }
        Read ago = ago(at);
        return ago != null ? ago : near(at, at > index);
    }

    /** The start of the present unit to the end of today. */
    private Period toDate(TimeUnit unit) {
        return new Period(Bound.relative(unit, 0, today), Bound.relative(TimeUnit.DAY, 1, today));
    }

    /** "3 weeks ago", "a year ago". */
    private Read ago(int at) {
        int count = words.is(at, "a") || words.is(at, "an") ? 1 : words.count(at);
        TimeUnit unit = words.unit(at + 1);
        if (count < 0 || count > LONGEST || unit == null || !words.is(at + 2, "ago")) {
            return null;
        }
        return Read.of(Period.relative(unit, -count, today), at + 3);
    }

    private Read near(int at, boolean article) {
        boolean past = words.isAny(at, PAST);
        boolean future = words.isAny(at, FUTURE);
        if (!past && !future && !words.isAny(at, PRESENT)) {
            return null;
        }
        int next = at + 1;
        boolean whole = words.isAny(next, WHOLE);
        next += whole ? 1 : 0;
        int count = words.count(next);
        if (count >= 0) {
            next++;
            boolean wholeBehind = words.isAny(next, WHOLE);
            next += wholeBehind ? 1 : 0;
            TimeUnit unit = words.unit(next);
            if (unit == null || count == 0 || count > LONGEST || !past && !future) {
                return null;
            }
            return Read.of(rolling(unit, count, future, whole || wholeBehind), next + 1);
        }
        if (words.is(at, "latest")) {
            return null;
        }
        int direction = past ? -1 : future ? 1 : 0;
        TimeUnit unit = words.unit(next);
        if (unit == null) {
            return named(at, next, direction);
        }
        if (words.is(next + 1, "of")) {
            return null;
        }
        if (direction == 0 && (words.are(next + 1, "to", "date") || words.are(next + 1, "so", "far"))) {
            return Read.of(toDate(unit), next + 3);
        }
        boolean rolls = past && !whole && (words.is(at, "past")
                || article && words.is(at, "last") && words.isAny(at - 2, WITHIN));
        Period period = rolls ? rolling(unit, 1, false, false) : Period.relative(unit, direction, today);
        return Read.of(period, next + 1);
    }

    private Period rolling(TimeUnit unit, int count, boolean future, boolean whole) {
        if (whole) {
            return future
                    ? new Period(Bound.relative(unit, 1, today), Bound.relative(unit, count + 1, today))
                    : new Period(Bound.relative(unit, -count, today), Bound.relative(unit, 0, today));
        }
        if (unit.compareTo(TimeUnit.DAY) < 0) {
            return future
                    ? new Period(Bound.relative(TimeUnit.SECOND, 0, today),
                            Bound.relative(unit, count, TimeUnit.SECOND, today))
                    : new Period(Bound.relative(unit, -count, TimeUnit.SECOND, today),
                            Bound.relative(TimeUnit.SECOND, 1, today));
        }
        TimeUnit step = unit == TimeUnit.WEEK ? TimeUnit.DAY : unit == TimeUnit.QUARTER ? TimeUnit.MONTH : unit;
        int steps = unit == TimeUnit.WEEK ? count * 7 : unit == TimeUnit.QUARTER ? count * 3 : count;
        if (future) {
            return new Period(Bound.relative(TimeUnit.DAY, 0, today),
                    Bound.relative(step, step == TimeUnit.DAY ? steps + 1 : steps, TimeUnit.DAY, today));
        }
        return new Period(Bound.relative(step, -steps, TimeUnit.DAY, today), Bound.relative(TimeUnit.DAY, 1, today));
    }

    /** "last Monday", "next March". */
    private Read named(int at, int next, int direction) {
        int weekday = words.weekday(next);
        if (weekday > 0 && !words.at(next).text().endsWith("ys")) {
            DayOfWeek day = DayOfWeek.of(weekday);
            LocalDate date = direction < 0 ? today.with(TemporalAdjusters.previous(day))
                    : direction > 0 ? today.with(TemporalAdjusters.next(day))
                    : today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusDays(weekday - 1L);
            return Read.of(Period.day(date), next + 1);
        }
        int month = words.month(next);
        if (month == 0 || words.is(at, "current") || words.at(next + 1).kind() == Token.Kind.NUMBER) {
            return null;
        }
        int year = today.getYear();
        if (direction < 0 && month >= today.getMonthValue()) {
            year--;
        } else if (direction > 0 && month <= today.getMonthValue()) {
            year++;
        }
        return Read.of(Period.months(LocalDate.of(year, month, 1), 1), next + 1);
    }
}
