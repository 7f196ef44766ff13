package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.util.Map;
import java.util.Set;

/** Reads comparisons with the period before: "month over month", "YoY", "compared to the previous quarter". */
final class ChangeReader {

    private static final Map<String, TimeUnit> SHORT = Map.of("dod", TimeUnit.DAY, "wow", TimeUnit.WEEK,
            "mom", TimeUnit.MONTH, "qoq", TimeUnit.QUARTER, "yoy", TimeUnit.YEAR);
    private static final Map<String, TimeUnit> ADVERBS = Map.of("daily", TimeUnit.DAY, "weekly", TimeUnit.WEEK,
            "monthly", TimeUnit.MONTH, "quarterly", TimeUnit.QUARTER, "yearly", TimeUnit.YEAR, "annual", TimeUnit.YEAR);
    private static final Set<String> BEFORE = Set.of("previous", "prior", "preceding");
    private static final Set<String> CHANGES = Set.of("change", "changes", "growth", "comparison", "difference",
            "increase", "decrease", "decline");
    private static final Set<String> OVER = Set.of("over", "on", "to");
    /** So many words may stand between <i>monthly</i> and <i>growth</i>. */
    private static final int BETWEEN = 3;

    private final Words words;

    ChangeReader(Words words) {
        this.words = words;
    }

    /** The comparison at a token; null when there is none. */
    Found read(int at) {
        Token token = words.at(at);
        if (!token.isWord()) {
            return null;
        }
        TimeUnit unit = SHORT.get(token.text());
        if (unit != null && (token.capital() || words.isAny(at + 1, CHANGES) || words.isAny(at - 1, CHANGES))) {
            return new Found(new TimeMeaning.Change(unit), at + 1, true);
        }
        unit = ADVERBS.get(token.text());
        if (unit != null) {
            return changes(at) ? new Found(new TimeMeaning.Change(unit), at + 1, false) : null;
        }
        unit = words.unit(at);
        if (unit != null) {
            int over = words.skip(at + 1, "-");
            int again = words.skip(over + 1, "-");
            return words.isAny(over, OVER) && words.is(again, token.text())
                    ? new Found(new TimeMeaning.Change(unit), again + 1, true) : null;
        }
        return words.are(at, "from", "one") ? next(at + 2) : before(at);
    }

    /** Whether a change is spoken of soon after: "monthly growth", "annual revenue growth". */
    private boolean changes(int at) {
        for (int i = at + 1; i <= at + 1 + BETWEEN && words.at(i).isWord(); i++) {
            if (words.isAny(i, CHANGES)) {
                return true;
            }
        }
        return false;
    }

    /** "Compare revenue to the previous month". */
    private boolean compares(int at) {
        for (int i = 0; i < at; i++) {
            if (words.is(i, "compare")) {
                return true;
            }
        }
        return false;
    }

    /** "From one month to the next". */
    private Found next(int at) {
        TimeUnit unit = words.unit(at);
        return unit != null && words.are(at + 1, "to", "the", "next") ? new Found(new TimeMeaning.Change(unit), at + 4, true) : null;
    }

    /** "Compared to the previous month", "than the year before". */
    private Found before(int at) {
        int to = switch (words.at(at).text()) {
            case "compared", "relative", "comparison" -> words.is(at + 1, "to") || words.is(at + 1, "with") ? at + 2 : -1;
            case "versus", "vs", "against", "over", "from", "than", "with" -> at + 1;
            case "to" -> compares(at) ? at + 1 : -1;
            default -> -1;
        };
        if (to < 0) {
            return null;
        }
        to = words.is(to, "the") || words.is(to, "each") || words.is(to, "its") ? to + 1 : to;
        if (words.isAny(to, BEFORE) && words.unit(to + 1) != null) {
            return new Found(new TimeMeaning.Change(words.unit(to + 1)), to + 2, true);
        }
        return words.is(to - 1, "the") && words.unit(to) != null && words.is(to + 1, "before")
                ? new Found(new TimeMeaning.Change(words.unit(to)), to + 2, true) : null;
    }
}
