package io.dragoman.dialect.sql;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.LogicalPlan.SetOperation;
import io.dragoman.schema.DataType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What one database spells differently from the others. A new database of the family is a subclass of this. */
abstract class SqlSyntax {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter PRECISE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final String title;
    private final Identifiers identifiers;

    /**
     * @param title       the database's name, for messages
     * @param identifiers how names are written
     */
    SqlSyntax(String title, Identifiers identifiers) {
        this.title = title;
        this.identifiers = identifiers;
    }

    final String title() {
        return title;
    }

    final Identifiers identifiers() {
        return identifiers;
    }

    final CannotRenderException cannot(String what) {
        return new CannotRenderException(title + " has no way to say " + what);
    }

    /** A constant. {@code wholeDay} allows a midnight to be written as a date. */
    String literal(Expression.Literal literal, boolean wholeDay) {
        String text = literal.text();
        return switch (literal.type()) {
            case INTEGER, DECIMAL -> number(text);
            case BOOLEAN -> bool(Boolean.parseBoolean(text) || "1".equals(text));
            case DATE -> temporal("DATE", text);
            case TIME -> temporal("TIME", text);
            case TIMESTAMP -> timestamp(text, wholeDay);
            case TEXT, BINARY, OTHER -> string(text);
        };
    }

    /** A text constant, escaped. */
    String string(String text) {
        if (text.indexOf('\0') >= 0) {
            throw cannot("a text with a NUL character");
        }
        return "'" + text.replace("'", "''") + "'";
    }

    private String number(String text) {
        try {
            String plain = new BigDecimal(text.trim()).toPlainString();
            return plain.length() > 60 ? new BigDecimal(text.trim()).toString() : plain;
        } catch (NumberFormatException e) {
            throw cannot("the number '" + text + "'");
        }
    }

    private String timestamp(String text, boolean wholeDay) {
        LocalDateTime time;
        try {
            String iso = text.trim().replace(' ', 'T');
            time = iso.endsWith("Z") || iso.lastIndexOf('+') > 0
                    ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                    : iso.indexOf('T') < 0 ? LocalDateTime.parse(iso + "T00:00") : LocalDateTime.parse(iso);
        } catch (DateTimeException e) {
            throw cannot("the time '" + text + "'");
        }
        boolean midnight = time.toLocalTime().toNanoOfDay() == 0;
        if (midnight && wholeDay) {
            return temporal("DATE", time.toLocalDate().toString());
        }
        return temporal("TIMESTAMP", time.format(time.getNano() == 0 ? TIMESTAMP : PRECISE));
    }

    /** A constant point in time; {@code type} is {@code DATE}, {@code TIME} or {@code TIMESTAMP}. */
    String temporal(String type, String text) {
        return type + " " + string(text);
    }

