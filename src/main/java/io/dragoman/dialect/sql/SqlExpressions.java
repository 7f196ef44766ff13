package io.dragoman.dialect.sql;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes expressions of one SELECT. */
final class SqlExpressions {

    private enum Binding { CONCATENATION, SUM, PRODUCT, ATOM }

    private record Text(String text, Binding binding) {
    }

    private final SqlRenderer renderer;
    private final SqlSyntax syntax;
    private final RenderScope scope;
    private final String indent;
    private final Map<Expression, String> replaced = new HashMap<>();

    SqlExpressions(SqlRenderer renderer, RenderScope scope, String indent) {
        this.renderer = renderer;
        this.syntax = renderer.syntax();
        this.scope = scope;
        this.indent = indent;
    }

    /** From now on the expression is written so. */
    void replace(Expression expression, String text) {
        replaced.put(expression, text);
    }

    SqlRenderer renderer() {
        return renderer;
    }

    RenderScope scope() {
        return scope;
    }

    String indent() {
        return indent;
    }

    /** The expression where anything may stand. */
    String write(Expression expression) {
        return SqlSyntax.stripParentheses(text(expression, true).text());
    }

    /** The expression beside a comparison operator. */
    String operand(Expression expression) {
        return bound(expression, Binding.SUM);
    }

    /** The expression before a cast or between others. */
    String atom(Expression expression) {
        return bound(expression, Binding.ATOM);
    }

    /** A constant or relative time compared with a column of a type. */
    String compared(Expression expression, DataType other, boolean wholeDay) {
        if (expression instanceof Expression.Literal literal) {
            return syntax.comparedLiteral(Coercion.to(literal, other), wholeDay);
        }
        return expression instanceof Expression.RelativeTime time ? syntax.comparedTime(time, wholeDay, other)
                : operand(expression);
    }

    private String bound(Expression expression, Binding least) {
        Text text = text(expression, true);
        return text.binding().compareTo(least) >= 0 ? text.text() : "(" + text.text() + ")";
    }

    private Text text(Expression expression, boolean wholeDay) {
        String other = replaced.get(expression);
        if (other != null) {
            return new Text(other, Binding.ATOM);
        } else if (expression instanceof Expression.Column column) {
            return atom(scope.column(column, syntax.identifiers()));
        } else if (expression instanceof Expression.Literal literal) {
            return atom(syntax.literal(literal, wholeDay));
        } else if (expression instanceof Expression.RelativeTime time) {
            String text = syntax.relativeTime(time, wholeDay);
            return new Text(text, time.offset() == 0 || text.endsWith(")") ? Binding.ATOM : Binding.SUM);
        } else if (expression instanceof Expression.Aggregate aggregate) {
            return atom(aggregate(aggregate));
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        } else if (expression instanceof Expression.TimeBucket bucket) {
            return atom(syntax.timeBucket(bucket.unit(), bucket.count(), atom((Expression) bucket.argument()),
                    ExpressionTypes.of(bucket.argument())));
        } else if (expression instanceof Expression.DatePart part) {
            return atom(syntax.datePart(part.part(), write(part.argument())));
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.Window window) {
            return atom(window(window));
        } else if (expression instanceof Expression.ScalarSubquery subquery) {
            return atom(renderer.nested(subquery.plan(), scope, indent));
        }
        throw syntax.cannot("an expression of kind " + expression.getClass().getSimpleName());
    }

    private static Text atom(String text) {
        return new Text(text, Binding.ATOM);
    }

    private String aggregate(Expression.Aggregate aggregate) {
        if (aggregate.argument() == null) {
            return aggregate.filter() == null || syntax.filters() ? "COUNT(*)" + filter(aggregate)
                    : "COUNT(" + chosen(aggregate, "1") + ")";
        }
        String operand = (aggregate.distinct() ? "DISTINCT " : "") + chosen(aggregate, write(aggregate.argument()));
        return switch (aggregate.function()) {
            case COUNT, SUM, AVG, MIN, MAX -> aggregate.function().name() + "(" + operand + ")" + filter(aggregate);
            case MEDIAN -> median(aggregate, operand);
            case STDDEV -> {
                refuseDistinct(aggregate);
                yield syntax.standardDeviation(chosen(aggregate, atom(aggregate.argument())), filter(aggregate));
            }
            case FIRST, LAST -> throw syntax.cannot("the " + aggregate.function().name().toLowerCase(Locale.ROOT)
                    + " row of a group, as its tables have no order");
        };
    }

