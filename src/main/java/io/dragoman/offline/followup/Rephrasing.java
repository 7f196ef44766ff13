package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.schema.DataType;
import io.dragoman.schema.SchemaGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions that say a usual thing in a short form: "…, highest first", "claims per type", "how much was paid by card". */
final class Rephrasing {

    private static final Pattern FIRST = Pattern.compile("(?i)[,;]?\\s+(?:the |with the )?(?:highest|largest|biggest|most|best|lowest|"
            + "smallest|least|worst|fewest) (?:ones? )?first[?.!\\s]*$");
    private static final Pattern LOWEST = Pattern.compile("(?i)\\b(?:lowest|smallest|least|worst|fewest)\\b");
    private static final Pattern PER = Pattern.compile("(?i)^(?!how |what |which |who |number |count |total |average )(?:show |list |give me )?"
            + "(?:the |all )?[\\p{L} _-]+? per [\\p{L}].*");
    private static final Pattern TOP = Pattern.compile("(?i)^(?:(?:show|list|give|what|which|who) (?:me |are |were )?)?(?:our |the )*"
            + "(top|best|biggest|largest|bottom|worst|smallest|lowest) (\\d{1,4}) ([\\p{L}_ -]{2,60}?) (?:by|in terms of) (.{2,120})$");
    private static final Pattern EACH = Pattern.compile("(?i)\\b(?:each|every|per)\\b");
    private static final Pattern DIFFERENT = Pattern.compile("(?i)^(?:what|which|list(?: all)?(?: the)?|show(?: me)?(?: all)?(?: the)?)\\s+"
            + "([\\p{L}]+s)\\b.*");
    private static final Pattern HOW_MUCH = Pattern.compile("(?i)^how much\\b.*");

    private Rephrasing() {
    }

    /** The plan of such a question; empty when it is none. */
    static Optional<Interpretation> read(String question,
            Function<String, Interpretation> fresh) {
        Matcher first = FIRST.matcher(question);
        if (first.find()) {
            return fresh.apply(question.substring(0, first.start())) instanceof Interpretation.Understood understood
                    ? first(understood, LOWEST.matcher(first.group()).find()) : Optional.empty();
        }
        Matcher top = TOP.matcher(question.replaceFirst("[?.!\\s]+$", ""));
        if (top.matches() && !EACH.matcher(top.group(4)).find()) {
            return fresh.apply(top.group(4) + " per " + Names.singular(top.group(3)))
                    instanceof Interpretation.Understood understood ? top(understood, top) : Optional.empty();
        }
        if (PER.matcher(question).matches()) {
            String plain = question.replaceFirst("(?i)^(?:show |list |give me )?(?:the |all )?", "");
            return Optional.of(fresh.apply("number of " + plain)).filter(read -> read instanceof Interpretation.Understood understood
                    && new PlanEdit(understood.plan()).aggregated() && !understood.plan().groupBy().isEmpty()
                    && understood.directives().isEmpty());
        }
        return Optional.empty();
    }

    private static Optional<Interpretation> first(Interpretation.Understood understood, boolean lowest) {
        PlanEdit edit = new PlanEdit(understood.plan());
        Optional<OutputColumn> measure = edit.measure();
        if (understood.plan().setOperation() != null || measure.isEmpty() || edit.groupBy.isEmpty()) {
            return Optional.empty();
        }
        edit.orderBy.clear();
        edit.orderBy.add(new LogicalPlan.Ordering(measure.get().expression(), !lowest));
        return Optional.of(with(understood, edit.plan(), lowest ? "Sort ascending." : "Sort descending."));
    }

    private static Optional<Interpretation> top(Interpretation.Understood understood, Matcher top) {
        boolean lowest = top.group(1).toLowerCase(Locale.ROOT).matches("bottom|worst|smallest|lowest");
        int limit = Integer.parseInt(top.group(2));
        return limit == 0 || understood.confidence() < 0.8 ? Optional.empty() : first(understood, lowest)
                .map(Interpretation.Understood.class::cast).map(ordered -> {
                    PlanEdit edit = new PlanEdit(ordered.plan());
                    edit.limit = limit;
                    return with(ordered, edit.plan(), "Keep " + limit + " rows.");
                });
    }

    /** A question for what values there are wants each once. */
    static Interpretation different(String question, Interpretation read, SchemaGroup group) {
        Matcher matcher = DIFFERENT.matcher(question);
        if (!matcher.matches() || !(read instanceof Interpretation.Understood understood)
                || understood.plan().select().size() != 1 || understood.plan().where() != null || understood.plan().distinct() || understood.plan().limit() != null
                || !understood.plan().orderBy().isEmpty() || understood.plan().setOperation() != null
                || !(understood.plan().select().get(0).expression() instanceof Expression.Column column)) {
            return read;
        }
        boolean named = (" " + Names.singular(Names.words(column.column()))).endsWith(" " + Names.singular(matcher.group(1).toLowerCase(
                Locale.ROOT)));
        boolean repeats = group.tables().stream().flatMap(table -> table.columns().stream())
                .anyMatch(known -> known.name().equals(column.column()) && !known.sampleValues().isEmpty() && !known.primaryKey());
        if (!named || !repeats || column.type() != DataType.TEXT || !understood.plan().groupBy().isEmpty()) {
            return read;
        }
        PlanEdit edit = new PlanEdit(understood.plan());
        edit.distinct = true;
        return with(understood, edit.plan(), "Show equal values once.");
    }

    /** A question for how much sums what was found: amounts are not listed one by one. */
    static Interpretation summed(String question, Interpretation read) {
        if (!HOW_MUCH.matcher(question).matches() || !(read instanceof Interpretation.Understood understood)
                || understood.plan().setOperation() != null || understood.plan().limit() != null || understood.plan().distinct()) {
            return read;
        }
        PlanEdit edit = new PlanEdit(understood.plan());
        List<OutputColumn> amounts = edit.select.stream().filter(column -> column.expression() instanceof Expression.Column of
                && of.type().numeric() && !Names.words(of.column()).endsWith("id")).toList();
        if (edit.aggregated() || amounts.size() != 1) {
            return read;
        }
        Expression amount = amounts.get(0).expression();
        List<OutputColumn> others = new ArrayList<>(edit.select);
        others.removeAll(amounts);
        others.forEach(column -> edit.groupBy.add(column.expression()));
        edit.select.clear();
        edit.select.addAll(others);
        edit.select.add(new OutputColumn(new Aggregate(Aggregate.Function.SUM, amount, false, null),
                MeasureChanges.name(Aggregate.Function.SUM, amount)));
        edit.orderBy.clear();
        return with(understood, edit.plan(), "Sum them up.");
    }

    private static Interpretation with(Interpretation.Understood base, LogicalPlan plan, String step) {
        List<String> steps = new ArrayList<>(base.steps());
        steps.add(step);
        return new Interpretation.Understood(plan, steps, base.directives(), base.confidence());
    }
}
