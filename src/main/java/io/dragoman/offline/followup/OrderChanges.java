package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan.Ordering;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "only the top 5", "sort by price descending", "newest first", "all of them". */
final class OrderChanges {

    static final Map<String, Integer> NUMBERS = Map.of("one", 1, "two", 2, "three", 3, "four", 4, "five", 5, "six", 6,
            "seven", 7, "eight", 8, "nine", 9, "ten", 10);
    private static final String NUMBER = "(\\d{1,5}|one|two|three|four|five|six|seven|eight|nine|ten)";
    private static final Pattern TOP = Turn.pattern("\\b(?:(?:only|just|show|show me|give me|keep|list)\\s+)*(?:the\\s+)?"
            + "(?<word>top|first|best|highest|largest|biggest|bottom|last|worst|lowest|smallest)\\s+(?<number>" + NUMBER + ")"
            + "\\b(?!\\s+(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?))(?:\\s+(?:of them|of those|ones|rows|results))?");
    private static final Pattern NUMBERED = Turn.pattern("\\b(?:(?:only|just|show|show me|give me|keep|list)\\s+)*(?:the\\s+)?"
            + "(?<number>" + NUMBER + ")\\s+(?<word>top|best|highest|largest|biggest|worst|lowest|smallest)"
            + "(?:\\s+(?:of them|of those|ones|rows|results))?$");
    private static final Pattern LIMIT = Turn.pattern("\\b(?:limit(?:ed)?(?: (?:it|them|that|the list|the results))?(?: to)?|"
            + "make (?:it|that)|only|just|show(?: me)?(?: only)?)\\s+" + NUMBER + "(?:\\s+(?:of them|of those|rows|results|entries|ones))?$");
    private static final Pattern ONE = Turn.pattern("\\b(?:only|just)?\\s*the\\s+(first|top|last|best|highest|lowest)(?: one)?$");
    private static final Pattern UNLIMITED = Turn.pattern("\\b(?:(?:remove|drop|clear|without|no) (?:the |a )?limit|(?:show |list |give me )?"
            + "all of (?:them|those|these)|(?:show |list )?(?:them )?all|show everything|everything)$");
    private static final Pattern SORT = Turn.pattern("\\b(?:and |then )?(sort|order|rank|arrange)(?:ed|d)?"
            + "(?: (?:them|it|these|those|that|this|everything|the (?:list|results?|rows|table)))?(?: by)? "
            + "(?!by\\b)(.+?)(?:[ ,]+(?:in )?(asc|desc|increasing|decreasing|reverse)\\w*(?: order)?)?$");
    private static final Pattern SORTED = Turn.pattern("^(?:in )?(asc|desc|increasing|decreasing)\\w*(?: order)?$");
    private static final Pattern REVERSE = Turn.pattern("^(?:in )?reversed?(?: (?:the |it|them)?\\s*(?:order|sorting|list)?)?$");
    private static final Pattern FIRST = Turn.pattern("[ ,]*(?:the |with the |put the )?\\b(highest|largest|biggest|newest|latest|"
            + "most recent|most expensive|best|most|lowest|smallest|oldest|earliest|cheapest|least|worst)(?: ones?)?\\s+first$");
    private static final Pattern BY = Turn.pattern("^by\\s+(.+)$");
    private static final String LOW = "bottom|last|worst|lowest|smallest|oldest|earliest|cheapest|least";

    private OrderChanges() {
    }

    static void apply(Turn turn) {
        if (turn.take(UNLIMITED) != null) {
            turn.edit.limit = null;
            turn.step("Show all rows.");
        }
        Matcher worded = turn.take(TOP);
        Matcher top = worded != null ? worded : turn.take(NUMBERED);
        Matcher limit = top == null ? turn.take(LIMIT) : null;
        Matcher one = top == null && limit == null ? turn.edit.aggregated() && turn.edit.groupBy.isEmpty() ? null
                : turn.take(ONE) : null;
        Boolean lowest = null;
        if (top != null || limit != null || one != null) {
            String number = top != null ? top.group("number") : limit != null ? limit.group(1) : "1";
            turn.edit.limit = Math.max(1, NUMBERS.getOrDefault(number.toLowerCase(Locale.ROOT), 0) > 0
                    ? NUMBERS.get(number.toLowerCase(Locale.ROOT)) : Integer.parseInt(number));
            String word = top != null ? top.group("word") : one != null ? one.group(1) : null;
            lowest = word == null || word.equalsIgnoreCase("first") ? null : word.toLowerCase(Locale.ROOT).matches(LOW);
            turn.step("Keep " + turn.edit.limit + (turn.edit.limit == 1 ? " row." : " rows."));
        }
        Matcher first = turn.take(FIRST);
        boolean sorted = sort(turn, first, lowest);
        if (!sorted && first != null) {
            byFirst(turn, first.group(1).toLowerCase(Locale.ROOT));
        } else if (!sorted && lowest != null && (turn.edit.orderBy.isEmpty() || lowest)) {
            byMeasure(turn, !lowest);
        }
        direction(turn);
    }

