package io.dragoman.ui.ask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * How the values of a column are written: decimals with as many places as the longest of them needs, or rounded to four
 * where a division left more than ten; moments as days when all of them are midnights. The values themselves, as in the
 * CSV file, have all that the database gave.
 */
final class ColumnText {

    /** More places than that come of a division. */
    private static final int MOST_PLACES = 10;
    private static final int ROUNDED = 4;

    private final int scale;
    private final boolean days;

    private ColumnText(int scale, boolean days) {
        this.scale = scale;
        this.days = days;
    }

    /** For the column of that index; rows may hold nulls. */
    static ColumnText of(List<List<Object>> rows, int index) {
        int scale = 0;
        boolean days = true;
        for (List<Object> row : rows) {
            Object value = row.get(index);
            if (value instanceof BigDecimal number) {
                scale = Math.max(scale, number.stripTrailingZeros().scale());
            }
            days &= value == null || value instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT);
        }
        boolean rounded = scale > MOST_PLACES && rows.stream().map(row -> row.get(index)).allMatch(ColumnText::large);
        return new ColumnText(rounded ? ROUNDED : scale, days);
    }

    /** Whether rounding leaves what matters of it: small numbers, such as rates, keep all their places. */
    private static boolean large(Object value) {
        return !(value instanceof BigDecimal number) || number.signum() == 0 || number.abs().compareTo(BigDecimal.ONE) >= 0;
    }

    String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.setScale(scale, RoundingMode.HALF_UP).toPlainString();
        }
        return value instanceof LocalDateTime time && days ? time.toLocalDate().toString() : Objects.toString(value);
    }
}