    String bool(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    /** A column known to be boolean, as a condition. */
    String holds(String operand) {
        return operand;
    }

    /**
     * A point in time relative to now.
     *
     * @param wholeDay whether a date will do where the time is a midnight
     */
    abstract String relativeTime(Expression.RelativeTime time, boolean wholeDay);

    /** The start of the bucket that {@code operand} falls in. */
    abstract String timeBucket(TimeUnit unit, int count, String operand, DataType type);

    /** A part of a time as a number. */
    abstract String datePart(Expression.DatePart.Part part, String operand);

    /** The left operand of a division, so that the division is never an integer's. */
    abstract String dividend(String operand, Expression expression, Expression divisor);

    /** A divisor that gives null in place of an error when it is zero. */
    String divisor(String operand, Expression expression) {
        boolean constant = expression instanceof Expression.Literal literal && !literal.text().matches("[-+]?0*\\.?0*");
        String plain = expression instanceof Expression.ScalarSubquery ? operand : stripParentheses(operand);
        return constant ? operand : "NULLIF(" + plain + ", 0)";
    }

    /** Days between two points in time. */
    abstract String daysBetween(String later, String earlier, boolean dates);

    /** The median over the group; null when this database has no such aggregate. */
    String median(String operand) {
        return null;
    }

    /** The standard deviation of the sample. */
    String standardDeviation(String operand, String filter) {
        return "stddev_samp(" + operand + ")" + filter;
    }

    /** Matches a pattern whatever the case; {@code pattern} has no escapes. */
    abstract String like(String operand, DataType type, String pattern, boolean negated);

    /** The date of a point in time or of a text that holds one. */
    abstract String dateOf(String operand);

    /** The time of day of a point in time. */
    abstract String timeOf(String operand);

    /** A value read as text. */
    String asText(String operand) {
        return "CAST(" + operand + " AS TEXT)";
    }

    /** A text read as a number; null when it is blank. */
    String asNumber(String operand) {
        return "CAST(NULLIF(TRIM(" + operand + "), '') AS " + numberType() + ")";
    }

    /** The type of numbers of any size, with decimals. */
    String numberType() {
        return "NUMERIC";
    }

    String concat(List<String> operands, List<Expression> expressions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < operands.size(); i++) {
            boolean isText = ExpressionTypes.of(expressions.get(i)) == DataType.TEXT;
            text.append(i == 0 ? "" : " || ").append(isText ? operands.get(i) : asText(operands.get(i)));
        }
        return text.toString();
    }

    /** {@code round} to places; {@code places} is null for whole numbers. */
    String round(String operand, String places) {
        return "ROUND(" + operand + (places == null ? ")" : ", " + places + ")");
    }

    /** What follows a sort key so that nulls come last; empty when they do anyhow. */
    abstract String nullsLast(boolean descending);

    /**
     * A sort key with its direction, and with nulls last.
     *
     * @param key      how it is named, perhaps by a heading
     * @param value    the same as an expression
     * @param nullable whether it can be null
     */
    String sortKey(String key, String value, boolean descending, boolean nullable) {
        return key + (descending ? " DESC" : "") + (nullable ? nullsLast(descending) : "");
    }

    /** Whether aggregates may have FILTER. */
    boolean filters() {
        return true;
    }

    /** Half of a whole number, rounded down. */
    String half(String operand) {
        return "(" + operand + ") / 2";
    }

    /** The name of a function that is called with its arguments in parentheses. */
    String function(Expression.Call.Function function) {
        return function.name();
    }

    /** How two sets of rows are combined. */
    String setOperation(SetOperation.Kind kind) {
        return kind.name().replace('_', ' ');
    }

    /** Whether IN may have a subquery with a limit. */
    boolean limitsMembership() {
        return true;
    }

    /** A constant beside a comparison operator. */
    String comparedLiteral(Expression.Literal literal, boolean wholeDay) {
        return literal(literal, wholeDay);
    }

    /** A relative time beside a comparison operator; {@code other} is the kind of value on the other side. */
    String comparedTime(Expression.RelativeTime time, boolean wholeDay, DataType other) {
        return relativeTime(time, wholeDay);
    }

    /** Whether a member of a set operation can stand in parentheses. */
    boolean parenthesisesSetMembers() {
        return true;
    }

    /** The plural of a unit of time in lower case, such as {@code 3 months}. */
    static String amount(int count, TimeUnit unit) {
        int months = unit == TimeUnit.QUARTER ? count * 3 : count;
        String name = (unit == TimeUnit.QUARTER ? TimeUnit.MONTH : unit).name().toLowerCase(Locale.ROOT);
        return months + " " + name + (Math.abs(months) == 1 ? "" : "s");
    }

    static String stripParentheses(String operand) {
        return operand.startsWith("(") && closes(operand) ? operand.substring(1, operand.length() - 1) : operand;
    }

    private static boolean closes(String operand) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < operand.length(); i++) {
            char c = operand.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && --depth == 0) {
                return i == operand.length() - 1;
            }
        }
        return false;
    }
}
