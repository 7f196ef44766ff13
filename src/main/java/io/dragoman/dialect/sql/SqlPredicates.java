package io.dragoman.dialect.sql;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.Predicate.Comparison;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes conditions of one SELECT. */
final class SqlPredicates {

    private final SqlRenderer renderer;
    private final SqlSyntax syntax;
    private final SqlExpressions expressions;

    SqlPredicates(SqlRenderer renderer, SqlExpressions expressions) {
        this.renderer = renderer;
        this.syntax = renderer.syntax();
        this.expressions = expressions;
    }

    /** The condition where any may stand. */
    String write(Predicate predicate) {
        return write(predicate, false);
    }

    /** The terms that must all hold, each fit to stand beside AND. */
    List<String> conjuncts(Predicate predicate) {
        List<Predicate> terms = predicate instanceof Predicate.And and ? and.terms() : List.of(predicate);
        return terms.stream().map(term -> term(term, terms.size() > 1, false)).toList();
    }

    private String term(Predicate predicate, boolean among, boolean negated) {
        String text = write(predicate, negated);
        return among && predicate instanceof Predicate.Or ? "(" + text + ")" : text;
    }

    private String write(Predicate predicate, boolean negated) {
        if (predicate instanceof Predicate.And and) {
            return and.terms().stream().map(term -> term(term, true, negated)).collect(Collectors.joining(" AND "));
        } else if (predicate instanceof Predicate.Or or) {
            return or.terms().stream().map(term -> term instanceof Predicate.And || halfOpen(term)
                    ? "(" + write(term, negated) + ")" : write(term, negated)).collect(Collectors.joining(" OR "));
        } else if (predicate instanceof Predicate.Not not) {
            return not(not.term(), negated);
        }
        return leaf(predicate, "", negated);
    }

    private static boolean halfOpen(Predicate predicate) {
        return predicate instanceof Predicate.Between between && between.highExclusive();
    }

    private String not(Predicate term, boolean negated) {
        if (term instanceof Predicate.Not inner) {
            return write(inner.term(), negated);
        }
        boolean ownForm = term instanceof Predicate.In || term instanceof Predicate.InSubquery
                || term instanceof Predicate.Like || term instanceof Predicate.IsNull
                || term instanceof Predicate.Exists || term instanceof Predicate.Between && !halfOpen(term);
        return ownForm ? leaf(term, "NOT ", true) : "NOT (" + write(term, true) + ")";
    }

    private String leaf(Predicate predicate, String not, boolean negated) {
        if (predicate instanceof Comparison comparison) {
            return comparison(comparison);
        } else if (predicate instanceof Predicate.Between between) {
            return between(between, not);
        } else if (predicate instanceof Predicate.In in) {
            return in(in, not);
        } else if (predicate instanceof Predicate.InSubquery in) {
            LogicalPlan plan = negated ? NullFree.of(in.plan()) : in.plan();
            boolean wrapped = plan == null || plan.limit() != null && !syntax.limitsMembership();
            String rows = wrapped ? renderer.nestedWithoutNulls(in.plan(), expressions.scope(), expressions.indent())
                    : renderer.nested(plan, expressions.scope(), expressions.indent());
            return expressions.operand(in.expression()) + " " + not + "IN " + rows;
        } else if (predicate instanceof Predicate.Exists exists) {
            return not + "EXISTS " + renderer.nested(exists.plan(), expressions.scope(), expressions.indent());
        } else if (predicate instanceof Predicate.Like like) {
            return syntax.like(expressions.operand(like.expression()), ExpressionTypes.of(like.expression()),
                    like.pattern(), !not.isEmpty());
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return expressions.operand(isNull.expression()) + " IS " + not + "NULL";
        }
        throw syntax.cannot("a condition of kind " + predicate.getClass().getSimpleName());
    }

    private String comparison(Comparison comparison) {
        DataType left = ExpressionTypes.of(comparison.left());
        DataType right = ExpressionTypes.of(comparison.right());
        Comparison.Operator operator = comparison.operator();
        if (left == DataType.BOOLEAN && comparison.right() instanceof Expression.Literal literal
                && (operator == Comparison.Operator.EQ || operator == Comparison.Operator.NE)) {
            boolean value = Boolean.parseBoolean(literal.text()) || "1".equals(literal.text());
            String holds = syntax.holds(expressions.operand(comparison.left()));
            return value == (operator == Comparison.Operator.EQ) ? holds : "NOT " + holds;
        }
        boolean exactStart = operator == Comparison.Operator.GE || operator == Comparison.Operator.LT;
        return side(comparison.left(), left, comparison.right(), right, exactStart) + " " + symbol(operator) + " "
                + side(comparison.right(), right, comparison.left(), left, exactStart);
    }

    /** One side of a comparison, read at the precision of the other side where that is coarser. */
    private String side(Expression own, DataType type, Expression other, DataType otherType, boolean exactStart) {
        boolean constant = own instanceof Expression.Literal || own instanceof Expression.RelativeTime;
        if (constant) {
            boolean wholeDay = otherType != DataType.TIMESTAMP || exactStart || type == DataType.DATE;
            boolean asDate = otherType == DataType.TIMESTAMP && type == DataType.DATE && !exactStart;
            return own instanceof Expression.RelativeTime time
                    ? syntax.comparedTime(time, wholeDay, asDate ? DataType.DATE : otherType)
                    : expressions.compared(own, otherType, wholeDay);
        }
        String text = expressions.operand(own);
        boolean toConstant = other instanceof Expression.Literal || other instanceof Expression.RelativeTime;
        if (toConstant && type == DataType.TIMESTAMP && otherType == DataType.DATE && !exactStart) {
            return syntax.dateOf(expressions.atom(own));
        }
        if (toConstant && type == DataType.TIMESTAMP && otherType == DataType.TIME) {
            return syntax.timeOf(expressions.atom(own));
        }
        return type == DataType.TEXT && other instanceof Expression.RelativeTime
                ? syntax.dateOf(expressions.atom(own)) : text;
    }

    private String between(Predicate.Between between, String not) {
        DataType type = ExpressionTypes.of(between.expression());
        DataType high = ExpressionTypes.of(between.high());
        if (between.highExclusive()) {
            return side(between.expression(), type, between.low(), high, true) + " >= "
                    + side(between.low(), ExpressionTypes.of(between.low()), between.expression(), type, true) + " AND "
                    + side(between.expression(), type, between.high(), high, true) + " < "
                    + side(between.high(), high, between.expression(), type, true);
        }
        return side(between.expression(), type, between.high(), high, false) + " " + not + "BETWEEN "
                + side(between.low(), ExpressionTypes.of(between.low()), between.expression(), type, false) + " AND "
                + side(between.high(), high, between.expression(), type, false);
    }

    private String in(Predicate.In in, String not) {
        if (in.values().isEmpty()) {
            return not.isEmpty() ? "1 = 0" : "1 = 1";
        }
        DataType type = ExpressionTypes.of(in.expression());
        List<String> values = new ArrayList<>();
        in.values().forEach(value -> values.add(syntax.comparedLiteral(Coercion.to(value, type), false)));
        String operand = side(in.expression(), type, in.values().get(0), in.values().get(0).type(), false);
        return operand + " " + not + "IN (" + String.join(", ", values) + ")";
    }

    static String symbol(Comparison.Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "<>";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }
}
