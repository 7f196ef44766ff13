package io.dragoman.dialect.q;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.Expression.DatePart;
import io.dragoman.offline.plan.Expression.TimeBucket;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.schema.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes expressions as q: from right to left, so that only left sides need parentheses. */
final class QExpressions {

    private final QRenderer renderer;
    private final Map<Expression, String> names = new HashMap<>();

    QExpressions(QRenderer renderer) {
        this.renderer = renderer;
    }

    /** From now on the expression is the column of that name. */
    void name(Expression expression, String name) {
        names.put(expression instanceof Column column ? key(column) : expression, name);
    }

    private static Column key(Column column) {
        return new Column(column.alias(), column.column(), null);
    }

    /** The column's name in the table that is selected from. */
    String column(Column column) {
        return names.getOrDefault(key(column), column.column());
    }

    /** The expression where it may reach to the end. */
    String write(Expression expression) {
        String named = expression instanceof Column column ? column(column) : names.get(expression);
        if (named != null) {
            return named;
        } else if (expression instanceof Expression.Literal literal) {
            return QConstants.literal(literal);
        } else if (expression instanceof Expression.RelativeTime time) {
            return QConstants.relativeTime(time);
        } else if (expression instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        } else if (expression instanceof Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        } else if (expression instanceof TimeBucket bucket) {
            return bucket(bucket);
        } else if (expression instanceof DatePart part) {
            return part(part);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.ScalarSubquery subquery) {
            if (QGroupFilter.correlated(subquery)) {
                throw QRenderer.cannot("a subquery that depends on the row here");
            }
            return "(" + renderer.values(subquery.plan()) + ")";
        } else if (expression instanceof Expression.Window window) {
            return window(window);
        }
        throw QRenderer.cannot("an expression of kind " + expression.getClass().getSimpleName());
    }

    /** The expression to the left of an operator. */
    String left(Expression expression) {
        String text = write(expression);
        return simple(expression, text) ? text : "(" + text + ")";
    }

    private boolean simple(Expression expression, String text) {
        return expression instanceof Column || names.containsKey(expression)
                || expression instanceof Expression.Literal && !text.startsWith("`$")
                || expression instanceof Expression.ScalarSubquery || text.matches("[\\w.]+");
    }

    static String infix(String left, String operator, String right) {
        boolean word = Character.isLetter(operator.charAt(0));
        String gap = right.startsWith("-") ? " " : "";
        return word ? left + " " + operator + " " + right : left + operator + gap + right;
    }

    private String aggregate(Aggregate aggregate) {
        Expression argument = aggregate.argument();
        if (aggregate.filter() != null) {
            return filtered(aggregate);
        }
        if (argument == null) {
            return "count i";
        }
        String distinct = aggregate.distinct() ? "distinct " : "";
        if (aggregate.function() == Aggregate.Function.COUNT) {
            return aggregate.distinct() ? "count distinct " + write(argument) : "sum not null " + write(argument);
        }
        return function(aggregate.function()) + " " + distinct + write(argument);
    }

    private String filtered(Aggregate aggregate) {
        String condition = new QPredicates(renderer, this).write(aggregate.filter());
        Expression argument = aggregate.argument();
        if (aggregate.function() == Aggregate.Function.COUNT && argument == null) {
            return "sum " + condition;
        }
        if (aggregate.function() == Aggregate.Function.SUM && !aggregate.distinct()) {
            return "sum " + left(argument) + "*" + condition;
        }
        if (!(argument instanceof Column column)) {
            throw QRenderer.cannot("an aggregate of a computed value over some of a group's rows");
        }
        String some = column(column) + "[where " + condition + "]";
        if (aggregate.function() == Aggregate.Function.COUNT) {
            return aggregate.distinct() ? "count distinct " + some : "sum not null " + some;
        }
        return function(aggregate.function()) + (aggregate.distinct() ? " distinct " : " ") + some;
    }

    static String function(Aggregate.Function function) {
        return switch (function) {
            case COUNT -> "count";
            case SUM -> "sum";
            case AVG -> "avg";
            case MIN -> "min";
            case MAX -> "max";
            case MEDIAN -> "med";
            case STDDEV -> "sdev";
            case FIRST -> "first";
            case LAST -> "last";
        };
    }

