package io.dragoman.dialect.sql;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.DataType;

/** Gives a constant the type of what it is compared with, where it can be read so. */
final class Coercion {

    private Coercion() {
    }

    static Expression.Literal to(Expression.Literal literal, DataType type) {
        DataType own = literal.type();
        if (own == type || type == DataType.OTHER || type == null) {
            return literal;
        }
        boolean sensible = switch (type) {
            case TEXT -> true;
            case BOOLEAN -> own == DataType.INTEGER || own == DataType.TEXT;
            case INTEGER, DECIMAL -> own == DataType.TEXT && literal.text().matches("[-+]?\\d+(\\.\\d+)?");
            case DATE -> own == DataType.TEXT && literal.text().matches("\\d{4}-\\d\\d-\\d\\d");
            case TIMESTAMP -> own == DataType.TEXT && literal.text().matches("\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d.*)?");
            case TIME, BINARY, OTHER -> false;
        };
        if (own == DataType.BOOLEAN && type.numeric()) {
            return new Expression.Literal(Boolean.parseBoolean(literal.text()) ? "1" : "0", DataType.INTEGER);
        }
        return sensible ? new Expression.Literal(literal.text(), type) : literal;
    }

    /** Whether the two columns of a join compare a text with a number. */
    static boolean clash(LogicalPlan.JoinCondition pair) {
        DataType left = ExpressionTypes.of(pair.left());
        DataType right = ExpressionTypes.of(pair.right());
        return left == DataType.TEXT && right.numeric() || right == DataType.TEXT && left.numeric();
    }
}