    private String median(Expression.Aggregate aggregate, String operand) {
        refuseDistinct(aggregate);
        String median = syntax.median(operand);
        if (median == null) {
            throw syntax.cannot("a median in this place");
        }
        return median + filter(aggregate);
    }

    private void refuseDistinct(Expression.Aggregate aggregate) {
        if (aggregate.distinct()) {
            throw syntax.cannot("a median or deviation of distinct values");
        }
    }

    /** The value of the rows that pass, where the aggregate itself cannot choose them. */
    private String chosen(Expression.Aggregate aggregate, String value) {
        return aggregate.filter() == null || syntax.filters() ? value : "CASE WHEN "
                + new SqlPredicates(renderer, this).write(aggregate.filter()) + " THEN " + value + " END";
    }

    private String filter(Expression.Aggregate aggregate) {
        return aggregate.filter() == null || !syntax.filters() ? ""
                : " FILTER (WHERE " + new SqlPredicates(renderer, this).write(aggregate.filter()) + ")";
    }

    private Text arithmetic(Expression.Arithmetic arithmetic) {
        Expression left = arithmetic.left();
        Expression right = arithmetic.right();
        return switch (arithmetic.operator()) {
            case ADD -> new Text(bound(left, Binding.SUM) + " + " + bound(right, Binding.SUM), Binding.SUM);
            case SUBTRACT -> new Text(difference(left, right), Binding.SUM);
            case MULTIPLY -> new Text(bound(left, Binding.PRODUCT) + " * " + bound(right, Binding.ATOM), Binding.PRODUCT);
            case DIVIDE -> new Text(syntax.dividend(atom(left), left, right) + " / "
                    + syntax.divisor(atom(right), right), Binding.PRODUCT);
        };
    }

    private String difference(Expression left, Expression right) {
        DataType later = ExpressionTypes.of(left);
        DataType earlier = ExpressionTypes.of(right);
        if (later.temporal() && earlier.temporal() && later != DataType.TIME && earlier != DataType.TIME) {
            return syntax.daysBetween(atom(left), atom(right), later == DataType.DATE && earlier == DataType.DATE);
        }
        return bound(left, Binding.SUM) + " - " + bound(right, Binding.PRODUCT);
    }

    private Text call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.function()) {
            case CONCAT -> new Text(syntax.concat(arguments.stream().map(this::atom).toList(), arguments),
                    Binding.CONCATENATION);
            case ROUND -> atom(syntax.round(write(arguments.get(0)),
                    arguments.size() > 1 ? write(arguments.get(1)) : null));
            case NUMBER -> atom(syntax.asNumber(write(arguments.get(0))));
            case LOWER, UPPER, LENGTH, ABS, COALESCE -> atom(syntax.function(call.function()) + "("
                    + arguments.stream().map(this::write).collect(Collectors.joining(", ")) + ")");
        };
    }

    private String window(Expression.Window window) {
        String parts = window.partitionBy().isEmpty() ? ""
                : "PARTITION BY " + window.partitionBy().stream().map(this::write).collect(Collectors.joining(", "));
        String order = window.orderBy() == null || window.orderBy().isEmpty() ? parts
                : (parts.isEmpty() ? "" : parts + " ") + "ORDER BY "
                + window.orderBy().stream().map(this::ordering).collect(Collectors.joining(", "));
        return switch (window.function()) {
            case LAG -> "LAG(" + write(window.argument()) + ") OVER (" + order + ")";
            case TOTAL -> "SUM(" + write(window.argument()) + ") OVER (" + order + ")";
            case RANK -> "RANK() OVER (" + order + ")";
        };
    }

    private String ordering(LogicalPlan.Ordering ordering) {
        return sortKey(write(ordering.expression()), ordering);
    }

    /** A sort key by the name it has, with its direction. */
    String sortKey(String key, LogicalPlan.Ordering ordering) {
        return syntax.sortKey(key, write(ordering.expression()), ordering.descending(),
                ExpressionTypes.nullable(ordering.expression()));
    }
}
