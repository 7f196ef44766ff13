package io.dragoman.dialect.sql;

import io.dragoman.schema.DataType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;

/** Finds comparisons of values that cannot be equal, such as a text column with a number. */
final class TypeCheck {

    private final NameRules rules;
    private final NameFindings findings;
    private final ColumnResolver columns;

    TypeCheck(NameRules rules, NameFindings findings, ColumnResolver columns) {
        this.rules = rules;
        this.findings = findings;
        this.columns = columns;
    }

    void check(ComparisonOperator comparison, NameScope scope) {
        Expression left = comparison.getLeftExpression();
        Expression right = comparison.getRightExpression();
        DataType leftType = columns.type(left, scope);
        DataType rightType = columns.type(right, scope);
        if (leftType == rightType || leftType == DataType.OTHER || rightType == DataType.OTHER) {
            return;
        }
        String fix = right instanceof StringValue || left instanceof StringValue ? null
                : leftType == DataType.TEXT && right.toString().matches("-?[\\d.]+") ? left + " "
                + comparison.getStringExpression() + " '" + right + "'" : null;
        if (clash(left, leftType, right, rightType) || clash(right, rightType, left, leftType)) {
            String message = left + " is " + leftType + " and " + right + " is " + rightType;
            if (rules.staticTypes()) {
                findings.error("TYPE_MISMATCH", message, comparison, fix);
            } else {
                findings.warning("TYPE_MISMATCH", message + ", so that they may never be equal", comparison, fix);
            }
        }
    }

    private static boolean clash(Expression own, DataType type, Expression other, DataType otherType) {
        if (other instanceof StringValue text) {
            return !(own instanceof StringValue) && type.numeric() && !number(text.getValue());
        }
        return switch (type) {
            case TEXT -> !(own instanceof StringValue) && (otherType.numeric() || otherType == DataType.BOOLEAN);
            case BOOLEAN -> otherType.numeric();
            case DATE, TIMESTAMP -> otherType.numeric() || otherType == DataType.BOOLEAN;
            default -> false;
        };
    }

    private static boolean number(String text) {
        try {
            Double.parseDouble(text.trim());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
