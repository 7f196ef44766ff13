package io.dragoman.dialect.sql;

import io.dragoman.dialect.WordList;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.util.Locale;

/** DuckDB's spelling. */
final class DuckDbSyntax extends SqlSyntax {

    /** A Monday that starts a month and a year: buckets of several units are counted from it. */
    private static final String ORIGIN = "TIMESTAMP '2001-01-01'";
    /** The same for buckets of several years, which are counted from the year zero elsewhere. */
    private static final String YEARS = "TIMESTAMP '2000-01-01'";

    DuckDbSyntax() {
        super("DuckDB", new Identifiers(WordList.union(DuckDbSyntax.class, "duckdb-reserved.txt", "parser-reserved.txt"),
                '"', false, true));
    }

    @Override
    String relativeTime(Expression.RelativeTime time, boolean wholeDay) {
        String start = switch (time.startOf()) {
            case SECOND -> "CAST(now() AS TIMESTAMP)";
            case MINUTE, HOUR -> "date_trunc('" + lower(time.startOf()) + "', CAST(now() AS TIMESTAMP))";
            case DAY -> "current_date";
            case WEEK, MONTH, QUARTER, YEAR -> "date_trunc('" + lower(time.startOf()) + "', current_date)";
        };
        if (time.offset() == 0) {
            return start;
        }
        boolean days = time.startOf() == TimeUnit.DAY && (time.unit() == TimeUnit.DAY || time.unit() == TimeUnit.WEEK);
        int amount = Math.abs(time.offset());
        return start + (time.offset() < 0 ? " - " : " + ")
                + (days ? String.valueOf(amount * (time.unit() == TimeUnit.WEEK ? 7 : 1)) : interval(amount, time.unit()));
    }

    private static String interval(int amount, TimeUnit unit) {
        return "INTERVAL '" + amount(amount, unit) + "'";
    }

    @Override
    String timeBucket(TimeUnit unit, int count, String operand, DataType type) {
        if (count == 1) {
            return "date_trunc('" + lower(unit) + "', " + operand + ")";
        }
        int months = unit == TimeUnit.QUARTER ? count * 3 : count;
        if ((unit == TimeUnit.MONTH || unit == TimeUnit.QUARTER) && 12 % months != 0) {
            throw cannot("buckets of " + months + " months");
        }
        return "time_bucket(" + interval(count, unit) + ", " + operand + ", " + (unit == TimeUnit.YEAR ? YEARS : ORIGIN) + ")";
    }

    @Override
    String datePart(Expression.DatePart.Part part, String operand) {
        String function = part == Expression.DatePart.Part.WEEKDAY ? "isodow" : part.name().toLowerCase(Locale.ROOT);
        return function + "(" + operand + ")";
    }

    @Override
    String dividend(String operand, Expression expression, Expression divisor) {
        return operand;
    }

    @Override
    String daysBetween(String later, String earlier, boolean dates) {
        return dates ? later + " - " + earlier : "epoch(" + later + " - " + earlier + ") / 86400";
    }

    @Override
    String median(String operand) {
        return "median(" + operand + ")";
    }

    @Override
    String like(String operand, DataType type, String pattern, boolean negated) {
        String text = type == DataType.TEXT || type == DataType.OTHER ? operand : asText(operand);
        return text + (negated ? " NOT ILIKE " : " ILIKE ") + string(pattern);
    }

    @Override
    String dateOf(String operand) {
        return operand + "::DATE";
    }

    @Override
    String timeOf(String operand) {
        return operand + "::TIME";
    }

    @Override
    String asText(String operand) {
        return operand + "::VARCHAR";
    }

    @Override
    String nullsLast(boolean descending) {
        return descending ? " NULLS LAST" : "";
    }

    private static String lower(TimeUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    @Override
    String numberType() {
        return "DOUBLE";
    }
}
