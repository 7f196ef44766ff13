package io.dragoman.offline.time;

import java.time.LocalTime;
import java.util.Set;

/** Reads times of day: "since 10am", "before noon", "between 9:30 and 16:00", "in the morning". */
final class ClockReader {

    private static final Set<String> TO = Set.of("to", "until", "till", "through");

    private final Words words;

    ClockReader(Words words) {
        this.words = words;
    }

    /** The time of day that a token says; null for none. */
    static LocalTime time(Token token) {
        if (token.kind() == Token.Kind.CLOCK) {
            return token.clock();
        }
        if (!token.isWord()) {
            return null;
        }
        return switch (token.text()) {
            case "noon", "midday" -> LocalTime.NOON;
            case "midnight" -> LocalTime.MIDNIGHT;
            default -> null;
        };
    }

    /**
     * The time of day at a token; null when there is none.
     *
     * @param dayBefore whether a day was named right before, so that a bare "morning" is of that day
     */
    Found read(int at, boolean dayBefore) {
        return switch (words.at(at).text()) {
            case "since" -> open(at + 1, true, false, true);
            case "after" -> open(at + 1, true, true, false);
            case "before" -> open(at + 1, false, true, false);
            case "until", "till", "by" -> open(at + 1, false, false, false);
            case "up" -> words.is(at + 1, "to") ? open(at + 2, false, false, false) : null;
            case "between" -> pair(at + 1, true);
            case "from" -> from(at);
            case "at" -> words.is(at + 1, "night") ? found(22, 6, false, at + 2) : point(at + 1);
            case "in" -> words.is(at + 1, "the") ? part(at + 2, false, at + 3) : null;
            case "this" -> part(at + 1, true, at + 2);
            case "tonight" -> found(18, 0, true, at + 1);
            case "on" -> words.are(at + 1, "or", "after") ? open(at + 3, true, false, false) : null;
            default -> {
                Found bare = dayBefore ? part(at, false, at + 1) : null;
                Found pair = words.at(at).kind() == Token.Kind.CLOCK ? pair(at, false) : null;
                yield pair != null ? pair : bare;
            }
        };
    }

    private Found part(int at, boolean today, int next) {
        return switch (words.at(at).text()) {
            case "morning" -> found(6, 12, today, next);
            case "afternoon" -> found(12, 18, today, next);
            case "evening" -> found(18, 0, today, next);
            default -> null;
        };
    }

    private static Found found(int low, int high, boolean today, int next) {
        return new Found(new TimeMeaning.TimeOfDay(LocalTime.of(low, 0), false, LocalTime.of(high, 0), true, today),
                next, true);
    }

    private Found open(int at, boolean low, boolean exclusive, boolean today) {
        LocalTime time = time(words.at(at));
        if (time == null) {
            return null;
        }
        return new Found(low ? new TimeMeaning.TimeOfDay(time, exclusive, null, false, today)
                : new TimeMeaning.TimeOfDay(null, false, time, exclusive, false), at + 1, true);
    }

    /** A clock time said to the minute is that minute. */
    private Found point(int at) {
        Token token = words.at(at);
        LocalTime time = time(token);
        if (time == null) {
            return null;
        }
        LocalTime end = time.getSecond() != 0 ? time.plusSeconds(1) : time.plusMinutes(1);
        return new Found(new TimeMeaning.TimeOfDay(time, false, end, true, false), at + 1, true);
    }

    private Found from(int at) {
        Found pair = pair(at + 1, false);
        return pair != null || time(words.at(at + 1)) == null ? pair
                : new Found(new TimeMeaning.TimeOfDay(time(words.at(at + 1)), false, null, false, false),
                        words.is(at + 2, "on") || words.is(at + 2, "onwards") ? at + 3 : at + 2, true);
    }

    private Found pair(int at, boolean and) {
        boolean joined = and ? words.is(at + 1, "and") : words.is(at + 1, "-") || words.isAny(at + 1, TO);
        LocalTime high = joined ? time(words.at(at + 2)) : null;
        LocalTime low = high == null ? null : low(words.at(at), words.at(at + 2));
        return low == null ? null
                : new Found(new TimeMeaning.TimeOfDay(low, false, high, false, false), at + 3, true);
    }

    /** "between 9 and 10am": the first hour takes the half of the day that makes it the earlier one. */
    private static LocalTime low(Token first, Token second) {
        LocalTime time = time(first);
        if (time != null || second.kind() != Token.Kind.CLOCK || first.kind() != Token.Kind.NUMBER
                || first.number() < 0 || first.number() > 23) {
            return time;
        }
        boolean sameHalf = second.clock().getHour() >= 12 && first.number() < 12
                && first.number() + 12 < second.clock().getHour();
        return LocalTime.of(first.number() + (sameHalf ? 12 : 0), 0);
    }
}
