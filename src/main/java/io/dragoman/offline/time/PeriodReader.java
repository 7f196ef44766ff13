package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.Set;

/** Reads one period: a date, a month, a quarter, a half, a year, a decade, or a relative one. */
final class PeriodReader {

    private static final Map<String, Integer> ORDINALS = Map.of("first", 1, "second", 2, "third", 3, "fourth", 4,
            "last", -1, "final", -1);
    private static final Set<String> STARTS = Set.of("start", "beginning");
    /** Words that follow "may" and "march" when they are verbs. */
    private static final Set<String> AFTER_VERB = Set.of("be", "have", "not", "also", "need", "want", "contain",
            "include", "exceed", "own", "buy", "use", "get", "i", "we", "you");

    private final Words words;
    private final LocalDate today;
    private final RelativeReader relative;

    PeriodReader(Words words, LocalDate today) {
        this.words = words;
        this.today = today;
        this.relative = new RelativeReader(words, today);
    }

    /**
     * The period at a token; null when there is none.
     *
     * @param strong      whether a word of time stands before it, so that a bare year or month is one
     * @param defaultYear the year to take when none is said; null takes the latest that began
     */
    Read read(int index, boolean strong, Integer defaultYear) {
        Read core = core(index, strong, defaultYear);
        if (core == null || core.point()) {
            return core;
        }
        int clock = words.skip(core.next(), "at");
        LocalTime time = ClockReader.time(words.at(clock));
        if (time == null || words.is(clock + 1, "-") || words.is(clock + 1, "to") || !oneDay(core.period())) {
            return core;
        }
        return core.to(moment(core.period(), time), clock + 1);
    }

    /** The day of a period at a time of day; the day must be one whole day. */
    Period moment(Period day, LocalTime time) {
        if (day.low().expression() instanceof Expression.RelativeTime days) {
            int minutes = days.offset() * 24 * 60 + time.toSecondOfDay() / 60;
            return new Period(Bound.relative(TimeUnit.MINUTE, minutes, TimeUnit.DAY, today),
                    Bound.relative(TimeUnit.MINUTE, minutes + 1, TimeUnit.DAY, today));
        }
        return Period.moment(day.low().at().toLocalDate().atTime(time), time.getSecond() != 0);
    }

    static boolean oneDay(Period period) {
        boolean calendar = !(period.low().expression() instanceof Expression.RelativeTime low)
                || low.unit() == TimeUnit.DAY && low.startOf() == TimeUnit.DAY;
        return calendar && period.low().wholeDay() && period.high().wholeDay()
                && period.low().at().plusDays(1).equals(period.high().at());
    }

