package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * A point in time that a window starts or ends at.
 *
 * @param expression a literal, or a time relative to when the query runs; of type DATE when it is the start of a day
 * @param at         the same point, resolved at the caller's date
 */
public record Bound(Expression expression, LocalDateTime at) {

    /** The start of a day. */
    static Bound day(LocalDate day) {
        return new Bound(new Expression.Literal(day.toString(), DataType.DATE), day.atStartOfDay());
    }

    /** A moment; one at midnight is the start of a day. */
    static Bound moment(LocalDateTime moment) {
        if (moment.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return day(moment.toLocalDate());
        }
        String text = moment.toLocalDate() + "T" + Clock.text(moment.toLocalTime());
        return new Bound(new Expression.Literal(text, DataType.TIMESTAMP), moment);
    }

    /** The start of the current {@code startOf} moved by {@code offset} units. */
    static Bound relative(TimeUnit unit, int offset, TimeUnit startOf, LocalDate today) {
        boolean wholeDays = !belowDay(unit) && !belowDay(startOf);
        LocalDateTime at = move(unit, offset, start(startOf, today).atStartOfDay());
        return new Bound(new Expression.RelativeTime(unit, offset, startOf,
                wholeDays ? DataType.DATE : DataType.TIMESTAMP), at);
    }

    /** The start of the current {@code unit} moved by {@code offset} of them. */
    static Bound relative(TimeUnit unit, int offset, LocalDate today) {
        return relative(unit, offset, unit, today);
    }

    /** Whether it is the start of a day. */
    boolean wholeDay() {
        return expression instanceof Expression.RelativeTime relative ? relative.type() == DataType.DATE
                : ((Expression.Literal) expression).type() == DataType.DATE;
    }

    /** Whether it is the start of a year whenever the query runs. */
    boolean wholeYear() {
        if (expression instanceof Expression.RelativeTime relative) {
            return relative.startOf() == TimeUnit.YEAR
                    && (relative.unit() == TimeUnit.YEAR || relative.unit() == TimeUnit.MONTH && relative.offset() % 12 == 0);
        }
        return wholeDay() && at.getDayOfYear() == 1;
    }

    private static boolean belowDay(TimeUnit unit) {
        return unit.compareTo(TimeUnit.DAY) < 0;
    }

    private static LocalDate start(TimeUnit unit, LocalDate today) {
        return switch (unit) {
            case SECOND, MINUTE, HOUR, DAY -> today;
            case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> today.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(today.getYear(), (today.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> today.withDayOfYear(1);
        };
    }

    private static LocalDateTime move(TimeUnit unit, int offset, LocalDateTime from) {
        return switch (unit) {
            case SECOND -> from.plusSeconds(offset);
            case MINUTE -> from.plusMinutes(offset);
            case HOUR -> from.plusHours(offset);
            case DAY -> from.plusDays(offset);
            case WEEK -> from.plusWeeks(offset);
            case MONTH -> from.plusMonths(offset);
            case QUARTER -> from.plus(3L * offset, ChronoUnit.MONTHS);
            case YEAR -> from.plusYears(offset);
        };
    }
}
