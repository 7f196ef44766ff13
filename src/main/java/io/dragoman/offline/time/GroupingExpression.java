package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.util.Optional;

/** Buckets and calendar parts as expressions over columns of each type. */
final class GroupingExpression {

    private GroupingExpression() {
    }

    /** The bucket over the column; empty when the column's type cannot carry it. */
    static Optional<Expression> bucket(TimeMeaning.Bucket bucket, Expression.Column column) {
        boolean belowDay = bucket.unit().compareTo(TimeUnit.DAY) < 0;
        if (WindowPredicate.namesYear(column) && !column.type().temporal()) {
            return bucket.unit() == TimeUnit.YEAR && bucket.count() == 1 ? Optional.of(column) : Optional.empty();
        }
        boolean fits = switch (column.type()) {
            case TIMESTAMP -> true;
            case DATE, TEXT -> !belowDay;
            case TIME -> belowDay;
            default -> false;
        };
        if (!fits) {
            return Optional.empty();
        }
        if (column.type() == DataType.DATE && bucket.unit() == TimeUnit.DAY && bucket.count() == 1) {
            return Optional.of(column);
        }
        if (bucket.unit() == TimeUnit.YEAR && bucket.count() == 1) {
            return Optional.of(new Expression.DatePart(Expression.DatePart.Part.YEAR, column));
        }
        return Optional.of(new Expression.TimeBucket(bucket.unit(), bucket.count(), column));
    }

    /** The calendar part over the column; empty when the column's type cannot carry it. */
    static Optional<Expression> part(TimeMeaning.Part part, Expression.Column column) {
        boolean ofDay = part.part() == Expression.DatePart.Part.HOUR || part.part() == Expression.DatePart.Part.MINUTE;
        boolean fits = switch (column.type()) {
            case TIMESTAMP -> true;
            case DATE, TEXT -> !ofDay;
            case TIME -> ofDay;
            default -> false;
        };
        return fits ? Optional.of(new Expression.DatePart(part.part(), column)) : Optional.empty();
    }
}
