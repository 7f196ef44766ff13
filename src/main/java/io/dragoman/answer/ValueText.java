package io.dragoman.answer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;

/** Values and names as people read them. */
final class ValueText {

    private static final int LONGEST = 80;

    private ValueText() {
    }

    /**
     * A value of a column: numbers with thousands separated, their scale kept up to four places; texts on one line.
     *
     * @param column whose name says that a number is an identifier or a year, which is not separated, or a percentage
     */
    static String of(Object value, ShapedColumn column) {
        if (value == null) {
            return "no value";
        }
        Optional<String> period = column.period() == null ? Optional.empty() : column.period().name(value);
        if (period.isPresent()) {
            return period.get();
        }
        if (value instanceof Number number) {
            String text = number(number, column.role() == ShapedColumn.Role.MEASURE);
            return column.percentage() ? text + "%" : text;
        }
        if (value instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return time.toLocalDate().toString();
        }
        return text(value.toString());
    }

    /** A number with thousands separated. */
    static String number(Number number, boolean separated) {
        BigDecimal exact;
        if (number instanceof BigDecimal decimal) {
            exact = decimal;
        } else if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return String.valueOf(value);
            }
            exact = BigDecimal.valueOf(value).stripTrailingZeros();
        } else {
            exact = BigDecimal.valueOf(number.longValue());
        }
        if (exact.scale() > 4 && exact.abs().compareTo(BigDecimal.ONE) < 0) {
            exact = exact.stripTrailingZeros();
        }
        if (exact.scale() > 4) {
            int places = exact.abs().compareTo(BigDecimal.ONE) < 0 ? exact.scale() - exact.precision() + 3 : 2;
            exact = exact.setScale(Math.max(2, Math.min(places, 12)), RoundingMode.HALF_UP);
        }
        int scale = Math.max(0, exact.scale());
        if (exact.precision() - exact.scale() > 30) {
            return exact.round(new MathContext(6)).toString();
        }
        DecimalFormat format = new DecimalFormat(separated ? "#,##0" : "0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(scale);
        format.setMaximumFractionDigits(scale);
        return format.format(exact);
    }

    /** A percentage, whole from 10 on, with one place below. */
    static String percent(double share) {
        double value = share * 100;
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%,.0f%%" : "%.1f%%", value);
    }

    /** A text on one line, at most 80 characters, without control characters. */
    static String text(String value) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < value.length() && line.length() < LONGEST; i++) {
            char c = value.charAt(i);
            boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!blank) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        String text = line.toString().trim();
        return text.isEmpty() ? "(empty)" : value.length() > LONGEST && line.length() == LONGEST ? text + "…" : text;
    }
}
