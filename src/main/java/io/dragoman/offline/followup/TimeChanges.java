package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.offline.time.TimePhrase;
import io.dragoman.offline.time.TimePhrases;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "and for 2023?", "in March", "by month instead". */
final class TimeChanges {

    private static final Pattern BARE_YEAR = Turn.pattern(
            "^(?:and|but|now|then|only|just|what about|how about|same but|the same|for|in|of|\\s)*\\b((?:19|20)\\d\\d)$");
    private static final Pattern NEGATION = Turn.pattern("\\b(?:not|except|excluding|without|other than|but not)\\s*$");
    private static final Pattern GROUPING = Turn.pattern(
            "\\b(?:group(?:ed)?|broken down|break(?: (?:it|that|this|them))? down|split(?: (?:it|that|this|them))?(?: up)?)\\s*$");

    private TimeChanges() {
    }

    static void apply(Turn turn) {
        Matcher year = BARE_YEAR.matcher(turn.rest());
        if (year.find() && !turn.columns.temporal().isEmpty()) {
            TimePhrase phrase = TimePhrases.find("in " + year.group(1), turn.today).get(0);
            if (narrow(turn, phrase, false)) {
                turn.cut(0, turn.rest().length());
            }
            return;
        }
        List<TimePhrase> phrases = phrases(turn);
        for (int i = phrases.size() - 1; i >= 0; i--) {
            TimePhrase phrase = phrases.get(i);
            String before = turn.rest().substring(0, phrase.start());
            if (phrase.filters()) {
                Matcher not = NEGATION.matcher(before);
                boolean negated = not.find();
                if (narrow(turn, phrase, negated)) {
                    turn.cut(negated ? not.start() : phrase.start(), phrase.end());
                }
            } else if (phrase.groups() && GroupChanges.byTime(turn, phrase)) {
                Matcher verb = GROUPING.matcher(before);
                turn.cut(verb.find() ? verb.start() : phrase.start(), phrase.end());
            } else if (phrase.meaning() instanceof TimeMeaning.Change change
                    && Comparisons.overTime(turn.edit, turn.columns, change.unit())) {
                turn.cut(phrase.start(), phrase.end());
                turn.step("Compare each " + change.unit().name().toLowerCase(Locale.ROOT) + " with the one before.");
            }
        }
    }

    /**
     * Adds a phrase of a question of its own.
     *
     * @param before the question's words before it, which may name the column
     * @return false when nothing in the plan has a time for it
     */
    static boolean add(Turn turn, TimePhrase phrase, String before) {
        if (phrase.meaning() instanceof TimeMeaning.Change change) {
            boolean compared = Comparisons.overTime(turn.edit, turn.columns, change.unit());
            turn.step("Compare each " + change.unit().name().toLowerCase(Locale.ROOT) + " with the one before.");
            return compared;
        }
        if (phrase.groups()) {
            boolean known = turn.edit.groupBy.stream().anyMatch(Expression.TimeBucket.class::isInstance);
            return known || GroupChanges.byTime(turn, phrase);
        }
        turn.columns.spokenOf(before);
        return !turn.columns.spokenElsewhere() && narrow(turn, phrase, false);
    }

    /** The phrases, a month without a year being of the year that was asked about before. */
    private static List<TimePhrase> phrases(Turn turn) {
        List<TimePhrase> phrases = TimePhrases.find(turn.rest(), turn.today);
        Integer year = yearBefore(turn);
        if (year == null) {
            return phrases;
        }
        List<TimePhrase> then = TimePhrases.find(turn.rest(), LocalDate.of(year, 12, 31));
        List<TimePhrase> merged = new ArrayList<>();
        for (int i = 0; i < phrases.size(); i++) {
            boolean said = phrases.get(i).text().matches("(?i).*\\b(?:last|this|next|previous|past|current)\\b.*");
            boolean literal = phrases.get(i).meaning() instanceof TimeMeaning.Window window && literal(window);
            merged.add(literal && !said && i < then.size() ? then.get(i) : phrases.get(i));
        }
        return merged;
    }

    private static boolean literal(TimeMeaning.Window window) {
        return (window.low() == null || window.low().expression() instanceof Expression.Literal)
                && (window.high() == null || window.high().expression() instanceof Expression.Literal);
    }

    private static Integer yearBefore(Turn turn) {
        for (Predicate term : turn.edit.where) {
            Expression.Column column = PlanEdit.subject(term);
            Expression low = term instanceof Predicate.Between between ? between.low()
                    : term instanceof Predicate.Comparison comparison ? comparison.right() : null;
            if (column != null && KnownColumns.temporal(column) && low instanceof Expression.Literal literal
                    && literal.text().length() >= 4) {
                try {
                    return Integer.valueOf(literal.text().substring(0, 4));
                } catch (NumberFormatException notAYear) {
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean narrow(Turn turn, TimePhrase phrase, boolean negated) {
        for (Expression.Column column : turn.columns.temporal()) {
            Optional<Predicate> predicate = SplitTimes.over(phrase, column, turn.columns.temporal());
            if (predicate.isPresent()) {
                boolean ofDay = phrase.meaning() instanceof TimeMeaning.TimeOfDay;
                int place = -1;
                if (!negated) {
                    for (int i = turn.edit.where.size() - 1; i >= 0; i--) {
                        Predicate old = turn.edit.where.get(i);
                        if (column.equals(PlanEdit.subject(old)) && ofDay == ofDay(old) && !turn.adding) {
                            turn.edit.where.remove(i);
                            place = i;
                        }
                    }
                }
                Predicate term = negated ? new Predicate.Not(predicate.get()) : predicate.get();
                List<Predicate> terms = new ArrayList<>();
                PlanEdit.terms(term, terms);
                terms.removeAll(turn.edit.where);
                turn.edit.where.addAll(place < 0 ? turn.edit.where.size() : place, terms);
                turn.step((place < 0 ? "Keep only " : "Change the time to ") + (negated ? "what is not " : "") + "“"
                        + phrase.text() + "” by " + column.column() + ".");
                return true;
            }
        }
        return false;
    }

    private static boolean ofDay(Predicate term) {
        return term.toString().contains("part=HOUR");
    }
}