    private Read core(int index, boolean strong, Integer defaultYear) {
        int at = words.skip(index, "the");
        Token token = words.at(at);
        try {
            return switch (token.kind()) {
                case DATE -> Read.of(token.period(), at + 1);
                case DECADE -> strong || at > index ? Read.of(Period.months(LocalDate.of(token.number(), 1, 1), 120),
                        at + 1) : null;
                case NUMBER, ORDINAL -> number(at, strong, defaultYear);
                case WORD -> word(index, at, strong, defaultYear);
                default -> null;
            };
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private Read number(int at, boolean strong, Integer defaultYear) {
        Token token = words.at(at);
        if (token.isYear()) {
            Read quarter = quarterName(at + 1, defaultYear, token.number());
            if (quarter != null) {
                return quarter;
            }
            return strong ? Read.weak(Period.year(token.number()), at + 1) : relative.read(at);
        }
        int month = words.is(at + 1, "of") ? at + 2 : at + 1;
        if (token.number() >= 1 && token.number() <= 31 && words.month(month) > 0) {
            boolean said = token.kind() == Token.Kind.ORDINAL || strong || !words.ambiguousMonth(month)
                    || yearAt(month + 1) != null;
            return said && !verb(month) ? dated(words.month(month), token.number(), month + 1, defaultYear) : null;
        }
        return token.kind() == Token.Kind.NUMBER ? relative.read(at) : null;
    }

    private Read word(int index, int at, boolean strong, Integer defaultYear) {
        if (words.is(at, "year") && words.at(at + 1).isYear()) {
            return Read.of(Period.year(words.at(at + 1).number()), at + 2);
        }
        if (words.month(at) > 0) {
            return month(at, strong, defaultYear);
        }
        Read named = quarterName(at, defaultYear, null);
        if (named != null) {
            return named;
        }
        if (words.isAny(at, ORDINALS.keySet())) {
            Read part = ordinalPart(at, defaultYear);
            if (part != null) {
                return part;
            }
        }
        if ((words.isAny(at, STARTS) || words.is(at, "end")) && words.is(at + 1, "of")) {
            return end(at, defaultYear);
        }
        if (words.is(at, "week")) {
            Read week = week(at);
            if (week != null) {
                return week;
            }
        }
        return relative.read(index);
    }

    private Read end(int at, Integer defaultYear) {
        int inner = words.skip(at + 2, "the");
        Read whole = words.unit(inner) != null && !words.is(inner + 1, "of")
                ? Read.of(Period.relative(words.unit(inner), 0, today), inner + 1)
                : core(at + 2, true, defaultYear);
        if (whole == null) {
            return null;
        }
        Bound point = words.is(at, "end") ? whole.period().high() : whole.period().low();
        return new Read(new Period(point, point), whole.next(), whole.yearless(), true, true);
    }

    /** "March 5, 2024", "March 2024", "March of last year", "March". */
    private Read month(int at, boolean strong, Integer defaultYear) {
        int month = words.month(at);
        Token behind = words.at(at + 1);
        boolean day = !behind.isYear() && behind.number() >= 1 && behind.number() <= 31
                && (behind.kind() == Token.Kind.NUMBER || behind.kind() == Token.Kind.ORDINAL);
        if (day && words.unit(at + 2) == null) {
            return dated(month, behind.number(), at + 2, defaultYear);
        }
        Year year = yearAt(at + 1);
        if (year != null) {
            return Read.of(year.months(month - 1, 1, today), year.next());
        }
        if (verb(at) || words.ambiguousMonth(at) && words.is(at - 1, "the") || !strong && (words.ambiguousMonth(at) || words.at(at).text().length() < 4)) {
            return null;
        }
        LocalDate first = LocalDate.of(defaultYear != null ? defaultYear : latestYear(month, 1), month, 1);
        return new Read(Period.months(first, 1), at + 1, true, false, strong && !words.ambiguousMonth(at));
    }

    private boolean verb(int month) {
        return words.ambiguousMonth(month) && words.isAny(month + 1, AFTER_VERB);
    }

    private Read dated(int month, int day, int next, Integer defaultYear) {
        int yearIndex = words.is(next, ",") ? next + 1 : next;
        Year year = words.at(yearIndex).isYear() || yearIndex == next ? yearAt(yearIndex) : null;
        if (year != null) {
            int number = year.absolute(today);
            return Read.of(Period.day(LocalDate.of(number, month, day)), year.next());
        }
        int number = defaultYear != null ? defaultYear : latestYear(month, Math.min(day, 28));
        if (month == 2 && day == 29 && defaultYear == null) {
            while (!YearMonth.of(number, 2).isValidDay(29)) {
                number--;
            }
        }
        return new Read(Period.day(LocalDate.of(number, month, day)), next, true, false, true);
    }

    private int latestYear(int month, int day) {
        return LocalDate.of(today.getYear(), month, day).isAfter(today) ? today.getYear() - 1 : today.getYear();
    }

    /** "Q3 2023", "Q3 of last year", "Q3", "H1 2024". */
    private Read quarterName(int at, Integer defaultYear, Integer yearBefore) {
        String text = words.at(at).text();
        if (!words.at(at).isWord() || text.length() != 2) {
            return null;
        }
        int number = text.charAt(1) - '0';
        boolean quarter = text.charAt(0) == 'q' && number >= 1 && number <= 4;
        boolean half = text.charAt(0) == 'h' && number >= 1 && number <= 2;
        if (!quarter && !half) {
            return null;
        }
        return part(quarter ? 3 : 6, number, at + 1, yearBefore != null ? yearBefore : defaultYear, yearBefore != null);
    }

    /** "the first half of 2024", "third quarter of last year", "the last month of 2023". */
    private Read ordinalPart(int at, Integer defaultYear) {
        String unit = words.at(at + 1).text();
        int months = switch (unit) {
            case "quarter" -> 3;
            case "half" -> 6;
            case "month" -> 1;
            default -> 0;
        };
        boolean of = words.is(at + 2, "of") || words.is(at + 2, "in");
        int number = ORDINALS.get(words.at(at).text());
        if (months == 0 || !of && (months != 3 || number < 0)) {
            return null;
        }
        int position = number < 0 ? 12 / months : number;
        if (position * months > 12) {
            return null;
        }
        Year year = yearAt(of ? at + 3 : at + 2);
        if (year == null && of) {
            return null;
        }
        return part(months, position, at + 2, defaultYear, false);
    }

    private Read part(int months, int position, int next, Integer fallbackYear, boolean yearSaid) {
        Year year = yearSaid ? null : yearAt(next);
        int first = (position - 1) * months;
        if (year != null) {
            return Read.of(year.months(first, months, today), year.next());
        }
        int number = fallbackYear != null ? fallbackYear : latestYear(first + 1, 1);
        return new Read(Period.months(LocalDate.of(number, first + 1, 1), months), next, !yearSaid, false, true);
    }

    /** "week 10 of 2024" (ISO weeks), "week of 2024-03-04". */
    private Read week(int at) {
        int number = words.at(at + 1).number();
        if (words.at(at + 1).kind() == Token.Kind.NUMBER && number >= 1 && number <= 53) {
            Year year = yearAt(at + 2);
            if (year == null) {
                return null;
            }
            LocalDate monday = LocalDate.of(year.absolute(today), 1, 4).with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, number)
                    .with(DayOfWeek.MONDAY);
            return Read.of(new Period(Bound.day(monday), Bound.day(monday.plusWeeks(1))), year.next());
        }
        if (words.is(at + 1, "of")) {
            Read day = core(at + 2, true, null);
            if (day != null && oneDay(day.period())) {
                LocalDate monday = day.period().low().at().toLocalDate().with(DayOfWeek.MONDAY);
                return Read.of(new Period(Bound.day(monday), Bound.day(monday.plusWeeks(1))), day.next());
            }
        }
        return null;
    }

    /** A year as part of a date: "2024", "of 2024", "in the year 2024", "of last year"; null for none. */
    private Year yearAt(int index) {
        int at = words.is(index, "of") || words.is(index, "in") ? index + 1 : index;
        at = words.skip(at, "the");
        at = words.is(at, "year") && words.at(at + 1).isYear() ? at + 1 : at;
        if (words.at(at).isYear()) {
            return new Year(words.at(at).number(), 0, at + 1);
        }
        if (!words.is(at + 1, "year")) {
            return null;
        }
        return switch (words.at(at).text()) {
            case "this", "current" -> new Year(0, 0, at + 2);
            case "last", "previous", "prior" -> new Year(0, -1, at + 2);
            case "next" -> new Year(0, 1, at + 2);
            default -> null;
        };
    }

    /** A year that was said: a number, or (number 0) an offset from the present one. */
    private record Year(int number, int offset, int next) {

        int absolute(LocalDate today) {
            return number > 0 ? number : today.getYear() + offset;
        }

        /** Some months of the year, counted from 0. */
        Period months(int first, int count, LocalDate today) {
            if (number > 0) {
                return Period.months(LocalDate.of(number, first + 1, 1), count);
            }
            return new Period(Bound.relative(TimeUnit.MONTH, offset * 12 + first, TimeUnit.YEAR, today),
                    Bound.relative(TimeUnit.MONTH, offset * 12 + first + count, TimeUnit.YEAR, today));
        }
    }
}
