package io.dragoman.ui.ask;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * How the values of a column are written: decimals with as many places as the longest of them needs, moments as days when
 * all of them are midnights. The values themselves, as in the CSV file, have all that the database gave.
 */
final class ColumnText {

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
        return new ColumnText(scale, days);
    }

    String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
        }
        return value instanceof LocalDateTime time && days ? time.toLocalDate().toString() : Objects.toString(value);
    }
}
