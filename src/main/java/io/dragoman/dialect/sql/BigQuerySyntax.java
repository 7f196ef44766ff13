package io.dragoman.dialect.sql;

import io.dragoman.dialect.WordList;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.LogicalPlan.SetOperation;
import io.dragoman.schema.DataType;
import java.util.Locale;

/**
 * BigQuery's spelling. Points in time are taken to be of the type TIMESTAMP. Constants beside a comparison are written as
 * texts, which are read in the type of the other side, as a date is never compared with a timestamp there.
 */
final class BigQuerySyntax extends SqlSyntax {

    /** A Monday that starts a month and a year: buckets of several units are counted from it. */
    private static final String ORIGIN = "'2001-01-01'";
    /** The same for buckets of several years, which are counted from the year zero elsewhere. */
    private static final String YEARS = "'2000-01-01'";

    BigQuerySyntax() {
        super("BigQuery", new Identifiers(WordList.union(BigQuerySyntax.class, "bigquery-reserved.txt",
                "parser-reserved.txt"), '`', false, true));
    }

    @Override
    String string(String text) {
        if (text.indexOf('\0') >= 0) {
            throw cannot("a text with a NUL character");
        }
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'";
    }

    @Override
    String comparedLiteral(Expression.Literal literal, boolean wholeDay) {
        String typed = literal(literal, wholeDay);
        return literal.type().temporal() ? typed.substring(typed.indexOf('\'')) : typed;
    }

    @Override
    String comparedTime(Expression.RelativeTime time, boolean wholeDay, DataType other) {
        String text = relativeTime(time, wholeDay);
        boolean date = isDate(time);
        return date && other == DataType.TIMESTAMP ? "TIMESTAMP(" + text + ")"
                : !date && other == DataType.DATE ? "DATE(" + text + ")" : text;
    }

    private static boolean isDate(Expression.RelativeTime time) {
        return atLeastDay(time.startOf()) && (time.offset() == 0 || atLeastDay(time.unit()));
    }

    private static boolean atLeastDay(TimeUnit unit) {
        return unit.compareTo(TimeUnit.DAY) >= 0;
    }

    @Override
    String relativeTime(Expression.RelativeTime time, boolean wholeDay) {
        String start = switch (time.startOf()) {
            case SECOND -> "CURRENT_TIMESTAMP()";
            case MINUTE, HOUR -> "TIMESTAMP_TRUNC(CURRENT_TIMESTAMP(), " + time.startOf() + ")";
            case DAY -> "CURRENT_DATE()";
            case WEEK -> "DATE_TRUNC(CURRENT_DATE(), ISOWEEK)";
            case MONTH, QUARTER, YEAR -> "DATE_TRUNC(CURRENT_DATE(), " + time.startOf() + ")";
        };
        if (time.offset() == 0) {
            return start;
        }
        String move = (time.offset() < 0 ? "_SUB(" : "_ADD(");
        String interval = ", INTERVAL " + Math.abs(time.offset()) + " " + time.unit() + ")";
        if (isDate(time)) {
            return "DATE" + move + start + interval;
        }
        String moment = atLeastDay(time.startOf()) ? "TIMESTAMP(" + start + ")" : start;
        return time.unit().compareTo(TimeUnit.DAY) <= 0 ? "TIMESTAMP" + move + moment + interval
                : "TIMESTAMP(DATETIME" + move + "DATETIME(" + moment + ")" + interval + ")";
    }

    @Override
    String timeBucket(TimeUnit unit, int count, String operand, DataType type) {
        String argument = stripParentheses(operand);
        if (count == 1) {
            String part = unit == TimeUnit.WEEK ? "ISOWEEK" : unit.name();
            return (type == DataType.DATE ? "DATE_TRUNC(" : "TIMESTAMP_TRUNC(") + argument + ", " + part + ")";
        }
        int months = unit == TimeUnit.QUARTER ? count * 3 : count;
        if ((unit == TimeUnit.MONTH || unit == TimeUnit.QUARTER) && 12 % months != 0) {
            throw cannot("buckets of " + months + " months");
        }
        String width = "INTERVAL " + amount(count, unit).replaceAll("s$", "").toUpperCase(Locale.ROOT);
        if (!atLeastDay(unit)) {
            return "TIMESTAMP_BUCKET(" + argument + ", " + width + ", TIMESTAMP " + ORIGIN + ")";
        }
        return "DATE_BUCKET(" + (type == DataType.DATE ? argument : "DATE(" + argument + ")") + ", " + width + ", DATE "
                + (unit == TimeUnit.YEAR ? YEARS : ORIGIN) + ")";
    }

    @Override
    String datePart(Expression.DatePart.Part part, String operand) {
        return switch (part) {
            case WEEK -> "EXTRACT(ISOWEEK FROM " + operand + ")";
            case WEEKDAY -> "(MOD(EXTRACT(DAYOFWEEK FROM " + operand + ") + 5, 7) + 1)";
            default -> "EXTRACT(" + part.name() + " FROM " + operand + ")";
        };
    }

    @Override
    String dividend(String operand, Expression expression, Expression divisor) {
        return operand;
    }

    @Override
    String daysBetween(String later, String earlier, boolean dates) {
        return dates ? "DATE_DIFF(" + later + ", " + earlier + ", DAY)"
                : "TIMESTAMP_DIFF(" + later + ", " + earlier + ", SECOND) / 86400";
    }

    @Override
    String like(String operand, DataType type, String pattern, boolean negated) {
        String text = type == DataType.TEXT || type == DataType.OTHER ? operand : asText(operand);
        return "LOWER(" + text + ")" + (negated ? " NOT LIKE " : " LIKE ")
                + string(pattern.toLowerCase(Locale.ROOT).replace("\\", "\\\\"));
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
        return "CAST(" + operand + " AS STRING)";
    }

    @Override
    boolean filters() {
        return false;
    }

    @Override
    String half(String operand) {
        return "DIV(" + operand + ", 2)";
    }

    @Override
    String setOperation(SetOperation.Kind kind) {
        return kind == SetOperation.Kind.UNION_ALL ? "UNION ALL" : kind.name() + " DISTINCT";
    }

    @Override
    String nullsLast(boolean descending) {
        return descending ? "" : " NULLS LAST";
    }
}
