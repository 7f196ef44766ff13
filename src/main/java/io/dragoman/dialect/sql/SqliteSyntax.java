package io.dragoman.dialect.sql;

import io.dragoman.dialect.WordList;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;

/**
 * SQLite's spelling. Points in time are ISO-8601 text there, so that comparing text compares times; a midnight is
 * written as a date where that compares rightly with both dates and timestamps.
 */
final class SqliteSyntax extends SqlSyntax {

    /** The Julian day number of 2001-01-01, a Monday: buckets of several days are counted from it. */
    private static final int ORIGIN = 2_451_911;

    SqliteSyntax() {
        super("SQLite", new Identifiers(WordList.read(SqliteSyntax.class, "sqlite-reserved.txt"), '"', false, false));
    }

    @Override
    String temporal(String type, String text) {
        return string(text);
    }

    @Override
    String bool(boolean value) {
        return value ? "1" : "0";
    }

    @Override
    String holds(String operand) {
        return operand + " = 1";
    }

    @Override
    String relativeTime(Expression.RelativeTime time, boolean wholeDay) {
        String start = switch (time.startOf()) {
            case SECOND, MINUTE, HOUR -> "'now'";
            case DAY -> "'now', 'start of day'";
            case WEEK -> "'now', 'start of day', '-6 days', 'weekday 1'";
            case MONTH -> "'now', 'start of month'";
            case QUARTER -> "'now', 'start of month', " + monthsIntoQuarter("'now'");
            case YEAR -> "'now', 'start of year'";
        };
        String move = time.offset() == 0 ? "" : ", '" + modifier(time.offset(), time.unit()) + "'";
        if (time.startOf() == TimeUnit.MINUTE || time.startOf() == TimeUnit.HOUR) {
            String format = time.startOf() == TimeUnit.HOUR ? "'%Y-%m-%d %H:00:00'" : "'%Y-%m-%d %H:%M:00'";
            String truncated = "strftime(" + format + ", 'now')";
            return move.isEmpty() ? truncated : "datetime(" + truncated + move + ")";
        }
        String moved = start + move;
        boolean midnight = atLeastDay(time.startOf()) && atLeastDay(time.unit());
        return midnight && wholeDay ? "date(" + moved.replace("'now', 'start of day'", "'now'") + ")"
                : "datetime(" + moved + ")";
    }

    private static boolean atLeastDay(TimeUnit unit) {
        return unit.compareTo(TimeUnit.DAY) >= 0;
    }

    private static String modifier(int offset, TimeUnit unit) {
        String amount = unit == TimeUnit.WEEK ? amount(offset * 7, TimeUnit.DAY) : amount(offset, unit);
        return offset > 0 ? "+" + amount : amount;
    }

    private static String monthsIntoQuarter(String operand) {
        return "'-' || ((strftime('%m', " + operand + ") - 1) % 3) || ' months'";
    }

    @Override
    String timeBucket(TimeUnit unit, int count, String operand, DataType type) {
        if (count != 1) {
            return buckets(unit, count, operand);
        }
        return switch (unit) {
            case SECOND -> "strftime('%Y-%m-%d %H:%M:%S', " + operand + ")";
            case MINUTE -> "strftime('%Y-%m-%d %H:%M:00', " + operand + ")";
            case HOUR -> "strftime('%Y-%m-%d %H:00:00', " + operand + ")";
            case DAY -> "date(" + operand + ")";
            case WEEK -> "date(" + operand + ", '-6 days', 'weekday 1')";
            case MONTH -> "strftime('%Y-%m-01', " + operand + ")";
            case QUARTER -> "date(" + operand + ", 'start of month', " + monthsIntoQuarter(operand) + ")";
            case YEAR -> "strftime('%Y-01-01', " + operand + ")";
        };
    }

    private String buckets(TimeUnit unit, int count, String operand) {
        return switch (unit) {
            case SECOND -> seconds(count, operand);
            case MINUTE -> seconds(count * 60, operand);
            case HOUR -> seconds(count * 3600, operand);
            case DAY -> days(count, operand);
            case WEEK -> days(count * 7, operand);
            case MONTH -> months(count, operand);
            case QUARTER -> months(count * 3, operand);
            case YEAR -> "printf('%04d-01-01', strftime('%Y', " + operand + ") / " + count + " * " + count + ")";
        };
    }

    private static String seconds(int count, String operand) {
        return "datetime(strftime('%s', " + operand + ") / " + count + " * " + count + ", 'unixepoch')";
    }

    private static String days(int count, String operand) {
        int shift = ORIGIN % count;
        String day = "(CAST(julianday(date(" + operand + ")) + 0.5 AS INTEGER)" + (shift == 0 ? "" : " - " + shift) + ")";
        return "date(" + day + " / " + count + " * " + count + (shift == 0 ? "" : " + " + shift) + " - 0.5)";
    }

    private String months(int count, String operand) {
        if (12 % count != 0) {
            throw cannot("buckets of " + count + " months");
        }
        return "date(" + operand + ", 'start of month', '-' || ((strftime('%m', " + operand + ") - 1) % " + count
                + ") || ' months')";
    }

    @Override
    String datePart(Expression.DatePart.Part part, String operand) {
        return switch (part) {
            case YEAR -> number("%Y", operand);
            case MONTH -> number("%m", operand);
            case DAY -> number("%d", operand);
            case HOUR -> number("%H", operand);
            case MINUTE -> number("%M", operand);
            case QUARTER -> "((strftime('%m', " + operand + ") + 2) / 3)";
            case WEEKDAY -> "((strftime('%w', " + operand + ") + 6) % 7 + 1)";
            case WEEK -> "((strftime('%j', date(" + operand + ", '-3 days', 'weekday 4')) - 1) / 7 + 1)";
        };
    }

    private static String number(String format, String operand) {
        return "CAST(strftime('" + format + "', " + operand + ") AS INTEGER)";
    }

    @Override
    String dividend(String operand, Expression expression, Expression divisor) {
        boolean real = expression instanceof Expression.Literal literal && literal.text().contains(".")
                || expression instanceof Expression.Aggregate aggregate
                && aggregate.function() == Expression.Aggregate.Function.AVG;
        String plain = expression instanceof Expression.ScalarSubquery ? operand : stripParentheses(operand);
        return real ? operand : "CAST(" + plain + " AS REAL)";
    }

    @Override
    String divisor(String operand, Expression expression) {
        return operand;
    }

    @Override
    String daysBetween(String later, String earlier, boolean dates) {
        return "julianday(" + later + ") - julianday(" + earlier + ")";
    }

    @Override
    String standardDeviation(String operand, String filter) {
        String sum = "SUM(" + operand + ")" + filter;
        String count = "COUNT(" + operand + ")" + filter;
        return "sqrt(max(0.0, (SUM(" + operand + " * 1.0 * " + operand + ")" + filter + " - " + sum + " * 1.0 * " + sum
                + " / " + count + ") / NULLIF(" + count + " - 1, 0)))";
    }

    @Override
    String like(String operand, DataType type, String pattern, boolean negated) {
        return operand + (negated ? " NOT LIKE " : " LIKE ") + string(pattern);
    }

    @Override
    String dateOf(String operand) {
        return "date(" + operand + ")";
    }

    @Override
    String timeOf(String operand) {
        return "time(" + operand + ")";
    }

    @Override
    String nullsLast(boolean descending) {
        return descending ? "" : " NULLS LAST";
    }

    @Override
    boolean parenthesisesSetMembers() {
        return false;
    }

    @Override
    String numberType() {
        return "REAL";
    }
}