    private String arithmetic(Arithmetic arithmetic) {
        String weighted = arithmetic.operator() == Arithmetic.Operator.DIVIDE
                ? weightedAverage(arithmetic.left(), arithmetic.right()) : null;
        if (weighted != null) {
            return weighted;
        }
        return infix(left(arithmetic.left()), switch (arithmetic.operator()) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "%";
        }, write(arithmetic.right()));
    }

    /** The sum of products over the sum of one factor is {@code weights wavg values}. */
    private String weightedAverage(Expression left, Expression right) {
        if (!sum(left) || !sum(right) || !(((Aggregate) left).argument() instanceof Arithmetic product)
                || product.operator() != Arithmetic.Operator.MULTIPLY) {
            return null;
        }
        Expression weight = ((Aggregate) right).argument();
        if (weight.equals(product.right())) {
            return left(weight) + " wavg " + write(product.left());
        }
        return weight.equals(product.left()) ? left(weight) + " wavg " + write(product.right()) : null;
    }

    private static boolean sum(Expression expression) {
        return expression instanceof Aggregate aggregate && aggregate.function() == Aggregate.Function.SUM
                && aggregate.filter() == null && !aggregate.distinct();
    }

    private String bucket(TimeBucket bucket) {
        DataType type = ExpressionTypes.of(bucket.argument());
        String text = write(bucket.argument());
        int count = bucket.count();
        return switch (bucket.unit()) {
            case SECOND -> type == DataType.TIME ? times(count, cast("second", bucket.argument()))
                    : "0D00:00:" + two(count) + " xbar " + text;
            case MINUTE -> type == DataType.TIME ? times(count, cast("minute", bucket.argument()))
                    : span(count) + " xbar " + text;
            case HOUR -> type == DataType.TIME ? count * 60 + " xbar " + cast("minute", bucket.argument())
                    : span(count * 60) + " xbar " + text;
            case DAY -> times(count, type == DataType.DATE ? text : cast("date", bucket.argument()));
            case WEEK -> {
                if (count != 1) {
                    throw QRenderer.cannot("buckets of " + count + " weeks");
                }
                yield "`week$" + text;
            }
            case MONTH -> times(count, "`month$" + text);
            case QUARTER -> count * 3 + " xbar `month$" + text;
            case YEAR -> count * 12 + " xbar `month$" + text;
        };
    }

    private static String times(int count, String text) {
        return count == 1 ? text : count + " xbar " + text;
    }

    private static String span(int minutes) {
        return "0D" + two(minutes / 60) + ":" + two(minutes % 60);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private String cast(String type, Expression expression) {
        return expression instanceof Column column && column(column).indexOf('.') < 0 ? column(column) + "." + type
                : "`" + type + "$" + write(expression);
    }

    private String part(DatePart part) {
        return switch (part.part()) {
            case YEAR -> cast("year", part.argument());
            case MONTH -> cast("mm", part.argument());
            case DAY -> cast("dd", part.argument());
            case HOUR -> cast("hh", part.argument());
            case MINUTE -> cast("uu", part.argument());
            case QUARTER -> "1+(" + cast("mm", part.argument()) + "-1) div 3";
            case WEEKDAY -> "1+(" + (ExpressionTypes.of(part.argument()) == DataType.DATE ? write(part.argument())
                    : cast("date", part.argument())) + "-2) mod 7";
            case WEEK -> throw QRenderer.cannot("the number of a week");
        };
    }

    private String call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        String first = write(arguments.get(0));
        return switch (call.function()) {
            case LOWER -> "lower " + first;
            case UPPER -> "upper " + first;
            case LENGTH -> "count each string " + first;
            case ABS -> "abs " + first;
            case ROUND -> round(arguments, first);
            case COALESCE -> coalesce(arguments);
            case NUMBER -> throw QRenderer.cannot("a text read as a number");
            case CONCAT -> throw QRenderer.cannot("texts joined to one");
        };
    }

    private String round(List<Expression> arguments, String first) {
        if (arguments.size() == 1) {
            return "floor 0.5+" + first;
        }
        int places = Integer.parseInt(write(arguments.get(1)).replace("f", ""));
        String factor = "1" + "0".repeat(Math.max(0, places));
        return "(floor 0.5+" + factor + "*" + first + ")%" + factor;
    }

    private String coalesce(List<Expression> arguments) {
        String text = left(arguments.get(0));
        for (int i = 1; i < arguments.size(); i++) {
            text = left(arguments.get(i)) + "^" + text;
        }
        return text;
    }

    private String window(Expression.Window window) {
        return switch (window.function()) {
            case LAG -> window("prev", window);
            case TOTAL -> window("sum", window);
            case RANK -> throw new CannotRenderException("q has no way to say a rank with ties");
        };
    }

    /** A function over all rows, or by {@code fby} over those that are equal in some columns. */
    private String window(String function, Expression.Window window) {
        if (window.partitionBy().isEmpty()) {
            return function + " " + write(window.argument());
        }
        List<String> groups = window.partitionBy().stream().map(this::write).toList();
        String by = groups.size() == 1 ? groups.get(0)
                : groups.stream().map(group -> group + ":" + group).collect(Collectors.joining(";", "([]", ")"));
        return "(" + function + ";" + write(window.argument()) + ") fby " + by;
    }

    /** The units in which offsets of months are counted. */
    static int months(TimeUnit unit) {
        return switch (unit) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
            default -> 0;
        };
    }
}
