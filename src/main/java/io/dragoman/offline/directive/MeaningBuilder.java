package io.dragoman.offline.directive;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.Expression.Literal;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds plan expressions and predicates from a resolved tree, and checks that values and conditions stand where they can. */
final class MeaningBuilder {

    private static final Map<String, Aggregate.Function> AGGREGATES = Map.ofEntries(
            Map.entry("count", Aggregate.Function.COUNT), Map.entry("sum", Aggregate.Function.SUM),
            Map.entry("avg", Aggregate.Function.AVG), Map.entry("mean", Aggregate.Function.AVG),
            Map.entry("min", Aggregate.Function.MIN), Map.entry("max", Aggregate.Function.MAX),
            Map.entry("median", Aggregate.Function.MEDIAN), Map.entry("stddev", Aggregate.Function.STDDEV),
            Map.entry("first", Aggregate.Function.FIRST), Map.entry("last", Aggregate.Function.LAST));
    private static final Map<String, Expression.Call.Function> CALLS = Map.of("lower", Expression.Call.Function.LOWER,
            "upper", Expression.Call.Function.UPPER, "length", Expression.Call.Function.LENGTH, "abs",
            Expression.Call.Function.ABS, "round", Expression.Call.Function.ROUND, "coalesce",
            Expression.Call.Function.COALESCE, "concat", Expression.Call.Function.CONCAT);
    private static final Map<String, Expression.DatePart.Part> PARTS = Map.of("year", Expression.DatePart.Part.YEAR,
            "quarter", Expression.DatePart.Part.QUARTER, "month", Expression.DatePart.Part.MONTH, "week",
            Expression.DatePart.Part.WEEK, "day", Expression.DatePart.Part.DAY, "weekday",
            Expression.DatePart.Part.WEEKDAY, "hour", Expression.DatePart.Part.HOUR, "minute",
            Expression.DatePart.Part.MINUTE);

    private final ColumnResolver columns;
    private boolean aggregates;
    private boolean within;
    private Node.Name bare;

    MeaningBuilder(ColumnResolver columns) {
        this.columns = columns;
    }

    /** An {@link Expression} or a {@link Predicate}. */
    Object build(Node tree) {
        boolean flag = tree instanceof Node.Name name && columns.column(name).type() == DataType.BOOLEAN;
        Object meaning = flag ? predicate(tree) : any(tree);
        if (aggregates && bare != null) {
            throw new InvalidExpressionException("'" + bare.column()
                    + "' is of a row and stands beside a value of a group: put it into sum(…), max(…) or the like.",
                    bare.offset(), null);
        }
        return meaning;
    }

    /** Whether there is an aggregate in what was built. */
    boolean aggregates() {
        return aggregates;
    }

    private Object any(Node node) {
        if (node instanceof Node.Binary binary && "+-*/".contains(binary.operator())) {
            return arithmetic(binary);
        }
        return node instanceof Node.Binary || node instanceof Node.Not || node instanceof Node.In
                || node instanceof Node.Between || node instanceof Node.Like || node instanceof Node.IsNull
                ? predicate(node) : value(node);
    }

    private Expression value(Node node) {
        if (node instanceof Node.Name name) {
            bare = within || bare != null ? bare : name;
            return columns.column(name);
        } else if (node instanceof Node.Number number) {
            return new Literal(number.text(), number.text().contains(".") ? DataType.DECIMAL : DataType.INTEGER);
        } else if (node instanceof Node.Text text) {
            return new Literal(text.text(), DataType.TEXT);
        } else if (node instanceof Node.Truth truth) {
            return new Literal(String.valueOf(truth.value()), DataType.BOOLEAN);
        } else if (node instanceof Node.Present present) {
            return present(present);
        } else if (node instanceof Node.Function function) {
            return function(function);
        } else if (node instanceof Node.Binary binary && "+-*/".contains(binary.operator())) {
            return arithmetic(binary);
        }
        throw new InvalidExpressionException("Here stands a condition where a value is needed.", node.offset(), null);
    }

