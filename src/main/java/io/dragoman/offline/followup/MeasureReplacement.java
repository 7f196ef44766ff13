package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import java.util.List;
import java.util.regex.Pattern;

/** "units sold instead": another measure in the place of the one before, its conditions and groups kept. */
final class MeasureReplacement {

    private static final Pattern OPENING = Turn.pattern("^(?:(?:and|now|then|but|please|ok|so|show(?: me)?|use|give me|the)\\s+)+");
    private static final double SURE = 0.75;

    private MeasureReplacement() {
    }

    static void apply(Turn turn) {
        if (!turn.replacing || !turn.edit.aggregated()) {
            return;
        }
        String words = OPENING.matcher(turn.rest()).replaceFirst("");
        for (String question : List.of(words, "total " + words)) {
            if (turn.fresh.apply(question) instanceof Interpretation.Understood understood && understood.confidence() >= SURE
                    && onlyMeasures(understood.plan(), turn.edit.main())) {
                Aliases here = turn.edit.adopt(understood.plan());
                if (here != null) {
                    OutputColumn measure = understood.plan().select().get(0);
                    turn.edit.measure(new OutputColumn(here.in(measure.expression()), measure.name()));
                    turn.cut(0, turn.rest().length());
                    turn.step("Show " + words + " instead.");
                    return;
                }
            }
        }
    }

    /** Whether the plan is one value over the table alone: over others, joins could count rows more than once. */
    private static boolean onlyMeasures(LogicalPlan plan, LogicalPlan.Source main) {
        return plan.from().size() == 1 && plan.from().get(0).table().equalsIgnoreCase(main.table())
                && plan.from().get(0).definition().equals(main.definition()) && plan.where() == null
                && plan.groupBy().isEmpty() && plan.having() == null && plan.setOperation() == null
                && plan.select().size() == 1 && PlanEdit.aggregate(plan.select().get(0).expression());
    }
}
