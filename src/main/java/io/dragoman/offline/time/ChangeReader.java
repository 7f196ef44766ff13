package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.util.Map;
import java.util.Set;

/** Reads comparisons with the period before: "month over month", "YoY", "compared to the previous quarter". */
final class ChangeReader {

    private static final Map<String, TimeUnit> SHORT = Map.of("dod", TimeUnit.DAY, "wow", TimeUnit.WEEK,
            "mom", TimeUnit.MONTH, "qoq", TimeUnit.QUARTER, "yoy", TimeUnit.YEAR);
    private static final Set<String> BEFORE = Set.of("previous", "prior", "preceding");
    private static final Set<String> CHANGES = Set.of("change", "changes", "growth", "comparison", "difference",
            "increase");
    private static final Set<String> OVER = Set.of("over", "on", "to");

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
        unit = words.unit(at);
        if (unit != null) {
            int over = words.skip(at + 1, "-");
            int again = words.skip(over + 1, "-");
            return words.isAny(over, OVER) && words.is(again, token.text())
                    ? new Found(new TimeMeaning.Change(unit), again + 1, true) : null;
        }
        int to = switch (token.text()) {
            case "compared", "relative", "comparison" -> words.is(at + 1, "to") || words.is(at + 1, "with") ? at + 2 : -1;
            case "versus", "vs", "against", "over", "from", "than" -> at + 1;
            default -> -1;
        };
        if (to < 0) {
            return null;
        }
        to = words.is(to, "the") || words.is(to, "each") || words.is(to, "its") ? to + 1 : to;
        return words.isAny(to, BEFORE) && words.unit(to + 1) != null
                ? new Found(new TimeMeaning.Change(words.unit(to + 1)), to + 2, true) : null;
    }
}
