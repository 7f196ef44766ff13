package io.dragoman.dialect.q;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes conditions as q. */
final class QPredicates {

    private final QRenderer renderer;
    private final QExpressions expressions;

    QPredicates(QRenderer renderer, QExpressions expressions) {
        this.renderer = renderer;
        this.expressions = expressions;
    }

    /** The terms that must all hold. */
    static List<Predicate> terms(Predicate predicate) {
        if (predicate == null) {
            return List.of();
        }
        List<Predicate> terms = new ArrayList<>();
        for (Predicate term : predicate instanceof Predicate.And and ? and.terms() : List.of(predicate)) {
            if (term instanceof Predicate.And nested) {
                terms.addAll(terms(nested));
            } else if (term instanceof Predicate.Between between && between.highExclusive()) {
                terms.add(new Predicate.Comparison(Predicate.Comparison.Operator.GE, between.expression(), between.low()));
                terms.add(new Predicate.Comparison(Predicate.Comparison.Operator.LT, between.expression(), between.high()));
            } else {
                terms.add(term);
            }
        }
        return terms;
    }

    /** A where clause: the date first, so that only its partitions are read; then equalities; subqueries at the end. */
    String where(List<Predicate> terms) {
        List<Predicate> ordered = new ArrayList<>(terms);
        ordered.sort(Comparator.comparingInt(QPredicates::rank));
        List<String> phrases = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            boolean grouped = ordered.get(i) instanceof Predicate.Comparison of && QGroupFilter.correlated(of.right());
            String text = grouped ? ofGroup((Predicate.Comparison) ordered.get(i), List.copyOf(phrases)) : write(ordered.get(i));
            boolean open = ordered.get(i) instanceof Predicate.InSubquery || text.contains(" from ");
            phrases.add(open && i < ordered.size() - 1 ? "(" + text + ")" : text);
        }
        return phrases.isEmpty() ? "" : " where " + String.join(", ", phrases);
    }

    /** A comparison with an aggregate of the row's group, whose rows must have passed just the conditions before. */
    private String ofGroup(Predicate.Comparison comparison, List<String> before) {
        QGroupFilter filter = QGroupFilter.of((Expression.ScalarSubquery) comparison.right());
        renderer.types().read(((Expression.ScalarSubquery) comparison.right()).plan());
        QExpressions inner = new QExpressions(renderer);
        QPredicates predicates = new QPredicates(renderer, inner);
        Set<String> others = filter.others().stream().map(predicates::write).collect(Collectors.toSet());
        if (!others.equals(Set.copyOf(before))) {
            throw QRenderer.cannot("an aggregate of other rows of the row's group");
        }
        List<String> groups = filter.groups().stream().map(inner::write).toList();
        String by = groups.size() == 1 ? groups.get(0)
                : groups.stream().map(group -> group + ":" + group).collect(Collectors.joining(";", "([]", ")"));
        return expressions.left(comparison.left()) + symbol(comparison.operator()) + "("
                + QExpressions.function(filter.aggregate().function()) + ";" + inner.write(filter.aggregate().argument()) + ") fby " + by;
    }

    private static int rank(Predicate term) {
        if (mentions(term, "date")) {
            return 0;
        }
        boolean key = term instanceof Predicate.Comparison comparison && comparison.operator()
                == Predicate.Comparison.Operator.EQ && ExpressionTypes.of(comparison.left()) == DataType.TEXT
                || term instanceof Predicate.In;
        if (term instanceof Predicate.Comparison of && QGroupFilter.correlated(of.right())) {
            return 4;
        }
        return key ? 1 : term instanceof Predicate.InSubquery || term instanceof Predicate.Exists ? 3 : 2;
    }

    private static boolean mentions(Predicate term, String column) {
        boolean[] found = {false};
        PlanWalk.condition(term, false, expression ->
                found[0] |= expression instanceof Column named && named.column().equals(column));
        return found[0];
    }

    String write(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return comparison(comparison);
        } else if (predicate instanceof Predicate.Between between) {
            return between(between);
        } else if (predicate instanceof Predicate.In in) {
            return in(in);
        } else if (predicate instanceof Predicate.InSubquery in) {
            if (QGroupFilter.refersOutside(in.plan())) {
                throw QRenderer.cannot("a list of values that depends on the row");
            }
            return expressions.left(in.expression()) + " in " + renderer.values(in.plan());
        } else if (predicate instanceof Predicate.Exists exists) {
            return exists(exists.plan());
        } else if (predicate instanceof Predicate.Like like) {
            return "lower[" + expressions.write(like.expression()) + "] like " + QText.string(pattern(like.pattern()));
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return "null " + expressions.write(isNull.expression());
        } else if (predicate instanceof Predicate.Not not) {
            return "not " + write(not.term());
        } else if (predicate instanceof Predicate.And and) {
            return joined(terms(and), "&");
        }
        return joined(((Predicate.Or) predicate).terms(), "|");
    }

    private String joined(List<Predicate> terms, String operator) {
        return terms.subList(0, terms.size() - 1).stream().map(term -> "(" + write(term) + ")" + operator)
                .collect(Collectors.joining()) + write(terms.get(terms.size() - 1));
    }

    private String comparison(Predicate.Comparison comparison) {
        DataType left = ExpressionTypes.of(comparison.left());
        DataType right = ExpressionTypes.of(comparison.right());
        if (comparison.right() instanceof Expression.Literal literal && renderer.types().string(comparison.left())) {
            return ofString(comparison.left(), comparison.operator(), literal);
        }
        String operand = expressions.left(comparison.left());
        boolean wholeDay = left == DataType.TIMESTAMP && right == DataType.DATE
                && comparison.operator() != Predicate.Comparison.Operator.GE
                && comparison.operator() != Predicate.Comparison.Operator.LT;
        return QExpressions.infix(wholeDay ? "(`date$" + operand + ")" : operand, symbol(comparison.operator()),
                value(comparison.right(), left));
    }

    /** Whether a string is another: as a pattern, since {@code =} would compare letter by letter. */
    private String ofString(Expression string, Predicate.Comparison.Operator operator, Expression.Literal literal) {
        String like = expressions.left(string) + " like " + QText.string(QText.pattern(QConstants.checked(literal.text())));
        return switch (operator) {
            case EQ -> like;
            case NE -> "not " + like;
            default -> throw QRenderer.cannot("that a string comes before or after another");
        };
    }

    private String value(Expression expression, DataType type) {
        return expression instanceof Expression.Literal literal ? QConstants.literal(literal, type)
                : expressions.write(expression);
    }

    private static String symbol(Predicate.Comparison.Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "<>";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private String between(Predicate.Between between) {
        if (between.highExclusive()) {
            return joined(terms(between), "&");
        }
        DataType type = ExpressionTypes.of(between.expression());
        String operand = expressions.left(between.expression());
        boolean wholeDay = type == DataType.TIMESTAMP && ExpressionTypes.of(between.high()) == DataType.DATE;
        String low = value(between.low(), type);
        String high = value(between.high(), type);
        boolean constants = between.low() instanceof Expression.Literal && between.high() instanceof Expression.Literal;
        return (wholeDay ? "(`date$" + operand + ")" : operand) + " within "
                + (constants ? low + " " + high : "(" + low + ";" + high + ")");
    }

    private String in(Predicate.In in) {
        DataType type = ExpressionTypes.of(in.expression());
        if (!in.values().isEmpty() && renderer.types().string(in.expression())) {
            return joined(in.values().stream().map(value -> (Predicate) new Predicate.Comparison(
                    Predicate.Comparison.Operator.EQ, in.expression(), value)).toList(), "|");
        }
        List<String> values = in.values().stream().map(value -> QConstants.literal(value, type)).toList();
        String operand = expressions.left(in.expression());
        if (values.isEmpty()) {
            return operand + " in ()";
        } else if (values.size() == 1) {
            return QExpressions.infix(operand, "=", values.get(0));
        }
        boolean symbols = values.stream().allMatch(value -> value.startsWith("`"));
        if (symbols && values.stream().anyMatch(value -> value.startsWith("`$"))) {
            return operand + " in `$(" + in.values().stream().map(value -> QText.string(value.text()))
                    .collect(Collectors.joining(";")) + ")";
        }
        return operand + " in " + String.join(symbols ? "" : " ", values);
    }

    /** Patterns of SQL as q's, in lower case: {@code *} for any run, {@code ?} for one character. */
    private static String pattern(String pattern) {
        StringBuilder out = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            out.append(switch (c) {
                case '%' -> "*";
                case '_' -> "?";
                case '*', '?', '[' -> "[" + c + "]";
                default -> String.valueOf(c);
            });
        }
        return out.toString();
    }

    /** A plan that refers to the outer one by one equality is a membership; one that does not is a count. */
    private String exists(LogicalPlan plan) {
        List<Predicate> rest = new ArrayList<>();
        Predicate.Comparison link = null;
        for (Predicate term : terms(plan.where())) {
            boolean outer = refersOutside(term, plan);
            if (outer && link == null && term instanceof Predicate.Comparison comparison
                    && comparison.operator() == Predicate.Comparison.Operator.EQ
                    && comparison.left() instanceof Column && comparison.right() instanceof Column) {
                link = comparison;
            } else if (outer) {
                throw QRenderer.cannot("a subquery that refers to the outer query so");
            } else {
                rest.add(term);
            }
        }
        Predicate where = rest.isEmpty() ? null : rest.size() == 1 ? rest.get(0) : new Predicate.And(rest);
        if (link == null) {
            LogicalPlan count = QRenderer.with(plan, where, new Expression.Aggregate(Expression.Aggregate.Function.COUNT,
                    null, false, null));
            return "0<" + renderer.values(count);
        }
        boolean leftInner = own((Column) link.left(), plan);
        Expression inner = leftInner ? link.left() : link.right();
        Expression outer = leftInner ? link.right() : link.left();
        return expressions.left(outer) + " in " + renderer.values(QRenderer.with(plan, where, inner));
    }

    private static boolean own(Column column, LogicalPlan plan) {
        return plan.from().stream().anyMatch(source -> source.alias().equals(column.alias()));
    }

    private static boolean refersOutside(Predicate term, LogicalPlan plan) {
        boolean[] outside = {false};
        PlanWalk.condition(term, false, expression ->
                outside[0] |= expression instanceof Column column && !own(column, plan));
        return outside[0];
    }
}