    private static Expression present(Node.Present present) {
        TimeUnit unit = present.unit() == null ? present.moment() ? TimeUnit.SECOND : TimeUnit.DAY : present.unit();
        boolean day = !present.moment() && unit.compareTo(TimeUnit.DAY) >= 0;
        return new Expression.RelativeTime(unit, present.amount(), present.moment() ? TimeUnit.SECOND : TimeUnit.DAY,
                day ? DataType.DATE : DataType.TIMESTAMP);
    }

    private Arithmetic arithmetic(Node.Binary binary) {
        Arithmetic.Operator operator = switch (binary.operator()) {
            case "+" -> Arithmetic.Operator.ADD;
            case "-" -> Arithmetic.Operator.SUBTRACT;
            case "*" -> Arithmetic.Operator.MULTIPLY;
            default -> Arithmetic.Operator.DIVIDE;
        };
        return new Arithmetic(operator, number(binary.left()), number(binary.right()));
    }

    private Expression number(Node node) {
        Expression value = value(node);
        DataType type = type(value);
        if (type == DataType.TEXT || type == DataType.BOOLEAN || type == DataType.BINARY) {
            throw new InvalidExpressionException("Here a number is needed" + (value instanceof Expression.Column column
                    ? ", and '" + column.column() + "' is none." : "."), node.offset(), null);
        }
        return value;
    }

    private Expression function(Node.Function function) {
        Aggregate.Function aggregate = AGGREGATES.get(function.name());
        if (aggregate != null) {
            return aggregate(function, aggregate);
        }
        if (function.distinct() || function.star() || function.filter() != null) {
            throw new InvalidExpressionException("'" + function.name() + "' takes plain values.", function.offset(), null);
        }
        Expression.DatePart.Part part = PARTS.get(function.name());
        if (part != null) {
            arguments(function, 1, 1);
            return new Expression.DatePart(part, value(function.arguments().get(0)));
        }
        Expression.Call.Function call = CALLS.get(function.name());
        if (call == null) {
            List<String> known = new ArrayList<>(AGGREGATES.keySet());
            known.addAll(CALLS.keySet());
            known.addAll(PARTS.keySet());
            throw new InvalidExpressionException("There is no function '" + function.name() + "'.", function.offset(),
                    ColumnResolver.nearest(function.name(), known));
        }
        boolean several = call == Expression.Call.Function.COALESCE || call == Expression.Call.Function.CONCAT;
        arguments(function, several ? 2 : 1, several ? 20 : call == Expression.Call.Function.ROUND ? 2 : 1);
        return new Expression.Call(call, function.arguments().stream().map(this::value).toList());
    }

    private Expression aggregate(Node.Function function, Aggregate.Function aggregate) {
        if (within) {
            throw new InvalidExpressionException("An aggregate cannot stand inside another.", function.offset(), null);
        }
        boolean counts = aggregate == Aggregate.Function.COUNT;
        if (function.star() && !counts) {
            throw new InvalidExpressionException("Only count takes '*'.", function.offset(), "count(*)");
        }
        boolean rows = function.star() || counts && function.arguments().isEmpty();
        if (!rows) {
            arguments(function, 1, 1);
        }
        aggregates = true;
        within = true;
        Node argument = rows ? null : function.arguments().get(0);
        boolean sums = aggregate == Aggregate.Function.SUM || aggregate == Aggregate.Function.AVG
                || aggregate == Aggregate.Function.STDDEV || aggregate == Aggregate.Function.MEDIAN;
        Expression value = rows ? null : sums ? number(argument) : value(argument);
        Predicate filter = function.filter() == null ? null : predicate(function.filter());
        within = false;
        return new Aggregate(aggregate, value, function.distinct(), filter);
    }

    private static void arguments(Node.Function function, int least, int most) {
        int count = function.arguments().size();
        if (count < least || count > most) {
            throw new InvalidExpressionException("'" + function.name() + "' takes "
                    + (least == most ? least : least + " to " + most) + " argument" + (most == 1 ? "" : "s") + ", not "
                    + count + ".", function.offset(), null);
        }
    }

