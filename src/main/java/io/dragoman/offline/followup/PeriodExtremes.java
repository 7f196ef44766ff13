package io.dragoman.offline.followup;

import static io.dragoman.offline.followup.RankedGroups.lower;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Questions for the period that something is the most in: <i>which month had the highest sales</i>, <i>our best month by revenue</i>,
 * <i>busiest day of the week</i>. What is measured is asked by that period, and the first period is taken.
 */
final class PeriodExtremes {

    private static final Set<String> UNITS = Set.of("month", "quarter", "year", "week", "day", "weekday", "hour");
    private static final Set<String> OF_PERIODS = Set.of("best", "worst", "busiest", "slowest", "strongest", "weakest", "quietest", "biggest",
            "top", "peak", "highest", "lowest", "largest", "smallest", "bottom");
    private static final Set<String> OF_AMOUNTS = Set.of("highest", "lowest", "most", "least", "fewest", "best", "worst", "biggest", "largest",
            "smallest", "greatest", "maximum", "minimum", "peak", "strongest", "weakest");
    private static final Set<String> COUNTING = Set.of("most", "least", "fewest", "busiest", "slowest", "quietest");
    /** What there is much of rather than many. */
    private static final Set<String> AMOUNTS = Set.of("sales", "revenue", "turnover", "income", "profit", "money", "spending");
    /** Superlatives that a single row can have, as in <i>on which day was the largest order placed</i>. */
    private static final Set<String> ONE_ROW = Set.of("largest", "biggest", "smallest", "greatest", "highest", "lowest");
    /** Words between the period, the superlative and the measure. */
    private static final Set<String> LINKING = Set.of("had", "has", "have", "did", "do", "does", "was", "were", "is", "are", "saw", "see", "sees",
            "brought", "generated", "with", "by", "for", "of", "the", "a", "our", "we", "us", "in", "on", "terms", "according", "to", "there",
            "make", "made", "earn", "earned", "get", "got", "receive", "received", "ever", "far", "showed", "recorded", "been", "it", "that", "based");
    private static final Set<String> BEFORE = Set.of("last", "this", "next", "previous", "past", "current", "per", "each", "every", "by", "a", "any",
            "same", "first");
    private static final Set<String> VERBS = Set.of("had", "has", "have", "did", "do", "does", "was", "were", "is", "are", "saw", "with", "by",
            "brought", "generated", "for", "we", "the");

    private final List<String> words;
    private final SchemaGroup group;
    private final Function<String, Interpretation> fresh;
    private int unit = -1;
    private int behind;
    private int superlative = -1;

    private PeriodExtremes(String question, SchemaGroup group, Function<String, Interpretation> fresh) {
        this.words = RankedGroups.words(question);
        this.group = group;
        this.fresh = fresh;
    }

    /**
     * The reading of such a question.
     *
     * @param fresh reads a question as one of its own
     * @return empty when no period is asked for, or when the schema keeps the period in a column of its own
     */
    static Optional<Interpretation> read(String question, SchemaGroup group, Function<String, Interpretation> fresh) {
        return new PeriodExtremes(question, group, fresh).read();
    }

    private Optional<Interpretation> read() {
        boolean dated = group.tables().stream().flatMap(table -> table.columns().stream()).anyMatch(column -> column.dataType().temporal());
        if (!dated || !periodAsked() || kept(period()) || superlative() < 0) {
            return Optional.empty();
        }
        String word = lower(words, superlative);
        boolean descending = !RankedGroups.lowest(word);
        int limit = Stream.of(superlative + 1, superlative - 1, unit - 1).mapToInt(at -> RankedGroups.count(lower(words, at))).filter(n -> n > 0)
                .findFirst().orElse(1);
        if (plural() && limit == 1 && RankedGroups.count(lower(words, superlative + 1)) != 1) {
            return Optional.empty();
        }
        String measure = measure();
        boolean counting = COUNTING.contains(word) && !AMOUNTS.contains(measure.split(" ")[0].toLowerCase(Locale.ROOT));
        if (measure.isEmpty()) {
            return COUNTING.contains(word) || word.equals("peak") ? events(descending, limit) : Optional.of(unclear(word));
        }
        String step = "One row for each " + period() + "; the " + (descending ? "highest" : "lowest") + " of what is asked for comes first.";
        for (String candidate : counting ? List.of("number of " + measure, measure) : List.of(measure, "total " + measure, "number of " + measure)) {
            boolean counts = !counting && candidate.startsWith("number of ") && !measure.startsWith("number of ");
            if (counts && !severalThings(measure)) {
                continue;
            }
            Interpretation read = fresh.apply(asked(candidate));
            boolean fits = byPeriod(read) && (counting || counts || !countsRows(read) || measure.toLowerCase(Locale.ROOT).startsWith("number of "));
            Optional<Interpretation> first = fits ? RankedGroups.first(read, descending, limit, step) : Optional.empty();
            if (first.isPresent()) {
                return first;
            }
        }
        return ONE_ROW.contains(word) && superlative > unit ? Optional.empty() : Optional.of(unclear(word));
    }

    /** Finds the period that is asked for: <i>which month</i>, <i>our best month</i>. */
    private boolean periodAsked() {
        for (int k = 0; k < words.size() && unit < 0; k++) {
            String word = lower(words, k);
            boolean several = word.endsWith("s") && UNITS.contains(word.substring(0, word.length() - 1));
            if (!UNITS.contains(word) && !several) {
                continue;
            }
            int b = k - 1;
            while (b >= 0 && (RankedGroups.count(lower(words, b)) > 0 || lower(words, b).equals("single") || lower(words, b).equals("calendar"))) {
                b--;
            }
            String before = lower(words, b);
            boolean asked = Set.of("which", "what").contains(before) && !lower(words, b - 1).equals("by");
            boolean ranked = OF_PERIODS.contains(before);
            if (asked || ranked) {
                unit = k;
                behind = k + 1;
                superlative = ranked ? b : -1;
                whole();
            } else if (BEFORE.contains(before)) {
                continue;
            }
        }
        return unit >= 0;
    }

