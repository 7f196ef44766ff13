package io.dragoman.offline.time;

import static io.dragoman.offline.plan.Predicate.Comparison.Operator.EQ;
import static io.dragoman.offline.plan.Predicate.Comparison.Operator.GE;
import static io.dragoman.offline.plan.Predicate.Comparison.Operator.LT;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.util.Locale;
import java.util.Optional;

/** Windows and recurring parts of the calendar as conditions on columns of each type. */
final class WindowPredicate {

    private WindowPredicate() {
    }

    /** The window over the column; empty when the column's type cannot carry it. */
    static Optional<Predicate> of(TimeMeaning.Window window, Expression.Column column) {
        return switch (column.type()) {
            case TIMESTAMP -> Optional.of(range(column, bound(window.low()), bound(window.high())));
            case DATE -> Optional.of(days(window, column));
            case TEXT -> namesYear(column) ? years(window, column) : Optional.of(
                    range(column, text(window.low()), text(window.high())));
            case INTEGER, DECIMAL, OTHER -> namesYear(column) ? years(window, column) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The recurring part over the column; empty when the column's type cannot carry it. */
    static Optional<Predicate> recurring(TimeMeaning.Recurring recurring, Expression.Column column) {
        if (column.type() != DataType.DATE && column.type() != DataType.TIMESTAMP) {
            return Optional.empty();
        }
        Expression part = new Expression.DatePart(recurring.part(), column);
        if (recurring.values().size() == 1) {
            return Optional.of(new Predicate.Comparison(EQ, part, number(recurring.values().get(0))));
        }
        return Optional.of(new Predicate.In(part, recurring.values().stream().map(WindowPredicate::number).toList()));
    }

    /** Whether the column holds years as numbers, by its name. */
    static boolean namesYear(Expression.Column column) {
        String name = column.column().toLowerCase(Locale.ROOT);
        return name.equals("year") || name.equals("yr") || name.endsWith("_year") || name.startsWith("year_")
                || name.endsWith("_yr") || column.column().endsWith("Year");
    }

    private static Expression.Literal number(int value) {
        return new Expression.Literal(Integer.toString(value), DataType.INTEGER);
    }

    private static Predicate days(TimeMeaning.Window window, Expression.Column column) {
        Expression low = window.low() == null ? null : day(window.low(), false);
        Expression high = window.high() == null ? null : day(window.high(), true);
        if (oneDay(window)) {
            return new Predicate.Comparison(EQ, column, low);
        }
        return range(column, low, high);
    }

    private static boolean oneDay(TimeMeaning.Window window) {
        if (window.low() == null || window.high() == null) {
            return false;
        }
        return window.low().wholeDay() && window.high().wholeDay() && sameKind(window)
                && window.low().at().plusDays(1).equals(window.high().at());
    }

    /** Whether the window has the same length whenever the query runs. */
    private static boolean sameKind(TimeMeaning.Window window) {
        if (window.low().expression() instanceof Expression.RelativeTime low
                && window.high().expression() instanceof Expression.RelativeTime high) {
            return low.unit() == TimeUnit.DAY && high.unit() == TimeUnit.DAY && low.startOf() == high.startOf();
        }
        return window.low().expression() instanceof Expression.Literal
                && window.high().expression() instanceof Expression.Literal;
    }

    /** On a column of days a window is the days it touches. */
    private static Expression day(Bound bound, boolean high) {
        if (bound.wholeDay()) {
            return bound.expression();
        }
        if (bound.expression() instanceof Expression.RelativeTime relative) {
            int perDay = switch (relative.unit()) {
                case HOUR -> 24;
                case MINUTE -> 24 * 60;
                default -> 24 * 60 * 60;
            };
            int days = Math.floorDiv(relative.offset(), perDay) + (high ? 1 : 0);
            return new Expression.RelativeTime(TimeUnit.DAY, days, DataType.DATE);
        }
        return Bound.day(bound.at().toLocalDate().plusDays(high ? 1 : 0)).expression();
    }

    /** Years as numbers; only a window of whole years can be said so. */
    private static Optional<Predicate> years(TimeMeaning.Window window, Expression.Column column) {
        Bound low = window.low();
        Bound high = window.high();
        if (low != null && !low.wholeYear() || high != null && !high.wholeYear()) {
            return Optional.empty();
        }
        if (low == null || high == null) {
            return Optional.of(low == null
                    ? new Predicate.Comparison(LT, column, year(high, 0, column))
                    : new Predicate.Comparison(GE, column, year(low, 0, column)));
        }
        if (low.at().plusYears(1).equals(high.at())) {
            return Optional.of(new Predicate.Comparison(EQ, column, year(low, 0, column)));
        }
        return Optional.of(new Predicate.Between(column, year(low, 0, column), year(high, -1, column), false));
    }

    private static Expression year(Bound bound, int shift, Expression.Column column) {
        if (bound.expression() instanceof Expression.RelativeTime relative && column.type() != DataType.TEXT) {
            int offset = relative.unit() == TimeUnit.MONTH ? relative.offset() / 12 : relative.offset();
            return new Expression.DatePart(Expression.DatePart.Part.YEAR,
                    new Expression.RelativeTime(TimeUnit.YEAR, offset + shift, DataType.DATE));
        }
        return new Expression.Literal(Integer.toString(bound.at().getYear() + shift),
                column.type() == DataType.TEXT ? DataType.TEXT : DataType.INTEGER);
    }

    private static Expression bound(Bound bound) {
        return bound == null ? null : bound.expression();
    }

    /** ISO dates order as text, so a text column is compared with the date's text. */
    private static Expression text(Bound bound) {
        if (bound == null || !bound.wholeDay()) {
            return bound(bound);
        }
        return new Expression.Literal(bound.at().toLocalDate().toString(), DataType.TEXT);
    }

    private static Predicate range(Expression column, Expression low, Expression high) {
        if (low == null) {
            return new Predicate.Comparison(LT, column, high);
        }
        return high == null ? new Predicate.Comparison(GE, column, low)
                : new Predicate.Between(column, low, high, true);
    }
}
