package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.time.TimePhrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "per city", "break it down by status", "by month instead", "in total". */
final class GroupChanges {

    private static final Pattern UNGROUP = Turn.pattern("\\b(?:not grouped|ungrouped|without (?:the )?grouping|in total|overall|"
            + "(?:remove|drop|undo|clear) (?:the )?grouping|all together|altogether)\\b");
    private static final Pattern BY = Turn.pattern("\\b(?:(?:group(?:ed)?|broken down|break(?: (?:it|that|this|them))? down|"
            + "drill down|split(?: (?:it|that|this|them))?(?: up)?|aggregated?|summari[sz]ed?|show (?:it|them|that)|and)\\s+)?"
            + "(?:by|per|for each|for every|across)\\s+(?!the total)(.+)$");
    private static final Pattern DEEPER = Turn.pattern("^(?:and )?(?:break|split|drill|broken|further)");

    private GroupChanges() {
    }

    static void apply(Turn turn) {
        if (turn.edit.aggregated() && turn.take(UNGROUP) != null) {
            turn.edit.select.removeIf(column -> !PlanEdit.aggregate(column.expression()));
            turn.edit.groupBy.clear();
            turn.edit.orderBy.clear();
            turn.edit.limit = null;
            turn.step("Show one value for all rows.");
        }
        Matcher by = turn.find(BY);
        if (by == null) {
            return;
        }
        List<Expression> keys = new ArrayList<>();
        for (String part : Turn.parts(by.group(1))) {
            List<KnownColumns.Found> named = turn.columns.named(part);
            Expression.Column column = named.isEmpty() ? null : turn.columns.use(named.get(0));
            if (column == null) {
                return;
            }
            keys.add(column);
        }
        if (!keys.isEmpty()) {
            boolean deeper = DEEPER.matcher(turn.rest()).find();
            turn.cut(by.start(), by.end());
            group(turn, keys, null, deeper);
            turn.step("Group by " + String.join(" and ", keys.stream().map(key -> PlanEdit.column(key).column()).toList()) + ".");
        }
    }

    /** Groups by a bucket of time; false when nothing in the plan has a time for it. */
    static boolean byTime(Turn turn, TimePhrase phrase) {
        for (Expression.Column column : turn.columns.temporal()) {
            Optional<Expression> key = phrase.toGrouping(column);
            if (key.isPresent()) {
                group(turn, List.of(key.get()), key.get() instanceof Expression.Column ? null : "period", false);
                turn.step("Group “" + phrase.text() + "” of " + column.column() + ".");
                return true;
            }
        }
        return false;
    }

    private static void group(Turn turn, List<Expression> keys, String name, boolean deeper) {
        PlanEdit edit = turn.edit;
        turn.grouped = true;
        boolean adds = !turn.replacing && (turn.adding || deeper);
        boolean byTime = name != null || keys.stream().anyMatch(key -> key instanceof Expression.TimeBucket);
        if (!edit.aggregated()) {
            edit.select.clear();
            edit.select.add(new OutputColumn(new Aggregate(Aggregate.Function.COUNT, null, false, null), "count"));
            edit.orderBy.clear();
            edit.limit = null;
            edit.distinct = false;
        } else if (!adds) {
            List<Expression> old = List.copyOf(edit.groupBy);
            edit.select.removeIf(column -> old.contains(column.expression()) || !PlanEdit.aggregate(column.expression()));
            edit.orderBy.removeIf(order -> byTime || !PlanEdit.aggregate(order.expression()));
            edit.groupBy.clear();
            edit.limit = byTime ? null : edit.limit;
        }
        int place = adds ? (int) edit.select.stream().filter(column -> !PlanEdit.aggregate(column.expression())).count() : 0;
        for (Expression key : keys) {
            if (!edit.groupBy.contains(key)) {
                edit.groupBy.add(key);
                edit.select.add(place++, new OutputColumn(key, name));
            }
        }
        if (byTime && edit.orderBy.isEmpty()) {
            edit.orderBy.add(new LogicalPlan.Ordering(keys.get(0), false));
        }
    }
}