    private Predicate predicate(Node node) {
        if (node instanceof Node.Not not) {
            return new Predicate.Not(predicate(not.term()));
        } else if (node instanceof Node.IsNull isNull) {
            return new Predicate.IsNull(value(isNull.value()));
        } else if (node instanceof Node.Like like) {
            return new Predicate.Like(value(like.value()), like.pattern());
        } else if (node instanceof Node.In in) {
            Expression value = value(in.value());
            return new Predicate.In(value, in.values().stream().map(one -> constant(one, value)).toList());
        } else if (node instanceof Node.Between between) {
            Expression value = value(between.value());
            return new Predicate.Between(value, comparable(between.low(), value), comparable(between.high(), value), false);
        } else if (node instanceof Node.Binary binary && (binary.operator().equals("and") || binary.operator().equals("or"))) {
            List<Predicate> terms = new ArrayList<>();
            terms(binary, binary.operator(), terms);
            return binary.operator().equals("and") ? new Predicate.And(terms) : new Predicate.Or(terms);
        } else if (node instanceof Node.Binary binary && !"+-*/".contains(binary.operator())) {
            return comparison(binary);
        } else if (node instanceof Node.Name name && columns.column(name).type() == DataType.BOOLEAN) {
            return new Predicate.Comparison(Predicate.Comparison.Operator.EQ, value(name),
                    new Literal("true", DataType.BOOLEAN));
        }
        throw new InvalidExpressionException("Here stands a value where a condition is needed.", node.offset(), null);
    }

    private void terms(Node node, String operator, List<Predicate> terms) {
        if (node instanceof Node.Binary binary && binary.operator().equals(operator)) {
            terms(binary.left(), operator, terms);
            terms(binary.right(), operator, terms);
        } else {
            terms.add(predicate(node));
        }
    }

    private Predicate comparison(Node.Binary binary) {
        Predicate.Comparison.Operator operator = switch (binary.operator()) {
            case "<" -> Predicate.Comparison.Operator.LT;
            case "<=" -> Predicate.Comparison.Operator.LE;
            case ">" -> Predicate.Comparison.Operator.GT;
            case ">=" -> Predicate.Comparison.Operator.GE;
            case "<>", "!=" -> Predicate.Comparison.Operator.NE;
            default -> Predicate.Comparison.Operator.EQ;
        };
        Expression left = value(binary.left());
        Expression right = comparable(binary.right(), left);
        return new Predicate.Comparison(operator, left instanceof Literal ? comparable(binary.left(), right) : left, right);
    }

    private Literal constant(Node node, Expression other) {
        if (comparable(node, other) instanceof Literal literal) {
            return literal;
        }
        throw new InvalidExpressionException("Here a constant is needed.", node.offset(), null);
    }

    /** A value that is compared with another: a constant takes the other's type. */
    private Expression comparable(Node node, Expression other) {
        Expression value = value(node);
        DataType type = type(other);
        if (!(value instanceof Literal literal) || type == literal.type() || type == DataType.OTHER) {
            return value;
        }
        boolean text = literal.type() == DataType.TEXT;
        if (text && type.numeric()) {
            throw new InvalidExpressionException("'" + literal.text() + "' is compared with a number.", node.offset(), null);
        }
        if (text && (type == DataType.DATE || type == DataType.TIMESTAMP)) {
            try {
                return new Literal(LocalDate.parse(literal.text()).toString(), DataType.DATE);
            } catch (DateTimeException notADay) {
                return new Literal(literal.text(), type);
            }
        }
        return text && type == DataType.TIME ? new Literal(literal.text(), type)
                : type == DataType.TEXT ? new Literal(literal.text(), DataType.TEXT) : value;
    }

    private static DataType type(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return column.type();
        } else if (expression instanceof Literal literal) {
            return literal.type();
        } else if (expression instanceof Expression.RelativeTime time) {
            return time.type();
        } else if (expression instanceof Arithmetic || expression instanceof Expression.DatePart) {
            return DataType.DECIMAL;
        } else if (expression instanceof Aggregate aggregate) {
            return switch (aggregate.function()) {
                case MIN, MAX, FIRST, LAST -> type(aggregate.argument());
                default -> DataType.DECIMAL;
            };
        } else if (expression instanceof Expression.Call call) {
            return switch (call.function()) {
                case LOWER, UPPER, CONCAT -> DataType.TEXT;
                case LENGTH, ABS, ROUND, NUMBER -> DataType.DECIMAL;
                case COALESCE -> type(call.arguments().get(0));
            };
        }
        return DataType.OTHER;
    }
}
