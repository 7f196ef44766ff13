package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One follow-up question on its way: what of it is still to be understood, and the plan as changed so far. */
final class Turn {

    private static final Pattern MARKS = Pattern.compile("[?!;]+|[.,:]+(?=\\s|$)");
    private static final Pattern INSTEAD_OF = Pattern.compile("\\s(?:instead of|rather than)\\s.*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern INSTEAD = Pattern.compile("\\binstead\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDING = Pattern.compile("\\b(?:also|as well|additionally|in addition|further|plus)\\b|\\btoo$",
            Pattern.CASE_INSENSITIVE);

    final PlanEdit edit;
    final KnownColumns columns;
    final SchemaGroup group;
    final LocalDate today;
    final Function<String, Interpretation> fresh;
    final List<String> steps = new ArrayList<>();
    /** Whether it replaces what the question before said of the same kind. */
    boolean replacing;
    /** Whether it adds to what the question before said of the same kind. */
    boolean adding;
    /** Whether it says how to group. */
    boolean grouped;
    /** What could not be decided; null for nothing. */
    Interpretation.Ambiguous ambiguous;
    private String rest;

    Turn(String question, PlanEdit edit, SchemaGroup group, LocalDate today, Function<String, Interpretation> fresh) {
        this.edit = edit;
        this.group = group;
        this.today = today;
        this.fresh = fresh;
        this.columns = new KnownColumns(edit, group);
        rest = MARKS.matcher(question).replaceAll(" ").replaceAll("\\s+", " ").trim();
        replacing = take(INSTEAD_OF) != null;
        replacing |= take(INSTEAD) != null;
        adding = take(ADDING) != null;
    }

    /** The words that are not understood yet. */
    String rest() {
        return rest;
    }

    /** Takes away what a pattern finds; null when it finds nothing. The words on both sides stay apart. */
    Matcher take(Pattern pattern) {
        Matcher matcher = pattern.matcher(rest);
        if (!matcher.find()) {
            return null;
        }
        cut(matcher.start(), matcher.end());
        return matcher;
    }

    Matcher find(Pattern pattern) {
        Matcher matcher = pattern.matcher(rest);
        return matcher.find() ? matcher : null;
    }

    void cut(int start, int end) {
        rest = (rest.substring(0, start) + " " + rest.substring(end)).replaceAll("\\s+", " ").trim();
    }

    void step(String step) {
        steps.add(step);
    }

    boolean changed() {
        return !steps.isEmpty();
    }

    static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** The parts of a list in words. */
    static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        for (String part : list.split("\\s*,\\s*|\\s+(?:and|or|&|plus)\\s+")) {
            String trimmed = part.replaceFirst("(?i)^(?:the|their|its|a|an|all|by|per)\\s+", "").trim();
            if (!trimmed.isEmpty()) {
                parts.add(trimmed);
            }
        }
        return parts;
    }
}
