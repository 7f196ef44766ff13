package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression.Literal;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.Predicate.Comparison;
import io.dragoman.offline.plan.Predicate.Comparison.Operator;
import io.dragoman.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "only those with more than one", "at least 100": a bound for the only measure of the groups. */
final class GroupConditions {

    private static final Map<String, Operator> OPERATORS = Map.ofEntries(Map.entry("more than", Operator.GT),
            Map.entry("over", Operator.GT), Map.entry("above", Operator.GT), Map.entry("greater than", Operator.GT),
            Map.entry("at least", Operator.GE), Map.entry("less than", Operator.LT), Map.entry("fewer than", Operator.LT),
            Map.entry("under", Operator.LT), Map.entry("below", Operator.LT), Map.entry("at most", Operator.LE),
            Map.entry("exactly", Operator.EQ));
    private static final Pattern BOUND = Turn.pattern("^(?:(?:and|now|then|but|please|only|just|show|me|keep|those|these|the|ones|"
            + "which|that|who|where|it|is|are|have|has|having|with|of)\\s+)*(" + String.join("|", OPERATORS.keySet())
            + ")\\s+(\\d{1,12}(?:\\.\\d{1,6})?|one|two|three|four|five|six|seven|eight|nine|ten)(?: of (?:them|those|these))?$");

    private GroupConditions() {
    }

    static void apply(Turn turn) {
        PlanEdit edit = turn.edit;
        List<OutputColumn> measures = edit.select.stream().filter(column -> PlanEdit.aggregate(column.expression())).toList();
        Matcher bound = turn.find(BOUND);
        if (bound == null || edit.groupBy.isEmpty() || measures.size() != 1) {
            return;
        }
        Operator operator = OPERATORS.get(bound.group(1).toLowerCase(Locale.ROOT));
        String said = bound.group(2).toLowerCase(Locale.ROOT);
        String number = OrderChanges.NUMBERS.containsKey(said) ? OrderChanges.NUMBERS.get(said).toString() : said;
        Predicate term = new Comparison(operator, measures.get(0).expression(),
                new Literal(number, number.contains(".") ? DataType.DECIMAL : DataType.INTEGER));
        edit.having = edit.having == null ? term : new Predicate.And(List.of(edit.having, term));
        turn.cut(0, turn.rest().length());
        turn.step("Keep only groups with " + bound.group(1) + " " + number + ".");
    }
}