    private static boolean sort(Turn turn, Matcher first, Boolean lowest) {
        Matcher sort = turn.find(SORT);
        Matcher by = sort == null && lowest != null ? turn.find(BY) : null;
        if (sort == null && by == null) {
            return false;
        }
        String what = sort != null ? sort.group(2) : by.group(1);
        boolean alphabetically = what.toLowerCase(Locale.ROOT).startsWith("alphabetical");
        Expression key = alphabetically ? label(turn.edit) : key(turn, what);
        if (key == null) {
            return false;
        }
        boolean descending = by != null ? !lowest : sort.group(1).equalsIgnoreCase("rank");
        if (sort != null && sort.group(3) != null) {
            descending = sort.group(3).toLowerCase(Locale.ROOT).startsWith("d") || sort.group(3).equalsIgnoreCase("reverse");
        } else if (first != null) {
            descending = !first.group(1).toLowerCase(Locale.ROOT).matches(LOW);
        }
        Matcher used = sort != null ? sort : by;
        turn.cut(used.start(), used.end());
        order(turn, key, descending);
        return true;
    }

    private static void direction(Turn turn) {
        Matcher sorted = turn.find(SORTED);
        boolean reverse = sorted == null && turn.find(REVERSE) != null;
        if (turn.edit.orderBy.isEmpty() || sorted == null && !reverse) {
            return;
        }
        List<Ordering> before = List.copyOf(turn.edit.orderBy);
        turn.edit.orderBy.clear();
        before.forEach(order -> turn.edit.orderBy.add(new Ordering(order.expression(), reverse ? !order.descending()
                : sorted.group(1).toLowerCase(Locale.ROOT).startsWith("d"))));
        turn.cut(0, turn.rest().length());
        turn.step("Change the direction of the order.");
    }

    private static void byFirst(Turn turn, String word) {
        boolean time = List.of("newest", "latest", "most recent", "oldest", "earliest").contains(word);
        List<Expression.Column> times = time ? turn.columns.temporal() : List.of();
        if (time && !times.isEmpty() && !turn.edit.aggregated()) {
            order(turn, times.get(0), !word.matches(LOW));
        } else {
            byMeasure(turn, !word.matches(LOW));
        }
    }

    private static void byMeasure(Turn turn, boolean descending) {
        Expression key = turn.edit.measure().map(OutputColumn::expression).orElse(null);
        if (key == null) {
            List<Expression> numbers = MeasureChanges.amounts(turn);
            key = numbers.size() == 1 ? numbers.get(0) : null;
        }
        if (key != null) {
            order(turn, key, descending);
        }
    }

    private static void order(Turn turn, Expression key, boolean descending) {
        turn.edit.orderBy.clear();
        turn.edit.orderBy.add(new Ordering(key, descending));
        turn.step("Sort " + (descending ? "descending." : "ascending."));
    }

    private static Expression label(PlanEdit edit) {
        return edit.select.stream().map(OutputColumn::expression).filter(expression -> expression instanceof Expression.Column column
                && column.type() == DataType.TEXT).findFirst().orElse(null);
    }

    /** The output column that the words name, or a column of the plan's tables. */
    private static Expression key(Turn turn, String words) {
        String wanted = Names.singular(Names.words(words.replaceFirst("(?i)^(?:the|their|its)\\s+", "")));
        for (OutputColumn column : turn.edit.select) {
            Expression.Column of = PlanEdit.column(column.expression());
            String own = column.name() != null ? Names.singular(Names.words(column.name()))
                    : of == null ? "" : Names.singular(Names.words(of.column()));
            boolean argument = of != null && PlanEdit.aggregate(column.expression())
                    && wanted.endsWith(Names.singular(Names.words(of.column())));
            if (own.equals(wanted) || argument || PlanEdit.aggregate(column.expression())
                    && wanted.matches("number|count|total|number of .+|amount|value")) {
                return column.expression();
            }
        }
        List<KnownColumns.Found> named = turn.columns.named(wanted);
        if (named.isEmpty() || turn.edit.aggregated()) {
            return null;
        }
        return turn.columns.use(named.get(0));
    }
}
