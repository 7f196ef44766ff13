package io.dragoman.dialect;

import io.dragoman.offline.plan.Expression;
import io.dragoman.schema.DataType;

/** Infers the kind of value that an expression of a plan gives, for renderers that must cast. */
public final class ExpressionTypes {

    private ExpressionTypes() {
    }

    /** The kind of the expression's values; {@link DataType#OTHER} when the plan does not tell. */
    public static DataType of(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return orOther(column.type());
        } else if (expression instanceof Expression.Literal literal) {
            return orOther(literal.type());
        } else if (expression instanceof Expression.RelativeTime time) {
            return orOther(time.type());
        } else if (expression instanceof Expression.Aggregate aggregate) {
            return ofAggregate(aggregate);
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return ofArithmetic(arithmetic);
        } else if (expression instanceof Expression.TimeBucket bucket) {
            return of(bucket.argument()) == DataType.DATE ? DataType.DATE : DataType.TIMESTAMP;
        } else if (expression instanceof Expression.DatePart) {
            return DataType.INTEGER;
        } else if (expression instanceof Expression.Call call) {
            return ofCall(call);
        } else if (expression instanceof Expression.Window window) {
            return window.function() == Expression.Window.Function.RANK ? DataType.INTEGER : of(window.argument());
        } else if (expression instanceof Expression.ScalarSubquery subquery) {
            return of(subquery.plan().select().get(0).expression());
        }
        return DataType.OTHER;
    }

    /** Whether the value can be missing as far as the expression itself tells: counts and constants cannot. */
    public static boolean nullable(Expression expression) {
        if (expression instanceof Expression.Aggregate aggregate) {
            return aggregate.function() != Expression.Aggregate.Function.COUNT;
        }
        if (expression instanceof Expression.Window window) {
            return window.function() != Expression.Window.Function.RANK;
        }
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic.operator() == Expression.Arithmetic.Operator.DIVIDE || nullable(arithmetic.left())
                    || nullable(arithmetic.right());
        }
        return !(expression instanceof Expression.Literal || expression instanceof Expression.RelativeTime);
    }

    private static DataType ofAggregate(Expression.Aggregate aggregate) {
        return switch (aggregate.function()) {
            case COUNT -> DataType.INTEGER;
            case AVG, MEDIAN, STDDEV -> DataType.DECIMAL;
            case SUM, MIN, MAX, FIRST, LAST -> of(aggregate.argument());
        };
    }

    private static DataType ofArithmetic(Expression.Arithmetic arithmetic) {
        boolean integers = of(arithmetic.left()) == DataType.INTEGER && of(arithmetic.right()) == DataType.INTEGER;
        return integers && arithmetic.operator() != Expression.Arithmetic.Operator.DIVIDE
                ? DataType.INTEGER : DataType.DECIMAL;
    }

    private static DataType ofCall(Expression.Call call) {
        return switch (call.function()) {
            case LOWER, UPPER, CONCAT -> DataType.TEXT;
            case LENGTH -> DataType.INTEGER;
            case NUMBER -> DataType.DECIMAL;
            case ROUND -> DataType.DECIMAL;
            case ABS, COALESCE -> of(call.arguments().get(0));
        };
    }

    private static DataType orOther(DataType type) {
        return type == null ? DataType.OTHER : type;
    }
}
