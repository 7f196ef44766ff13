package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares of the whole: "what percentage of orders are cancelled", "share of revenue by category". */
final class Shares {

    private static final String SHARE = "^(?:(?:what|which)\\s+)?(?:(?:is|are|was|were)\\s+)?(?:(?:show|give|calculate|compute)(?: me)?\\s+)?"
            + "(?:the\\s+)?(?:percentage|percent|share|proportion|fraction) of (?:all |our |the )*";
    private static final Pattern BY = Pattern.compile("(?i)" + SHARE + "(.+?)\\s+(?:by|per|for each|in each|for every)\\s+(.+?)[?.!\\s]*$");
    private static final Pattern PART = Pattern.compile("(?i)" + SHARE
            + "(.+?)\\s+(is|are|was|were|has|have|had|comes?|came|that|who|which|in|with|from)\\s+(.+?)(?:,?\\s+(?:in|as) (?:a )?percent(?:age)?)?[?.!\\s]*$");
    private static final int LONGEST = 500;

    private Shares() {
    }

    /** The plan of a question for a share; empty when it asks for none. */
    static Optional<Interpretation> read(String question, Function<String, Interpretation> fresh) {
        if (question.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher by = BY.matcher(question.trim());
        if (by.matches()) {
            for (String start : List.of("total ", "number of ", "")) {
                Optional<Interpretation> groups = ofGroups(fresh.apply(start + by.group(1) + " by " + by.group(2)));
                if (groups.isPresent()) {
                    return groups;
                }
            }
        }
        Matcher part = PART.matcher(question.trim());
        if (!part.matches()) {
            return Optional.empty();
        }
        String rest = " " + part.group(2) + " " + part.group(3);
        for (String start : List.of("how many ", "total ")) {
            Optional<Interpretation> share = ofRows(fresh.apply(start + part.group(1)), fresh.apply(start + part.group(1) + rest));
            if (share.isPresent()) {
                return share;
            }
        }
        return Optional.empty();
    }

    private static Optional<Interpretation> ofGroups(Interpretation grouped) {
        if (!(grouped instanceof Interpretation.Understood understood) || understood.plan().setOperation() != null) {
            return Optional.empty();
        }
        PlanEdit edit = new PlanEdit(understood.plan());
        return Comparisons.ofTotal(edit) ? Optional.of(with(understood, edit.plan(), "Show each share of the total in percent."))
                : Optional.empty();
    }

    private static Optional<Interpretation> ofRows(Interpretation whole, Interpretation part) {
        if (!(whole instanceof Interpretation.Understood all) || !(part instanceof Interpretation.Understood some)
                || !single(all.plan()) || !single(some.plan())) {
            return Optional.empty();
        }
        List<Predicate> kept = new ArrayList<>();
        PlanEdit.terms(all.plan().where(), kept);
        PlanEdit edit = new PlanEdit(some.plan());
        List<Predicate> counted = new ArrayList<>(edit.where);
        counted.removeAll(kept);
        if (counted.isEmpty() || counted.size() + kept.size() != edit.where.size()) {
            return Optional.empty();
        }
        Aggregate measure = (Aggregate) some.plan().select().get(0).expression();
        Predicate filter = counted.size() == 1 ? counted.get(0) : new Predicate.And(counted);
        Expression share = new Arithmetic(Arithmetic.Operator.DIVIDE, new Arithmetic(Arithmetic.Operator.MULTIPLY,
                new Expression.Literal("100", DataType.INTEGER), new Aggregate(measure.function(), measure.argument(),
                        measure.distinct(), filter)), measure);
        edit.where.clear();
        edit.where.addAll(kept);
        edit.select.clear();
        edit.select.add(new OutputColumn(share, "percent"));
        return Optional.of(with(some, edit.plan(), "Show the share of those in percent."));
    }

    private static boolean single(LogicalPlan plan) {
        return plan.setOperation() == null && plan.groupBy().isEmpty() && plan.select().size() == 1
                && plan.select().get(0).expression() instanceof Aggregate aggregate && aggregate.filter() == null
                && (aggregate.function() == Aggregate.Function.COUNT || aggregate.function() == Aggregate.Function.SUM);
    }

    private static Interpretation with(Interpretation.Understood base, LogicalPlan plan, String step) {
        List<String> steps = new ArrayList<>(base.steps());
        steps.add(step);
        return new Interpretation.Understood(plan, steps, base.directives(), base.confidence());
    }
}