    /** <i>Day of the week</i>, <i>hour of the day</i>. */
    private void whole() {
        int of = lower(words, behind).equals("of") ? behind + 1 : -1;
        int noun = of > 0 && lower(words, of).equals("the") ? of + 1 : of;
        if (noun > 0 && Set.of("week", "day", "year", "month").contains(lower(words, noun))) {
            behind = noun + 1;
        }
    }

    private boolean plural() {
        return lower(words, unit).endsWith("s");
    }

    private String period() {
        String word = lower(words, unit);
        return plural() ? word.substring(0, word.length() - 1) : word;
    }

    /** Whether a column that is no time is called so, as a year often is: then the period is read like any other column. */
    private boolean kept(String period) {
        for (TableDefinition table : group.tables()) {
            for (ColumnDefinition column : table.columns()) {
                if (!column.dataType().temporal() && List.of(Names.words(column.name()).split(" ")).contains(period)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int superlative() {
        for (int k = 0; k < words.size() && superlative < 0; k++) {
            boolean rows = Set.of("recent", "recently", "expensive", "common", "popular", "often").contains(lower(words, k + 1));
            if ((k < unit || k >= behind) && OF_AMOUNTS.contains(lower(words, k)) && !rows) {
                superlative = k;
            }
        }
        return superlative;
    }

    /** What is measured, and under which conditions: the words that are neither the period, the superlative nor between them. */
    private String measure() {
        List<String> conditions = new ArrayList<>();
        int k = behind;
        if (Set.of("of", "in").contains(lower(words, k)) && !lower(words, k + 1).equals("terms")) {
            conditions.add("in");
            k++;
            while (k < words.size() && k != superlative && !VERBS.contains(lower(words, k))) {
                conditions.add(words.get(k++));
            }
        }
        List<String> said = new ArrayList<>();
        for (int at = k; at < words.size(); at++) {
            boolean filling = said.isEmpty() && (LINKING.contains(lower(words, at)) || RankedGroups.count(lower(words, at)) > 0);
            if (at != superlative && !filling && !(at + 1 == superlative && lower(words, at).equals("the"))) {
                said.add(words.get(at));
            }
        }
        while (!said.isEmpty() && LINKING.contains(said.get(said.size() - 1).toLowerCase(Locale.ROOT))) {
            said.remove(said.size() - 1);
        }
        return said.isEmpty() ? "" : String.join(" ", said) + (conditions.isEmpty() ? "" : " " + String.join(" ", conditions));
    }

    private String asked(String measure) {
        String unitWords = period();
        String recurring = unitWords.equals("weekday") || behind > unit + 1 && lower(words, behind - 1).equals("week") ? "day of the week"
                : unitWords.equals("hour") ? "hour of the day" : behind > unit + 1 ? unitWords + " of the " + lower(words, behind - 1) : unitWords;
        return measure + " by " + recurring;
    }

    /** Several things are counted in <i>the highest sales</i>, while <i>the largest order</i> is one. */
    private static boolean severalThings(String measure) {
        return Stream.of(measure.toLowerCase(Locale.ROOT).split(" ")).limit(3).anyMatch(word -> word.length() > 3 && word.endsWith("s")
                && !word.endsWith("ss") && !word.endsWith("us"));
    }

    private static boolean byPeriod(Interpretation read) {
        return read instanceof Interpretation.Understood understood && understood.plan().groupBy().size() == 1
                && (understood.plan().groupBy().get(0) instanceof Expression.TimeBucket || understood.plan().groupBy().get(0) instanceof Expression.DatePart);
    }

    private static boolean countsRows(Interpretation read) {
        return read instanceof Interpretation.Understood understood && understood.plan().select().stream().anyMatch(column ->
                column.expression() instanceof Expression.Aggregate aggregate && aggregate.function() == Expression.Aggregate.Function.COUNT);
    }

    /** <i>The busiest day</i>: so many rows of the one table that says what happened when; asked back where there are several. */
    private Optional<Interpretation> events(boolean descending, int limit) {
        List<TableDefinition> events = group.tables().stream().filter(table -> table.columns().stream().anyMatch(column -> column.dataType().temporal()))
                .filter(table -> group.relationships().stream().anyMatch(tie -> tie.sourceTable().equalsIgnoreCase(table.name()))).toList();
        if (events.size() == 1) {
            String counted = Names.words(events.get(0).name());
            Interpretation read = fresh.apply(asked("number of " + counted));
            return byPeriod(read) ? RankedGroups.first(read, descending, limit, "Nothing is said to be counted: " + counted + " are, by "
                    + period() + ".") : Optional.of(unclear(lower(words, superlative)));
        }
        String phrase = String.join(" ", words.subList(Math.min(superlative, unit), behind));
        List<String> choices = events.stream().map(table -> phrase + " by number of " + Names.words(table.name())).toList();
        return Optional.of(choices.size() < 2 ? unclear(lower(words, superlative))
                : new Interpretation.Ambiguous("What is meant by '" + phrase + "': " + String.join(" or ", choices) + "?", phrase, choices));
    }

    private Interpretation unclear(String word) {
        return new Interpretation.NotUnderstood("It is not clear what '" + word + "' ranks the " + period() + "s by.", List.of(word));
    }
}
