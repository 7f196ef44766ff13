package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.Interpretation.Understood;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Averages of counts: "the average number of orders per customer", "how many trades are there per day on average". The count of each
 * group is read as a question of its own; all rows by the number of groups are its average.
 */
final class Averages {

    private static final int LONGEST = 500;
    private static final String OPENING = "(?i)^(?:what(?:'s|s)?|show|give|tell|calculate|compute|find|display|report|return|get)?\\s*(?:me )?"
            + "(?:(?:is|are|was|were) )?(?:the |our )?";
    private static final String PER = " (?:per|for each|for every|of each|in each|by each|at each) ";
    private static final Pattern NUMBER = Pattern.compile(OPENING + "(?:average|mean|avg) (?:number|count) of (.+?)" + PER + "(.+)$");
    private static final Pattern PLAIN = Pattern.compile(OPENING + "(?:average|mean|avg) ([\\p{L}_ -]+?)" + PER + "(.+)$");
    private static final Pattern MANY_PER = Pattern.compile("(?i)^how many (.+?)(?: (?:are|were) (?:there|placed|made)| do we (?:have|get))?" + PER + "(.+)$");
    private static final Pattern MANY_HAS = Pattern.compile("(?i)^how many (.+?) (?:does|do|did|has|have) (?:a|an|each|every|one|the average) "
            + "([\\p{L}_ -]+?)(?: [\\p{L}]+)?$");
    private static final Pattern ON_AVERAGE = Pattern.compile("(?i),?\\s*\\b(?:on|in|at) average\\b,?\\s*|(?<=the )average ");
    private static final Pattern CUT = Pattern.compile("(?i)\\s(?=(?:by|for|in|during|since|between|from|at|within|among|on|over|across|before|after|"
            + "until|last|this|per|each)\\b)");

    private final SchemaGroup group;
    private final Function<String, Interpretation> fresh;

    private Averages(SchemaGroup group, Function<String, Interpretation> fresh) {
        this.group = group;
        this.fresh = fresh;
    }

    /** The plan of a question for such an average; empty when it asks for none, or is not understood. */
    static Optional<Interpretation> read(String question, SchemaGroup group, Function<String, Interpretation> fresh) {
        String text = question.trim().replaceFirst("[?.!\\s]+$", "");
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Averages averages = new Averages(group, fresh);
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return averages.of(number.group(1), number.group(2));
        }
        Matcher plain = PLAIN.matcher(text);
        if (plain.matches()) {
            return new Things(group).rows(plain.group(1)) ? averages.of(plain.group(1), plain.group(2)) : Optional.empty();
        }
        Matcher average = ON_AVERAGE.matcher(text);
        if (!average.find()) {
            return Optional.empty();
        }
        String rest = average.replaceAll(" ").replaceAll("\\s+", " ").trim();
        for (Pattern pattern : List.of(MANY_PER, MANY_HAS)) {
            Matcher many = pattern.matcher(rest);
            if (many.matches()) {
                return averages.of(many.group(1), many.group(2));
            }
        }
        return Optional.empty();
    }

    private Optional<Interpretation> of(String counted, String each) {
        List<String> tails = new ArrayList<>();
        Matcher cut = CUT.matcher(each);
        while (cut.find()) {
            tails.add(each.substring(cut.start()));
        }
        tails.add("");
        for (String tail : tails) {
            String one = each.substring(0, each.length() - tail.length()).trim();
            if (!(fresh.apply("number of " + counted + " per " + Names.singular(one) + tail) instanceof Understood groups)
                    || !RatioPlan.divisible(groups.plan())) {
                continue;
            }
            List<Expression> others = List.of();
            if (!tail.isEmpty()) {
                if (!(fresh.apply("number of " + counted + tail) instanceof Understood all) || !RatioPlan.divisible(all.plan())) {
                    continue;
                }
                others = RatioPlan.alike(all.plan(), groups.plan()).groupBy();
            }
            Optional<Interpretation> average = average(groups, others);
            if (average.isPresent()) {
                return average;
            }
        }
        return Optional.empty();
    }

    private Optional<Interpretation> average(Understood groups, List<Expression> others) {
        PlanEdit edit = new PlanEdit(groups.plan());
        List<Expression> keys = edit.groupBy.stream().filter(key -> !others.contains(key)).toList();
        boolean counts = edit.measure().map(OutputColumn::expression).orElse(null) instanceof Aggregate aggregate
                && aggregate.function() == Aggregate.Function.COUNT && aggregate.filter() == null;
        boolean apart = keys.size() + others.size() == edit.groupBy.size();
        if (!counts || keys.isEmpty() || !apart || keys.size() > 1 && !identifies(keys.get(0), edit)) {
            return Optional.empty();
        }
        Expression many = edit.measure().orElseThrow().expression();
        edit.groupBy.removeAll(keys);
        edit.select.removeIf(column -> keys.contains(column.expression()) || column.expression().equals(many));
        edit.orderBy.removeIf(order -> keys.contains(order.expression()) || order.expression().equals(many));
        edit.select.add(new OutputColumn(new Arithmetic(Arithmetic.Operator.DIVIDE, many,
                new Aggregate(Aggregate.Function.COUNT, keys.get(0), true, null)), "average"));
        List<String> steps = new ArrayList<>(groups.steps());
        steps.add("Average over those that have any.");
        return Optional.of(new Understood(edit.plan(), steps, groups.directives(), groups.confidence()));
    }

    /** Whether a key alone tells the rows of its table apart. */
    private boolean identifies(Expression key, PlanEdit edit) {
        return key instanceof Expression.Column column && edit.from.stream().filter(source -> source.alias().equals(column.alias()))
                .flatMap(source -> group.table(source.table()).stream()).anyMatch(table -> table.column(column.column())
                        .filter(ColumnDefinition::primaryKey).isPresent()
                        && table.columns().stream().filter(ColumnDefinition::primaryKey).count() == 1);
    }
}
