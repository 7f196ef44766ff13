package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of one question, and the words of time. */
record Words(List<Token> tokens) {

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("january", 1), Map.entry("jan", 1), Map.entry("february", 2), Map.entry("feb", 2),
            Map.entry("march", 3), Map.entry("mar", 3), Map.entry("april", 4), Map.entry("apr", 4),
            Map.entry("may", 5), Map.entry("june", 6), Map.entry("jun", 6), Map.entry("july", 7),
            Map.entry("jul", 7), Map.entry("august", 8), Map.entry("aug", 8), Map.entry("september", 9),
            Map.entry("sep", 9), Map.entry("sept", 9), Map.entry("october", 10), Map.entry("oct", 10),
            Map.entry("november", 11), Map.entry("nov", 11), Map.entry("december", 12), Map.entry("dec", 12));

    private static final Map<String, Integer> WEEKDAYS = Map.of("monday", 1, "tuesday", 2, "wednesday", 3,
            "thursday", 4, "friday", 5, "saturday", 6, "sunday", 7);

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(Map.entry("one", 1), Map.entry("two", 2),
            Map.entry("three", 3), Map.entry("four", 4), Map.entry("five", 5), Map.entry("six", 6),
            Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9), Map.entry("ten", 10),
            Map.entry("eleven", 11), Map.entry("twelve", 12), Map.entry("fifteen", 15), Map.entry("twenty", 20),
            Map.entry("thirty", 30), Map.entry("sixty", 60), Map.entry("ninety", 90));

    private static final Map<String, TimeUnit> UNITS = Map.ofEntries(
            Map.entry("second", TimeUnit.SECOND), Map.entry("seconds", TimeUnit.SECOND),
            Map.entry("sec", TimeUnit.SECOND), Map.entry("secs", TimeUnit.SECOND),
            Map.entry("minute", TimeUnit.MINUTE), Map.entry("minutes", TimeUnit.MINUTE),
            Map.entry("min", TimeUnit.MINUTE), Map.entry("mins", TimeUnit.MINUTE),
            Map.entry("hour", TimeUnit.HOUR), Map.entry("hours", TimeUnit.HOUR), Map.entry("hr", TimeUnit.HOUR),
            Map.entry("hrs", TimeUnit.HOUR), Map.entry("day", TimeUnit.DAY), Map.entry("days", TimeUnit.DAY),
            Map.entry("week", TimeUnit.WEEK), Map.entry("weeks", TimeUnit.WEEK), Map.entry("month", TimeUnit.MONTH),
            Map.entry("months", TimeUnit.MONTH), Map.entry("quarter", TimeUnit.QUARTER),
            Map.entry("quarters", TimeUnit.QUARTER), Map.entry("year", TimeUnit.YEAR),
            Map.entry("years", TimeUnit.YEAR));

    /** Month names and abbreviations that are other words too. */
    private static final Set<String> AMBIGUOUS_MONTHS = Set.of("may", "march", "mar", "jan", "april", "june", "august",
            "sep", "dec");

    Token at(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : Token.END;
    }

    boolean is(int index, String word) {
        return at(index).is(word);
    }

    boolean isAny(int index, Set<String> words) {
        return at(index).isWord() && words.contains(at(index).text());
    }

    /** Whether the words from an index on are those given. */
    boolean are(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!at(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** The index behind an optional word. */
    int skip(int index, String word) {
        return at(index).is(word) ? index + 1 : index;
    }

    /** The month of a word, 1 to 12; 0 for none. */
    int month(int index) {
        return at(index).isWord() ? MONTHS.getOrDefault(at(index).text(), 0) : 0;
    }

    boolean ambiguousMonth(int index) {
        return AMBIGUOUS_MONTHS.contains(at(index).text());
    }

    /** The weekday of a word, 1 (Monday) to 7; 0 for none. */
    int weekday(int index) {
        String text = at(index).text();
        if (!at(index).isWord() || text.isEmpty()) {
            return 0;
        }
        return WEEKDAYS.getOrDefault(text.endsWith("s") ? text.substring(0, text.length() - 1) : text, 0);
    }

    /** The unit of a word; null for none. */
    TimeUnit unit(int index) {
        return at(index).isWord() ? UNITS.get(at(index).text()) : null;
    }

    /** The count that a number or number word says; -1 for none. */
    int count(int index) {
        Token token = at(index);
        if (token.kind() == Token.Kind.NUMBER) {
            return token.number();
        }
        return token.isWord() ? NUMBERS.getOrDefault(token.text(), -1) : -1;
    }
}
