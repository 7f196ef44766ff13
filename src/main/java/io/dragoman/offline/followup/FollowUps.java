package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads follow-up questions: changes the plan of the question before by what is said of filters, time, grouping, order,
 * limit, columns and measures. What is not understood changes nothing.
 */
public final class FollowUps {

    private static final int LONGEST = 2_000;

    private FollowUps() {
    }

    /**
     * The plan that a follow-up question asks for.
     *
     * @param question at most 2,000 characters
     * @param previous the plan of the question before
     * @param group    the schema group of both
     * @param today    the caller's date
     * @param fresh    interprets a question of its own over the same group
     * @return the changed plan; what is ambiguous; or empty when some words were not understood as a change of the plan
     */
    public static Optional<Interpretation> apply(String question, LogicalPlan previous, SchemaGroup group, LocalDate today,
            Function<String, Interpretation> fresh) {
        if (question.length() > LONGEST || previous.setOperation() != null || Correlation.in(previous)) {
            return Optional.empty();
        }
        Turn turn = new Turn(question, new PlanEdit(previous), group, today, fresh);
        FilterChanges.drop(turn);
        TimeChanges.apply(turn);
        OrderChanges.apply(turn);
        GroupChanges.apply(turn);
        GroupConditions.apply(turn);
        if (!turn.rest().isEmpty()) {
            MeasureReplacement.apply(turn);
        }
        if (!turn.rest().isEmpty()) {
            MeasureChanges.apply(turn);
        }
        if (!turn.rest().isEmpty() && turn.ambiguous == null) {
            ColumnChanges.apply(turn);
        }
        if (!turn.rest().isEmpty() && turn.ambiguous == null) {
            FilterChanges.narrow(turn);
        }
        if (turn.ambiguous != null) {
            return Optional.of(turn.ambiguous);
        }
        if (!turn.rest().isEmpty() || !turn.changed()) {
            return Optional.empty();
        }
        return Optional.of(new Interpretation.Understood(turn.edit.plan(), List.copyOf(turn.steps), List.of(), 0.85));
    }
}
