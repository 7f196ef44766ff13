package io.dragoman.answer;

import io.dragoman.datasource.ResultTable;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column of a result and what it is for.
 *
 * @param index    its place in the rows
 * @param name     as the result has it
 * @param words    its name in words
 * @param role     what it is for
 * @param additive whether its values add up to a whole: counts and sums
 * @param percentage whether its values are percentages
 * @param period   what stretches of time its values stand for; null for none
 * @param change   whether its values say how much another column's changed from row to row
 */
record ShapedColumn(int index, String name, String words, Role role, boolean additive, boolean percentage, Period period, boolean change) {

    private static final int LOOKED_AT = 200;

    /** What columns are for. */
    enum Role { MEASURE, TIME, CATEGORY, IDENTIFIER }

    /** The columns of a result; the plan, which may be null, says more of those it computed. */
    static List<ShapedColumn> of(LogicalPlan plan, ResultTable table) {
        boolean matching = plan != null && plan.select().size() == table.columns().size();
        List<ShapedColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i).name();
            Expression expression = matching ? plan.select().get(i).expression() : null;
            boolean grouped = matching && plan.groupBy().contains(expression);
            Role role = role(name, expression, grouped, i, table);
            String lower = name.toLowerCase(Locale.ROOT);
            boolean percentage = role == Role.MEASURE && (lower.contains("percent") || lower.endsWith("_pct")
                    || lower.equals("pct"));
            int at = i;
            Period period = matching ? Period.of(expression, grouped) : role != Role.TIME ? null
                    : Period.of(name, table.rows().stream().limit(LOOKED_AT).map(row -> row.get(at)).toList());
            String words = period != null && name.equals("period") ? period.noun() : Nouns.words(name);
            columns.add(new ShapedColumn(i, name, words, role, role == Role.MEASURE && adds(expression), percentage, period,
                    changes(expression)));
        }
        return columns;
    }

    private static Role role(String name, Expression expression, boolean grouped, int index, ResultTable table) {
        if (expression instanceof Expression.TimeBucket) {
            return Role.TIME;
        }
        if (expression instanceof Expression.DatePart part) {
            return part.part() == Expression.DatePart.Part.YEAR ? Role.TIME : Role.IDENTIFIER;
        }
        boolean numbers = false;
        boolean times = false;
        boolean others = false;
        for (int i = 0; i < table.rows().size() && i < LOOKED_AT; i++) {
            Object value = table.rows().get(i).get(index);
            numbers |= value instanceof Number;
            times |= value instanceof Temporal || value instanceof String text && isoDate(text);
            others |= value != null && !(value instanceof Number) && !(value instanceof Temporal)
                    && !(value instanceof String text && isoDate(text));
        }
        if (others || numbers && times) {
            return Role.CATEGORY;
        }
        if (times) {
            return Role.TIME;
        }
        if (!numbers) {
            return Role.CATEGORY;
        }
        return grouped || !computed(expression) && identifies(name) ? Role.IDENTIFIER : Role.MEASURE;
    }

    /** Whether it holds the keys of rows. */
    boolean key() {
        return words.equals("id") || words.endsWith(" id");
    }

    private static boolean changes(Expression expression) {
        return expression instanceof Expression.Arithmetic arithmetic ? changes(arithmetic.left()) || changes(arithmetic.right())
                : expression instanceof Expression.Window window && window.function() == Expression.Window.Function.LAG;
    }

    private static boolean computed(Expression expression) {
        return expression instanceof Expression.Aggregate || expression instanceof Expression.Arithmetic
                || expression instanceof Expression.Window;
    }

    private static boolean identifies(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("id") || lower.endsWith("_id") || name.endsWith("Id") || lower.equals("year")
                || lower.endsWith("_year") || lower.equals("month") || lower.equals("weekday") || lower.equals("quarter")
                || lower.endsWith("_no") || lower.endsWith("_number") || lower.equals("zip") || lower.contains("postal")
                || lower.contains("phone") || lower.endsWith("_code") || lower.equals("code");
    }

    private static boolean adds(Expression expression) {
        return expression instanceof Expression.Aggregate aggregate && !aggregate.distinct()
                && (aggregate.function() == Expression.Aggregate.Function.SUM
                || aggregate.function() == Expression.Aggregate.Function.COUNT);
    }

    /** {@code 2024-03}, {@code 2024-03-05} and what starts like it. */
    private static boolean isoDate(String text) {
        if (text.length() < 7 || text.length() > 32 || text.charAt(4) != '-') {
            return false;
        }
        for (int i = 0; i < Math.min(10, text.length()); i++) {
            char c = text.charAt(i);
            boolean dash = i == 4 || i == 7;
            if (dash ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return text.length() == 7 || text.length() == 10 || text.length() > 10 && (text.charAt(10) == ' '
                || text.charAt(10) == 'T');
    }
}
