package io.dragoman.dialect.sql;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.dialect.WordList;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.util.Locale;

/** PostgreSQL's spelling. */
final class PostgreSqlSyntax extends SqlSyntax {

    /** A Monday that starts a month and a year: buckets of several units are counted from it. */
    private static final String ORIGIN = "TIMESTAMP '2001-01-01'";

    PostgreSqlSyntax() {
        super("PostgreSQL", new Identifiers(WordList.read(PostgreSqlSyntax.class, "postgresql-reserved.txt"), '"', true,
                true));
    }

    @Override
    String relativeTime(Expression.RelativeTime time, boolean wholeDay) {
        boolean days = time.unit() == TimeUnit.DAY || time.unit() == TimeUnit.WEEK;
        if (time.startOf() == TimeUnit.DAY && days) {
            return offset("current_date", time.offset() * (time.unit() == TimeUnit.WEEK ? 7 : 1), null);
        }
        String start = switch (time.startOf()) {
            case SECOND -> "now()";
            case MINUTE, HOUR -> "date_trunc('" + lower(time.startOf()) + "', now())";
            case DAY -> "current_date";
            case WEEK, MONTH, QUARTER, YEAR -> "date_trunc('" + lower(time.startOf()) + "', current_date)";
        };
        return offset(start, time.offset(), time.unit());
    }

    private static String offset(String start, int offset, TimeUnit unit) {
        if (offset == 0) {
            return start;
        }
        String amount = unit == null ? String.valueOf(Math.abs(offset))
                : "interval '" + amount(Math.abs(offset), unit) + "'";
        return start + (offset < 0 ? " - " : " + ") + amount;
    }

    @Override
    String timeBucket(TimeUnit unit, int count, String operand, DataType type) {
        if (count == 1) {
            return "date_trunc('" + lower(unit) + "', " + operand + ")";
        }
        return switch (unit) {
            case SECOND, MINUTE, HOUR, DAY, WEEK ->
                    "date_bin('" + amount(count, unit) + "', " + operand + ", " + ORIGIN + ")";
            case MONTH -> months(count, operand);
            case QUARTER -> months(count * 3, operand);
            case YEAR -> "make_date(extract(year FROM " + operand + ")::int / " + count + " * " + count + ", 1, 1)";
        };
    }

    private String months(int count, String operand) {
        if (12 % count != 0) {
            throw cannot("buckets of " + count + " months");
        }
        return "make_date(extract(year FROM " + operand + ")::int, (extract(month FROM " + operand + ")::int - 1) / "
                + count + " * " + count + " + 1, 1)";
    }

    @Override
    String datePart(Expression.DatePart.Part part, String operand) {
        String field = part == Expression.DatePart.Part.WEEKDAY ? "isodow" : part.name().toLowerCase(Locale.ROOT);
        return "extract(" + field + " FROM " + operand + ")";
    }

    @Override
    String dividend(String operand, Expression expression, Expression divisor) {
        return ExpressionTypes.of(expression) == DataType.DECIMAL || ExpressionTypes.of(divisor) == DataType.DECIMAL
                ? operand : operand + "::numeric";
    }

    @Override
    String daysBetween(String later, String earlier, boolean dates) {
        return dates ? later + " - " + earlier
                : "extract(epoch FROM " + later + " - " + earlier + ") / 86400";
    }

    @Override
    String median(String operand) {
        return "percentile_cont(0.5) WITHIN GROUP (ORDER BY " + operand + ")";
    }

    @Override
    String like(String operand, DataType type, String pattern, boolean negated) {
        String text = type == DataType.TEXT || type == DataType.OTHER ? operand : asText(operand);
        return text + (negated ? " NOT ILIKE " : " ILIKE ") + string(pattern.replace("\\", "\\\\"));
    }

    @Override
    String dateOf(String operand) {
        return operand + "::date";
    }

    @Override
    String timeOf(String operand) {
        return operand + "::time";
    }

    @Override
    String asText(String operand) {
        return operand + "::text";
    }

    @Override
    String round(String operand, String places) {
        return places == null ? "ROUND(" + operand + ")" : "ROUND((" + operand + ")::numeric, " + places + ")";
    }

    @Override
    String nullsLast(boolean descending) {
        return descending ? " NULLS LAST" : "";
    }

    private static String lower(TimeUnit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }
}
