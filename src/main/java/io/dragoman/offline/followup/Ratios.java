package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.Interpretation.Understood;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ratios of two counts or amounts: "the ratio of cancelled to delivered orders by city", "discount as a percentage of sales". Both
 * sides are read as questions of their own, each with what is said of both, and one plan is made of the two.
 */
final class Ratios {

    private static final int LONGEST = 500;
    /** So many questions are asked for one ratio at most, as words can be cut in many ways. */
    private static final int MOST_READINGS = 60;
    /** A side of which less is understood is none. */
    private static final double ENOUGH = 0.7;
    private static final Pattern CUT = Pattern.compile("(?i)\\s(?=(?:by|per|for|in|during|since|between|from|at|within|among|on|over|across|each|grouped|"
            + "broken|before|after|until|last|this|today|yesterday|so far|year to|of|monthly|daily|weekly|yearly|quarterly)\\b)");
    private static final Pattern MEASURE = Pattern.compile("(?i)^(?:number|count|total|sum|average|avg|mean|max|maximum|min|minimum|median|"
            + "highest|lowest|combined|overall|amount)\\b.*");
    private static final Pattern FILLING = Pattern.compile("(?i)\\b(?:in (?:the|our) (?:database|data|system)|overall|in total|altogether)\\b");
    private static final Pattern BEST = Pattern.compile("(?i)^(?:(?:what|which|show|find|list|give)\\s+)?(?:me )?(?:(?:is|are) )?(?:the )?"
            + "(?:top )?(\\d{1,3} )?(.{2,60}?) (?:has|have|had|with|having) (?:the )?"
            + "(highest|largest|biggest|greatest|best|lowest|smallest|worst) (?:\\d{1,3} )?(.*\\bratio\\b.*)$");
    private static final Set<String> WHOLE = Set.of("all", "total", "whole", "all of them", "all together", "everything");

    private final Things names;
    private final Function<String, Interpretation> fresh;
    private final Map<String, Optional<Understood>> read = new HashMap<>();

    private Ratios(SchemaGroup group, Function<String, Interpretation> fresh) {
        this.names = new Things(group);
        this.fresh = fresh;
    }

    /** The plan of a question for a ratio; empty when it asks for none, or for one that is not understood. */
    static Optional<Interpretation> read(String question, SchemaGroup group, Function<String, Interpretation> fresh) {
        if (question.length() > LONGEST) {
            return Optional.empty();
        }
        Ratios ratios = new Ratios(group, fresh);
        Matcher best = BEST.matcher(question.trim().replaceFirst("[?.!\\s]+$", ""));
        if (best.matches()) {
            return ratios.best(best);
        }
        return ratios.ratio(question).map(Interpretation.class::cast);
    }

    /** <i>Which city has the highest ratio of …</i> */
    private Optional<Interpretation> best(Matcher best) {
        boolean lowest = best.group(3).toLowerCase(Locale.ROOT).matches("lowest|smallest|worst");
        int limit = best.group(1) == null ? 1 : Integer.parseInt(best.group(1).trim());
        return limit == 0 ? Optional.empty() : ratio(best.group(4) + " by " + Names.singular(best.group(2))).map(read -> {
            PlanEdit edit = new PlanEdit(read.plan());
            edit.orderBy.clear();
            edit.measure().ifPresent(measure -> edit.orderBy.add(new LogicalPlan.Ordering(measure.expression(), !lowest)));
            edit.limit = limit;
            List<String> steps = new ArrayList<>(read.steps());
            steps.add("Keep the " + (lowest ? "lowest" : "highest") + (limit == 1 ? "." : " " + limit + "."));
            return new Understood(edit.plan(), steps, read.directives(), read.confidence());
        });
    }

