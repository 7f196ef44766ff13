package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.offline.time.TimePhrase;
import io.dragoman.offline.time.TimePhrases;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Comparisons of calendar periods: <i>compare revenue of 2023 and 2024</i>, <i>orders in January versus February 2024</i>. What is compared is
 * asked in these periods by their unit, so that there is a row for each.
 */
final class PeriodComparison {

    private static final Pattern SIDES = Pattern.compile("(?i)\\s*(?:,|\\b(?:and|or|versus|vs|against|compared (?:to|with))(?![\\p{L}\\d]))\\s*");
    private static final Pattern VERSUS = Pattern.compile("(?i)\\b(?:versus|vs|against|compared (?:to|with))(?![\\p{L}\\d])");
    private static final Pattern PREPOSITION = Pattern.compile("(?i)^(?:of|in|for|during|between|from|on)\\s+");
    private static final Set<String> COMPARING = Set.of("compare", "comparing", "comparison", "versus", "vs", "compared");
    /** What is asked for then is one number for the change, not one for each period. */
    private static final Set<String> CHANGES = Set.of("change", "changed", "changes", "growth", "grow", "grew", "grown", "increase", "increased",
            "decrease", "decreased", "difference", "ratio", "drop", "dropped", "decline", "declined", "rise", "rose");
    private static final Set<String> LEADING = Set.of("compare", "comparing", "comparison", "a", "the", "of", "me", "show", "give", "us", "please", "can",
            "you", "our", "between");

    private PeriodComparison() {
    }

    /** The question with <i>vs</i> written without a point, which would end the sentence. */
    static String plain(String question) {
        return question.replaceAll("(?i)\\b(vs|versus)\\.(?=\\s)", "$1");
    }

    /**
     * The reading of such a question; a refusal where the periods are no calendar periods of one length.
     *
     * @param fresh reads a question as one of its own
     * @return empty when no periods are compared
     */
    static Optional<Interpretation> read(String question, LocalDate today, Function<String, Interpretation> fresh) {
        List<String> words = RankedGroups.words(question);
        if (words.stream().anyMatch(word -> CHANGES.contains(word.toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        boolean compares = words.stream().anyMatch(word -> COMPARING.contains(word.toLowerCase(Locale.ROOT)));
        for (TimePhrase phrase : TimePhrases.find(question, today)) {
            String[] sides = SIDES.split(PREPOSITION.matcher(phrase.text()).replaceFirst(""));
            if (phrase.filters() && sides.length > 1 && (compares || VERSUS.matcher(phrase.text()).find())) {
                String unit = unit(sides, today);
                return Optional.of(unit == null ? unclear(phrase) : grouped(question, phrase, unit, fresh));
            }
        }
        return Optional.empty();
    }

    private static Interpretation grouped(String question, TimePhrase phrase, String unit, Function<String, Interpretation> fresh) {
        String periods = String.join(" and ", SIDES.split(PREPOSITION.matcher(phrase.text()).replaceFirst("")));
        List<String> before = RankedGroups.words(question.substring(0, phrase.start()));
        while (!before.isEmpty() && LEADING.contains(RankedGroups.lower(before, 0))) {
            before.remove(0);
        }
        List<String> behind = new ArrayList<>(RankedGroups.words(question.substring(phrase.end())));
        while (!behind.isEmpty() && before.isEmpty() && LEADING.contains(RankedGroups.lower(behind, 0))) {
            behind.remove(0);
        }
        String measure = (String.join(" ", before) + " " + String.join(" ", behind)).trim();
        for (String start : List.of("", "number of ")) {
            Interpretation read = fresh.apply(start + measure + " in " + periods + " by " + unit);
            if (read instanceof Interpretation.Understood understood && understood.plan().groupBy().stream().anyMatch(key ->
                    key instanceof Expression.TimeBucket || key instanceof Expression.DatePart)) {
                List<String> steps = new ArrayList<>(understood.steps());
                steps.add("Compared side by side: one row for each " + unit + " that has any rows.");
                return new Interpretation.Understood(understood.plan(), steps, understood.directives(), understood.confidence());
            }
        }
        return unclear(phrase);
    }

    /** The calendar unit that all sides are one of; null when they are none, or of several. */
    private static String unit(String[] sides, LocalDate today) {
        String common = null;
        for (String side : sides) {
            List<TimePhrase> found = TimePhrases.find("in " + side, today);
            String unit = found.size() == 1 && found.get(0).meaning() instanceof TimeMeaning.Window window ? unit(window) : null;
            if (unit == null || common != null && !common.equals(unit)) {
                return null;
            }
            common = unit;
        }
        return common;
    }

    private static String unit(TimeMeaning.Window window) {
        if (window.low() == null || window.high() == null) {
            return null;
        }
        LocalDate low = window.low().at().toLocalDate();
        LocalDate high = window.high().at().toLocalDate();
        long days = ChronoUnit.DAYS.between(low, high);
        if (days == 1) {
            return "day";
        } else if (low.getDayOfMonth() == 1 && low.plusMonths(1).equals(high)) {
            return "month";
        } else if (low.getDayOfMonth() == 1 && low.getMonthValue() % 3 == 1 && low.plusMonths(3).equals(high)) {
            return "quarter";
        } else if (low.getDayOfYear() == 1 && low.plusYears(1).equals(high)) {
            return "year";
        }
        return days == 7 && low.getDayOfWeek() == java.time.DayOfWeek.MONDAY ? "week" : null;
    }

    private static Interpretation unclear(TimePhrase phrase) {
        return new Interpretation.NotUnderstood("It is not clear how to compare “" + phrase.text() + "”.", List.of(phrase.text()));
    }
}
