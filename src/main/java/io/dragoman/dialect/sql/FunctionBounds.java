package io.dragoman.dialect.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;

/** Bounds of arguments by which a harmless function could be made to fill the memory. */
final class FunctionBounds {

    private static final int MAX_SIZE = 10_000;
    private static final int MAX_SERIES = 1_000_000;

    private FunctionBounds() {
    }

    static List<?> arguments(Function function) {
        return function.getParameters() == null ? List.of() : function.getParameters();
    }

    static List<?> arguments(AnalyticExpression function) {
        return function.getExpression() == null ? List.of() : List.of(function.getExpression());
    }

    /** What is wrong with the arguments; null when nothing is. */
    static String broken(String name, String bound, List<?> arguments) {
        if (bound.equals(FunctionList.FREE)) {
            return null;
        }
        if (!bound.equals(FunctionList.OWN)) {
            int index = Integer.parseInt(bound) - 1;
            BigDecimal size = index < arguments.size() ? number(arguments.get(index)) : null;
            return size != null && size.abs().compareTo(BigDecimal.valueOf(MAX_SIZE)) <= 0 ? null
                    : "Argument " + bound + " of " + name + " must be a number up to " + MAX_SIZE;
        }
        return switch (name) {
            case "format", "printf" -> format(name, arguments);
            case "generate_series" -> series(arguments);
            case "generate_array" -> series(arguments);
            case "generate_date_array", "generate_timestamp_array" -> spans(name, arguments);
            case "range" -> series(arguments.size() == 1 ? List.of(new LongValue(0), arguments.get(0)) : arguments);
            default -> "The function " + name + " may not be called";
        };
    }

    private static String format(String name, List<?> arguments) {
        String wrong = "The first argument of " + name + " must be a text without widths over 999";
        if (arguments.isEmpty() || !(arguments.get(0) instanceof StringValue text)) {
            return wrong;
        }
        int digits = 0;
        for (char c : text.getValue().toCharArray()) {
            digits = Character.isDigit(c) ? digits + 1 : 0;
            if (digits > 3 || c == '*') {
                return wrong;
            }
        }
        return null;
    }

    private static String series(List<?> arguments) {
        String wrong = "generate_series needs constant numbers, or times with a step of days or more, and at most "
                + MAX_SERIES + " values";
        if (arguments.size() < 2) {
            return wrong;
        }
        String interval = arguments.size() == 3 ? text(arguments.get(2)) : null;
        if (interval != null) {
            return coarse(interval) ? null : wrong;
        }
        BigDecimal from = number(arguments.get(0));
        BigDecimal to = number(arguments.get(1));
        BigDecimal step = arguments.size() > 2 ? number(arguments.get(2)) : BigDecimal.ONE;
        if (from == null || to == null || step == null || step.signum() == 0) {
            return wrong;
        }
        double values = to.subtract(from).doubleValue() / step.doubleValue();
        return values <= MAX_SERIES ? null : wrong;
    }

    /** Dates in steps of a day or more cannot be many; a step must be a constant. */
    private static String spans(String name, List<?> arguments) {
        boolean days = arguments.size() == 2 && name.equals("generate_date_array")
                || arguments.size() == 3 && text(arguments.get(2)) != null && coarse(text(arguments.get(2)));
        return days ? null : name + " needs a step of a day or more";
    }

    private static boolean coarse(String interval) {
        String lower = interval.toLowerCase(Locale.ROOT);
        return lower.contains("day") || lower.contains("week") || lower.contains("mon") || lower.contains("quarter")
                || lower.contains("year");
    }

    private static String text(Object expression) {
        if (expression instanceof CastExpression cast) {
            return text(cast.getLeftExpression());
        }
        if (expression instanceof IntervalExpression interval) {
            return interval.getParameter() == null ? null : interval.getParameter() + " "
                    + (interval.getIntervalType() == null ? interval.toString() : interval.getIntervalType());
        }
        return expression instanceof StringValue string ? string.getValue() : null;
    }

    private static BigDecimal number(Object expression) {
        if (expression instanceof SignedExpression signed) {
            BigDecimal number = number((Expression) signed.getExpression());
            return number == null ? null : signed.getSign() == '-' ? number.negate() : number;
        }
        return expression instanceof LongValue number ? new BigDecimal(number.getStringValue()) : null;
    }
}
