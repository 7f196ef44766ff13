package io.dragoman.dialect.sql;

import io.dragoman.dialect.WordList;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.util.List;

/** MySQL's spelling, which MariaDB understands too. Texts compare as their collation says, by default in any case. */
final class MySqlSyntax extends SqlSyntax {

    /** A Monday that starts a month and a year: buckets of several units are counted from it. */
    private static final String ORIGIN = "'2001-01-01'";

    MySqlSyntax() {
        super("MySQL", new Identifiers(WordList.union(MySqlSyntax.class, "mysql-reserved.txt", "parser-reserved.txt"), '`',
                false, true));
    }

    @Override
    String string(String text) {
        return super.string(text.replace("\\", "\\\\"));
    }

    @Override
    String relativeTime(Expression.RelativeTime time, boolean wholeDay) {
        String start = switch (time.startOf()) {
            case SECOND -> "NOW()";
            case MINUTE, HOUR, MONTH -> timeBucket(time.startOf(), 1, time.startOf() == TimeUnit.MONTH ? "CURRENT_DATE"
                    : "NOW()", time.type());
            case DAY -> "CURRENT_DATE";
            case WEEK, QUARTER, YEAR -> timeBucket(time.startOf(), 1, "CURRENT_DATE", time.type());
        };
        if (time.offset() == 0) {
            return start;
        }
        return start + (time.offset() < 0 ? " - " : " + ") + interval(String.valueOf(Math.abs(time.offset())), time.unit());
    }

    private static String interval(String amount, TimeUnit unit) {
        return "INTERVAL " + amount + " " + unit.name();
    }

    @Override
    String timeBucket(TimeUnit unit, int count, String operand, DataType type) {
        String argument = stripParentheses(operand);
        if (count != 1) {
            return buckets(unit, count, argument);
        }
        return switch (unit) {
            case SECOND -> "DATE_FORMAT(" + argument + ", '%Y-%m-%d %H:%i:%s')";
            case MINUTE -> "DATE_FORMAT(" + argument + ", '%Y-%m-%d %H:%i:00')";
            case HOUR -> "DATE_FORMAT(" + argument + ", '%Y-%m-%d %H:00:00')";
            case DAY -> "DATE(" + argument + ")";
            case WEEK -> "DATE_SUB(DATE(" + argument + "), " + interval("WEEKDAY(" + argument + ")", TimeUnit.DAY) + ")";
            case MONTH -> "DATE_FORMAT(" + argument + ", '%Y-%m-01')";
            case QUARTER -> "DATE_SUB(MAKEDATE(YEAR(" + argument + "), 1) + " + interval("QUARTER(" + argument + ")",
                    TimeUnit.QUARTER) + ", INTERVAL 1 QUARTER)";
            case YEAR -> "MAKEDATE(YEAR(" + argument + "), 1)";
        };
    }

    private String buckets(TimeUnit unit, int count, String argument) {
        return switch (unit) {
            case SECOND -> seconds(count, argument);
            case MINUTE -> seconds(count * 60, argument);
            case HOUR -> seconds(count * 3600, argument);
            case DAY -> days(count, argument);
            case WEEK -> days(count * 7, argument);
            case MONTH -> months(count, argument);
            case QUARTER -> months(count * 3, argument);
            case YEAR -> "MAKEDATE(YEAR(" + argument + ") DIV " + count + " * " + count + ", 1)";
        };
    }

    private static String seconds(int count, String argument) {
        return "DATE_SUB(" + argument + ", " + interval("MOD(TIMESTAMPDIFF(SECOND, " + ORIGIN + ", " + argument + "), "
                + count + ")", TimeUnit.SECOND) + ")";
    }

    private static String days(int count, String argument) {
        return "DATE_SUB(DATE(" + argument + "), " + interval("MOD(DATEDIFF(" + argument + ", " + ORIGIN + "), " + count
                + ")", TimeUnit.DAY) + ")";
    }

    private String months(int count, String argument) {
        if (12 % count != 0) {
            throw cannot("buckets of " + count + " months");
        }
        return "DATE_SUB(DATE_FORMAT(" + argument + ", '%Y-%m-01'), " + interval("MOD(MONTH(" + argument + ") - 1, " + count
                + ")", TimeUnit.MONTH) + ")";
    }

    @Override
    String datePart(Expression.DatePart.Part part, String operand) {
        return switch (part) {
            case WEEK -> "WEEK(" + operand + ", 3)";
            case WEEKDAY -> "(WEEKDAY(" + operand + ") + 1)";
            default -> part.name() + "(" + operand + ")";
        };
    }

    @Override
    String dividend(String operand, Expression expression, Expression divisor) {
        return operand;
    }

    @Override
    String divisor(String operand, Expression expression) {
        return operand;
    }

    @Override
    String daysBetween(String later, String earlier, boolean dates) {
        return dates ? "DATEDIFF(" + later + ", " + earlier + ")"
                : "TIMESTAMPDIFF(SECOND, " + earlier + ", " + later + ") / 86400";
    }

    @Override
    String like(String operand, DataType type, String pattern, boolean negated) {
        return operand + (negated ? " NOT LIKE " : " LIKE ") + string(pattern.replace("\\", "\\\\"));
    }

    @Override
    String dateOf(String operand) {
        return "DATE(" + operand + ")";
    }

    @Override
    String timeOf(String operand) {
        return "TIME(" + operand + ")";
    }

    @Override
    String asText(String operand) {
        return "CAST(" + operand + " AS CHAR)";
    }

    @Override
    String concat(List<String> operands, List<Expression> expressions) {
        return "CONCAT(" + String.join(", ", operands) + ")";
    }

    @Override
    String function(Expression.Call.Function function) {
        return function == Expression.Call.Function.LENGTH ? "CHAR_LENGTH" : function.name();
    }

    @Override
    boolean filters() {
        return false;
    }

    @Override
    String half(String operand) {
        return "(" + operand + ") DIV 2";
    }

    @Override
    boolean limitsMembership() {
        return false;
    }

    @Override
    String nullsLast(boolean descending) {
        return "";
    }

    @Override
    String sortKey(String key, String value, boolean descending, boolean nullable) {
        return descending ? key + " DESC" : nullable ? value + " IS NULL, " + key : key;
    }

    @Override
    String numberType() {
        return "DECIMAL(38, 10)";
    }
}
