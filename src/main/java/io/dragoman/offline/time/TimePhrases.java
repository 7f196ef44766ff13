package io.dragoman.offline.time;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the time phrases of questions in English. What is relative stays relative to when the query runs; a date that is
 * said is a constant. Of two readings the longer one is taken, so "the first half of 2024" is one phrase.
 *
 * <p>"Last month" is the calendar month before this one; "the last 3 months", "in the last month" and "the past month" go
 * back from today, with today in. Weeks start on Monday. A month, quarter or day without a year is the latest that has
 * begun. {@code 03/05/2024} is March 5, as in the United States, and {@code 05.03.2024} the same day, as in Europe.
 */
public final class TimePhrases {

    private TimePhrases() {
    }

    /**
     * The time phrases in the order they stand, none overlapping. Never throws on any text; takes time linear in its
     * length and looks at no more than the first 10,000 characters.
     *
     * @param question in plain language
     * @param today    the caller's date: it fills in years that are not said, and nothing else
     */
    public static List<TimePhrase> find(String question, LocalDate today) {
        Words words = new Words(Lexer.tokens(question));
        RangeReader ranges = new RangeReader(words, today);
        ClockReader clocks = new ClockReader(words);
        BucketReader buckets = new BucketReader(words);
        ChangeReader changes = new ChangeReader(words);
        List<TimePhrase> phrases = new ArrayList<>();
        int at = 0;
        boolean dayBefore = false;
        while (at < words.tokens().size()) {
            Found found = longest(changes.read(at), buckets.read(at), ranges.read(at), clocks.read(at, dayBefore));
            dayBefore = found != null && found.meaning() instanceof TimeMeaning.Window;
            if (found == null || age(words, found.next())) {
                at = found == null ? at + 1 : found.next();
                continue;
            }
            int start = words.at(at).start();
            int end = words.at(found.next() - 1).end();
            phrases.add(new TimePhrase(start, end, question.substring(start, end), found.meaning(), found.certain()));
            at = found.next();
        }
        return withDays(phrases);
    }

    /** Whether <i>30 years</i> are followed by <i>old</i> or <i>of age</i>, and so are nobody's date. */
    private static boolean age(Words words, int next) {
        return words.is(next, "old") || words.are(next, "of", "age");
    }

    private static Found longest(Found... candidates) {
        Found longest = null;
        for (Found candidate : candidates) {
            if (candidate != null && (longest == null || candidate.next() > longest.next())) {
                longest = candidate;
            }
        }
        return longest;
    }

    /** A time of day is of today only when no other day is named. */
    private static List<TimePhrase> withDays(List<TimePhrase> phrases) {
        boolean day = phrases.stream().anyMatch(phrase -> phrase.meaning() instanceof TimeMeaning.Window
                || phrase.meaning() instanceof TimeMeaning.AnyOf || phrase.meaning() instanceof TimeMeaning.Recurring);
        if (!day) {
            return phrases;
        }
        return phrases.stream().map(phrase -> phrase.meaning() instanceof TimeMeaning.TimeOfDay time && time.today()
                ? new TimePhrase(phrase.start(), phrase.end(), phrase.text(), new TimeMeaning.TimeOfDay(time.low(),
                        time.afterLow(), time.high(), time.highExclusive(), false), phrase.certain())
                : phrase).toList();
    }
}
