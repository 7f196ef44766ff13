package io.dragoman.dialect.q;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** Writes constants and times relative to now as q. */
final class QConstants {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu.MM.dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu.MM.dd'D'HH:mm:ss.SSSSSSSSS");

    private QConstants() {
    }

    static String literal(Expression.Literal literal) {
        String text = literal.text();
        try {
            return switch (literal.type()) {
                case INTEGER -> new BigDecimal(text.trim()).toBigIntegerExact().toString();
                case DECIMAL -> decimal(new BigDecimal(text.trim()).toPlainString());
                case BOOLEAN -> Boolean.parseBoolean(text) || text.equals("1") ? "1b" : "0b";
                case DATE -> DATE.format(LocalDate.parse(text.trim()));
                case TIME -> time(LocalTime.parse(text.trim()));
                case TIMESTAMP -> TIMESTAMP.format(LocalDateTime.parse(text.trim().replace(' ', 'T').replace("Z", "")));
                case TEXT, OTHER, BINARY -> QText.symbol(checked(text));
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw QRenderer.cannot("the value '" + text + "'");
        }
    }

    static String checked(String text) {
        if (text.indexOf('\0') >= 0) {
            throw QRenderer.cannot("a text with a NUL character");
        }
        return text;
    }

    private static String decimal(String plain) {
        return plain.contains(".") ? plain : plain + "f";
    }

    private static String time(LocalTime time) {
        return time.getSecond() == 0 && time.getNano() == 0 ? time.toString() : TIME.format(time);
    }

    /** A constant read as the kind of value that it is compared with. */
    static String literal(Expression.Literal literal, DataType type) {
        if (literal.type() == DataType.TEXT && type != null && type.numeric() && literal.text().matches("-?\\d+(\\.\\d+)?")) {
            return literal(new Expression.Literal(literal.text(), literal.text().contains(".") ? DataType.DECIMAL
                    : DataType.INTEGER));
        }
        if (literal.type() == DataType.TEXT && type == DataType.DATE && literal.text().matches("\\d{4}-\\d\\d-\\d\\d")) {
            return literal(new Expression.Literal(literal.text(), DataType.DATE));
        }
        boolean asText = type == DataType.TEXT && literal.type() != DataType.TEXT;
        return asText ? QText.symbol(checked(literal.text())) : literal(literal);
    }

    static String relativeTime(Expression.RelativeTime time) {
        int months = QExpressions.months(time.unit());
        int startMonths = QExpressions.months(time.startOf());
        if (startMonths > 0) {
            String start = (startMonths == 1 ? "" : startMonths + " xbar ") + "`month$.z.d";
            if (months > 0) {
                return "`date$" + (time.offset() == 0 ? start : moved("(" + start + ")", time.offset() * months));
            }
            return time.offset() == 0 ? "`date$" + start : moved("(`date$" + start + ")", time.offset(), time.unit());
        }
        String start = switch (time.startOf()) {
            case SECOND -> ".z.p";
            case MINUTE -> "(0D00:01 xbar .z.p)";
            case HOUR -> "(0D01 xbar .z.p)";
            case WEEK -> "(`week$.z.d)";
            default -> ".z.d";
        };
        if (time.offset() == 0) {
            return start.startsWith("(") ? start.substring(1, start.length() - 1) : start;
        }
        if (months > 0) {
            return "(`date$" + moved("(`month$.z.d)", time.offset() * months) + ")+" + start + "-`date$`month$.z.d";
        }
        return moved(start, time.offset(), time.unit());
    }

    private static String moved(String start, int offset) {
        return start + (offset < 0 ? "-" : "+") + Math.abs(offset);
    }

    private static String moved(String start, int offset, TimeUnit unit) {
        int size = Math.abs(offset);
        String amount = switch (unit) {
            case SECOND -> size + "*0D00:00:01";
            case MINUTE -> size + "*0D00:01";
            case HOUR -> size + "*0D01";
            case WEEK -> start.equals(".z.p") ? size * 7 + "*1D" : String.valueOf(size * 7);
            default -> start.equals(".z.p") ? size + "*1D" : String.valueOf(size);
        };
        return start + (offset < 0 ? "-" : "+") + amount;
    }
}