    private Optional<Understood> ratio(String question) {
        for (RatioWords words : RatioWords.of(FILLING.matcher(question).replaceAll(" ").replaceAll("\\s+", " "))) {
            for (String tail : tails(words.whole())) {
                String whole = words.whole().substring(0, words.whole().length() - tail.length()).trim();
                Optional<Understood> found = whole.isEmpty() ? Optional.empty() : ratio(words, whole, tail.trim());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The ends of the words that may be said of both sides, the longest first, and none. */
    private static List<String> tails(String whole) {
        List<String> tails = new ArrayList<>();
        Matcher cut = CUT.matcher(whole);
        while (cut.find()) {
            tails.add(whole.substring(cut.start()));
        }
        tails.add("");
        return tails;
    }

    private Optional<Understood> ratio(RatioWords words, String whole, String tail) {
        String part = words.part();
        if (words.named() && names.noun(part).isEmpty() && !names.named(part) && !MEASURE.matcher(part).matches()) {
            return Optional.empty();
        }
        for (String upper : forms(part, whole)) {
            for (String lower : forms(whole, part)) {
                Optional<Understood> some = amount(upper, tail);
                Optional<Understood> all = amount(lower, tail);
                boolean fit = some.isPresent() && all.isPresent() && !idle(upper, part, some.get()) && !idle(lower, whole, all.get());
                if (!fit || !tail.isEmpty() && !(shared(upper, some.get()) && shared(lower, all.get()))) {
                    continue;
                }
                LogicalPlan plan = RatioPlan.of(some.get().plan(), all.get().plan(), words.percent());
                if (plan != null) {
                    return Optional.of(together(some.get(), all.get(), plan, words.percent()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether words that were given the other side's noun narrow nothing, and so were not understood. */
    private static boolean idle(String form, String side, Understood read) {
        return form.length() > side.length() && RatioPlan.terms(read.plan()).isEmpty();
    }

    /** A side's words; where the other side has the noun, as in <i>cancelled to delivered orders</i>, with it. */
    private List<String> forms(String side, String other) {
        String own = side.replaceFirst("(?i)\\s+ones$", "").trim();
        Optional<String> noun = names.noun(other);
        if (WHOLE.contains(own.toLowerCase(Locale.ROOT))) {
            return noun.map(List::of).orElse(List.of());
        }
        boolean bare = noun.isPresent() && names.noun(own).isEmpty() && !names.named(own) && !MEASURE.matcher(own).matches();
        return bare ? List.of(own + " " + noun.get(), own) : List.of(own);
    }

    /** A count or an amount; empty when the words are not understood as one. */
    private Optional<Understood> amount(String side, String tail) {
        if (MEASURE.matcher(side).matches()) {
            return understood((side + " " + tail).trim());
        }
        Optional<Understood> counted = understood(("number of " + side + " " + tail).trim())
                .filter(number -> RatioPlan.counts(number.plan()) || !number.directives().isEmpty());
        if (counted.isPresent() || names.noun(side).isPresent()) {
            return counted;
        }
        Optional<Understood> total = understood(("total " + side + " " + tail).trim());
        return total.isPresent() ? total : understood((side + " " + tail).trim());
    }

    private Optional<Understood> understood(String question) {
        Optional<Understood> known = read.get(question);
        if (known == null) {
            boolean more = read.size() < MOST_READINGS;
            Interpretation result = more ? fresh.apply(question) : null;
            known = result instanceof Understood understood && understood.confidence() >= ENOUGH && RatioPlan.divisible(understood.plan())
                    ? Optional.of(understood) : Optional.empty();
            read.put(question, known);
        }
        return known;
    }

    /**
     * Whether the words at the end narrow or group a side without changing what it says by itself: <i>in Leeds</i> does not do so for
     * <i>customers in York</i>.
     */
    private boolean shared(String side, Understood both) {
        Optional<Understood> alone = amount(side, "");
        if (alone.isEmpty()) {
            return true;
        }
        List<String> own = RatioPlan.terms(alone.get().plan());
        List<String> all = RatioPlan.terms(both.plan());
        boolean grows = all.size() > own.size() || both.plan().groupBy().size() > alone.get().plan().groupBy().size();
        Set<Expression.Column> before = RatioPlan.subjects(alone.get().plan(), own);
        Set<Expression.Column> added = RatioPlan.subjects(both.plan(), all.stream().filter(term -> !own.contains(term)).toList());
        return grows && all.containsAll(own) && added.stream().noneMatch(before::contains);
    }

    private static Understood together(Understood part, Understood whole, LogicalPlan plan, boolean percent) {
        Set<String> steps = new LinkedHashSet<>(part.steps());
        steps.addAll(whole.steps());
        steps.add("Divide the first amount by the second" + (percent ? ", in percent." : "."));
        Set<String> directives = new LinkedHashSet<>(part.directives());
        directives.addAll(whole.directives());
        return new Understood(plan, List.copyOf(steps), List.copyOf(directives), Math.min(part.confidence(), whole.confidence()));
    }
}
