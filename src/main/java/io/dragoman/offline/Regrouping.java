package io.dragoman.offline;

import io.dragoman.offline.plan.Expression.Aggregate.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Settles which conditions belong together when all are known. <i>In LA with more than 15 or in AZ with less than 13</i> are two
 * pairs of conditions; two values of one column can be had by several rows, never by one.
 */
final class Regrouping {

    private static final Set<Condition.Kind> PLAIN = Set.of(Condition.Kind.COMPARE, Condition.Kind.BETWEEN, Condition.Kind.LIKE, Condition.Kind.NULL);

    private final Frame frame;
    private final List<Condition> conditions;

    private Regrouping(Frame frame) {
        this.frame = frame;
        this.conditions = frame.conditions;
    }

    static void of(Frame frame) {
        Regrouping regrouping = new Regrouping(frame);
        regrouping.once();
        regrouping.contradictions();
        regrouping.pairs();
        regrouping.parts();
    }

    /** What is said twice, as in <i>female students (sex is F)</i>, holds once. */
    private void once() {
        for (int j = conditions.size() - 1; j > 0; j--) {
            Condition one = conditions.get(j);
            boolean said = equality(one) && one.companions.isEmpty() && !one.alternative && conditions.subList(0, j).stream().anyMatch(other ->
                    equality(other) && other.column() == one.column() && other.values.equals(one.values));
            if (said && conditions.stream().noneMatch(other -> other.alternative || other.intersect)) {
                conditions.remove(j);
            }
        }
    }

    private void contradictions() {
        for (int j = 1; j < conditions.size(); j++) {
            Condition second = conditions.get(j);
            Condition before = conditions.get(j - 1);
            if (!second.alternative && before.kind == Condition.Kind.TIME && second.kind == Condition.Kind.TIME && before.column() == second.column()
                    && before.time.phrase().excludes(second.time.phrase())) {
                second.intersect = true;
            }
            int k = equality(second) && !second.alternative && !second.intersect ? other(j) : -1;
            if (k < 0) {
                continue;
            }
            if (ofTheRows(second.column())) {
                second.alternative = true;
            } else if (j - k == 1) {
                second.intersect = true;
            }
        }
    }

    /** The condition before that asks for another value of the same column; -1 for none. */
    private int other(int j) {
        for (int k = j - 1; k >= 0; k--) {
            Condition first = conditions.get(k);
            if (first.alternative) {
                return -1;
            }
            if (equality(first) && first.column() == conditions.get(j).column()) {
                return !first.intersect && !first.values.equals(conditions.get(j).values) ? k : -1;
            }
        }
        return -1;
    }

    /** Conditions on either side of an <i>or</i>, where both sides begin with the same column. */
    private void pairs() {
        for (int j = 2; j < conditions.size(); j++) {
            Condition second = conditions.get(j);
            int k = second.alternative && second.column() != null ? start(j) : -1;
            if (k < 0) {
                continue;
            }
            int length = j - k;
            int end = j + 1;
            while (end < conditions.size() && end < j + length && plain(conditions.get(end)) && !conditions.get(end).alternative) {
                end++;
            }
            List<Condition> ours = new ArrayList<>(conditions.subList(k + 1, j));
            List<Condition> theirs = new ArrayList<>(conditions.subList(j + 1, end));
            conditions.get(k).companions.addAll(ours);
            second.companions.addAll(theirs);
            conditions.subList(j + 1, end).clear();
            conditions.subList(k + 1, j).clear();
            j = k + 1;
        }
    }

    private int start(int j) {
        ColumnNode column = conditions.get(j).column();
        for (int k = j - 1; k >= 0; k--) {
            Condition first = conditions.get(k);
            if (!plain(first) || k > 0 && first.alternative) {
                return -1;
            }
            if (first.column() == column) {
                return j - k > 1 ? k : -1;
            }
        }
        return -1;
    }

    /** <i>The average age of male and female students</i>: one number each. */
    private void parts() {
        for (Condition condition : conditions) {
            boolean own = condition.intersect && frame.aggregates() && condition.column() != null && equality(condition)
                    && frame.targets.stream().allMatch(target -> target.measure() != null && target.measure().aggregate()
                    && target.measure().table() == condition.column().table);
            if (own) {
                condition.intersect = false;
                condition.alternative = true;
                frame.groupColumns.add(condition.column());
            }
        }
    }

    /** Whether the rows that are shown or counted have the column themselves, and so one value of it. */
    private boolean ofTheRows(ColumnNode column) {
        TableNode table = column.table;
        return frame.targets.stream().anyMatch(target -> target.entity() == table || target.measure() != null && target.measure().table() == table
                && (target.measure().column() == null ? target.measure().function() == Function.COUNT
                : target.measure().column() == table.key() || table.display().contains(target.measure().column())));
    }

    private static boolean plain(Condition condition) {
        return PLAIN.contains(condition.kind) && condition.left != null && !condition.left.aggregate() && !condition.negated
                && !condition.intersect && condition.right == null;
    }

    private static boolean equality(Condition condition) {
        return condition.kind == Condition.Kind.COMPARE && "=".equals(condition.operator) && condition.column() != null
                && !condition.left.aggregate() && !condition.negated && condition.right == null;
    }
}
