package io.dragoman.offline.time;

import static io.dragoman.offline.plan.Predicate.Comparison.Operator.EQ;
import static io.dragoman.offline.plan.Predicate.Comparison.Operator.GE;
import static io.dragoman.offline.plan.Predicate.Comparison.Operator.GT;
import static io.dragoman.offline.plan.Predicate.Comparison.Operator.LE;
import static io.dragoman.offline.plan.Predicate.Comparison.Operator.LT;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Times of day as conditions on columns of each type. */
final class TimeOfDayPredicate {

    private TimeOfDayPredicate() {
    }

    /** The time of day over the column; empty when the column's type cannot carry it. */
    static Optional<Predicate> of(TimeMeaning.TimeOfDay time, Expression.Column column) {
        return switch (column.type()) {
            case TIME -> Optional.of(range(time, column, TimeOfDayPredicate::literal));
            case TIMESTAMP -> Optional.of(time.today() ? today(time, column) : anyDay(time, column));
            case DATE -> time.today() ? Optional.of(new Predicate.Comparison(EQ, column,
                    new Expression.RelativeTime(TimeUnit.DAY, 0, DataType.DATE))) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Predicate today(TimeMeaning.TimeOfDay time, Expression.Column column) {
        TimeMeaning.TimeOfDay bounded = time.high() != null || time.low() == null
                ? new TimeMeaning.TimeOfDay(time.low() == null ? LocalTime.MIDNIGHT : time.low(), time.afterLow(),
                        time.high(), time.highExclusive(), true)
                : time;
        return range(bounded, column, TimeOfDayPredicate::relative);
    }

    private static Predicate anyDay(TimeMeaning.TimeOfDay time, Expression.Column column) {
        Expression hour = new Expression.DatePart(Expression.DatePart.Part.HOUR, column);
        boolean wholeHours = (time.low() == null || time.low().getMinute() == 0 && !time.afterLow())
                && (time.high() == null || time.high().getMinute() == 0 && time.highExclusive());
        if (wholeHours) {
            return range(time, hour, value -> number(value.getHour()));
        }
        Expression minuteOfDay = new Expression.Arithmetic(Expression.Arithmetic.Operator.ADD,
                new Expression.Arithmetic(Expression.Arithmetic.Operator.MULTIPLY, hour, number(60)),
                new Expression.DatePart(Expression.DatePart.Part.MINUTE, column));
        return range(time, minuteOfDay, value -> number(value.getHour() * 60 + value.getMinute()));
    }

    private static Predicate range(TimeMeaning.TimeOfDay time, Expression subject,
            Function<LocalTime, Expression> value) {
        Predicate low = time.low() == null ? null
                : new Predicate.Comparison(time.afterLow() ? GT : GE, subject, value.apply(time.low()));
        boolean openHigh = time.high() == null || time.high().equals(LocalTime.MIDNIGHT) && time.highExclusive();
        if (openHigh) {
            return low != null ? low : new Predicate.Comparison(GE, subject, value.apply(LocalTime.MIDNIGHT));
        }
        Predicate high = new Predicate.Comparison(time.highExclusive() ? LT : LE, subject, value.apply(time.high()));
        if (low == null) {
            return high;
        }
        if (time.high().isBefore(time.low())) {
            return new Predicate.Or(List.of(low, high));
        }
        return time.afterLow() ? new Predicate.And(List.of(low, high))
                : new Predicate.Between(subject, value.apply(time.low()), value.apply(time.high()), time.highExclusive());
    }

    private static Expression literal(LocalTime time) {
        return new Expression.Literal(Clock.text(time), DataType.TIME);
    }

    private static Expression relative(LocalTime time) {
        if (time.getSecond() != 0) {
            return new Expression.RelativeTime(TimeUnit.SECOND, time.toSecondOfDay(), TimeUnit.DAY, DataType.TIMESTAMP);
        }
        return time.getMinute() == 0
                ? new Expression.RelativeTime(TimeUnit.HOUR, time.getHour(), TimeUnit.DAY, DataType.TIMESTAMP)
                : new Expression.RelativeTime(TimeUnit.MINUTE, time.toSecondOfDay() / 60, TimeUnit.DAY,
                        DataType.TIMESTAMP);
    }

    private static Expression number(int value) {
        return new Expression.Literal(Integer.toString(value), DataType.INTEGER);
    }
}
