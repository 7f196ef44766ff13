package io.dragoman.offline.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dragoman.schema.DataType;
import java.util.List;

/** A value computed for a row or a group. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Expression.Column.class, name = "column"),
    @JsonSubTypes.Type(value = Expression.Literal.class, name = "literal"),
    @JsonSubTypes.Type(value = Expression.RelativeTime.class, name = "relative_time"),
    @JsonSubTypes.Type(value = Expression.Aggregate.class, name = "aggregate"),
    @JsonSubTypes.Type(value = Expression.Arithmetic.class, name = "arithmetic"),
    @JsonSubTypes.Type(value = Expression.TimeBucket.class, name = "time_bucket"),
    @JsonSubTypes.Type(value = Expression.DatePart.class, name = "date_part"),
    @JsonSubTypes.Type(value = Expression.Call.class, name = "call"),
    @JsonSubTypes.Type(value = Expression.Window.class, name = "window"),
    @JsonSubTypes.Type(value = Expression.ScalarSubquery.class, name = "scalar_subquery")})
public sealed interface Expression {

    /** A column of a source, by the source's alias. */
    record Column(String alias, String column, DataType type) implements Expression {
    }

    /**
     * A constant.
     *
     * @param text its canonical text: digits with a point for numbers, ISO-8601 for times, {@code true}/{@code false}
     * @param type its kind
     */
    record Literal(String text, DataType type) implements Expression {
    }

    /**
     * A point in time relative to when the query runs: the start of the current {@code startOf}, moved by {@code offset}
     * units. {@code (DAY, -1, DAY)} is yesterday's start, {@code (QUARTER, 0, QUARTER)} the start of this quarter,
     * {@code (MONTH, -3, DAY)} this day three months ago, {@code (MINUTE, 630, DAY)} half past ten today,
     * {@code (HOUR, -24, SECOND)} 24 hours ago.
     *
     * @param startOf what the present is truncated to before it is moved; null means {@code unit}
     * @param type    {@link DataType#DATE} or {@link DataType#TIMESTAMP}
     */
    record RelativeTime(TimeUnit unit, int offset, TimeUnit startOf, DataType type) implements Expression {

        /** Truncates to {@code unit} when nothing else is said. */
        public RelativeTime {
            startOf = startOf == null ? unit : startOf;
        }

        /** The start of the current {@code unit}, moved by {@code offset} units. */
        public RelativeTime(TimeUnit unit, int offset, DataType type) {
            this(unit, offset, unit, type);
        }
    }

    /**
     * An aggregate over the group.
     *
     * @param argument null only for {@code COUNT} of rows
     * @param distinct whether equal values count once
     * @param filter   counts only rows that pass; null for all rows
     */
    record Aggregate(Function function, Expression argument, boolean distinct, Predicate filter)
            implements Expression {

        /** The aggregate functions. */
        public enum Function { COUNT, SUM, AVG, MIN, MAX, MEDIAN, STDDEV, FIRST, LAST }
    }

    /** Arithmetic on two numbers. Division is always exact (never integer) and null when the divisor is zero. */
    record Arithmetic(Operator operator, Expression left, Expression right) implements Expression {

        /** The operators. */
        public enum Operator { ADD, SUBTRACT, MULTIPLY, DIVIDE }
    }

    /** The start of the bucket of {@code count} units that a time falls in, such as 5 minutes or 1 month. */
    record TimeBucket(TimeUnit unit, int count, Expression argument) implements Expression {
    }

    /** A part of a time as a number: year 2024, month 1–12, weekday 1 (Monday) – 7, hour 0–23. */
    record DatePart(Part part, Expression argument) implements Expression {

        /** The parts. */
        public enum Part { YEAR, QUARTER, MONTH, WEEK, DAY, WEEKDAY, HOUR, MINUTE }
    }

    /** A scalar function; {@code NUMBER} reads a text that holds a number, and is null for a blank one. */
    record Call(Function function, List<Expression> arguments) implements Expression {

        /** The functions. */
        public enum Function { LOWER, UPPER, LENGTH, ABS, ROUND, COALESCE, CONCAT, NUMBER }
    }

    /**
     * A value from other rows of the output: {@code LAG} for the previous row's, {@code TOTAL} for the sum over all.
     *
     * @param orderBy     the order that "previous" means; empty for {@code TOTAL}
     * @param partitionBy only rows that are equal in these count; empty for all rows
     */
    record Window(Function function, Expression argument, List<LogicalPlan.Ordering> orderBy, List<Expression> partitionBy)
            implements Expression {

        /** Replaces null by the empty list. */
        public Window {
            partitionBy = partitionBy == null ? List.of() : List.copyOf(partitionBy);
        }

        /** Over all rows. */
        public Window(Function function, Expression argument, List<LogicalPlan.Ordering> orderBy) {
            this(function, argument, orderBy, List.of());
        }

        /** The functions. */
        public enum Function { LAG, TOTAL, RANK }
    }

    /** The single value that a plan with one output column and one row gives. */
    record ScalarSubquery(LogicalPlan plan) implements Expression {
    }

    /** Units of time, for buckets and relative times. */
    enum TimeUnit { SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR }
}
