package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Predicate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** What a time phrase means. */
public sealed interface TimeMeaning {

    /** A meaning that narrows rows down. */
    sealed interface Filter extends TimeMeaning {

        /** The condition on a column; empty when the column's type cannot carry it. */
        Optional<Predicate> over(Expression.Column column);
    }

    /** A meaning that groups rows. */
    sealed interface Grouping extends TimeMeaning {

        /** The expression to group by; empty when the column's type cannot carry it. */
        Optional<Expression> over(Expression.Column column);
    }

    /** From {@code low}, inclusive, to {@code high}, exclusive; one of them may be null for no bound. */
    record Window(Bound low, Bound high) implements Filter {

        @Override
        public Optional<Predicate> over(Expression.Column column) {
            return WindowPredicate.of(this, column);
        }
    }

    /** In any of two or more windows, such as "in 2021 and 2023". */
    record AnyOf(List<Window> windows) implements Filter {

        /** Copies the list. */
        public AnyOf {
            windows = List.copyOf(windows);
        }

        @Override
        public Optional<Predicate> over(Expression.Column column) {
            List<Predicate> terms = windows.stream().flatMap(window -> window.over(column).stream()).toList();
            return terms.size() == windows.size() ? Optional.of(new Predicate.Or(terms)) : Optional.empty();
        }
    }

    /** In each of two windows, of which one moment can only be in one: "in both January and March". Of a single row it means any of them. */
    record EachOf(List<Window> windows) implements Filter {

        /** Copies the list. */
        public EachOf {
            windows = List.copyOf(windows);
        }

        @Override
        public Optional<Predicate> over(Expression.Column column) {
            return new AnyOf(windows).over(column);
        }
    }

    /**
     * A time of day, on whatever day.
     *
     * @param low     inclusive unless {@code afterLow}; null for none
     * @param high    inclusive unless {@code highExclusive}; null for none; before {@code low} it is of the next day
     * @param today   whether today alone is meant ("since 10am"), as no other day is named
     */
    record TimeOfDay(LocalTime low, boolean afterLow, LocalTime high, boolean highExclusive, boolean today)
            implements Filter {

        @Override
        public Optional<Predicate> over(Expression.Column column) {
            return TimeOfDayPredicate.of(this, column);
        }
    }

    /** A recurring part of the calendar: "on Mondays" is weekday 1, "on weekends" weekdays 6 and 7. */
    record Recurring(Expression.DatePart.Part part, List<Integer> values) implements Filter {

        /** Copies the list. */
        public Recurring {
            values = List.copyOf(values);
        }

        @Override
        public Optional<Predicate> over(Expression.Column column) {
            return WindowPredicate.recurring(this, column);
        }
    }

    /** By buckets of {@code count} units, such as "by month" or "every 5 minutes". */
    record Bucket(TimeUnit unit, int count) implements Grouping {

        @Override
        public Optional<Expression> over(Expression.Column column) {
            return GroupingExpression.bucket(this, column);
        }
    }

    /** By a part of the calendar that recurs, such as "by weekday" or "by hour of the day". */
    record Part(Expression.DatePart.Part part) implements Grouping {

        @Override
        public Optional<Expression> over(Expression.Column column) {
            return GroupingExpression.part(this, column);
        }
    }

    /** Each bucket compared with the one before: "month over month", "compared to the previous year". */
    record Change(TimeUnit unit) implements TimeMeaning {
    }
}
