package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Predicate;
import java.util.stream.Collectors;

/** Short texts of meanings, predicates and expressions, to compare with in tests. */
final class Described {

    private Described() {
    }

    static String meaning(TimeMeaning meaning) {
        if (meaning instanceof TimeMeaning.Window window) {
            return window(window);
        }
        if (meaning instanceof TimeMeaning.AnyOf any) {
            return any.windows().stream().map(Described::window).collect(Collectors.joining(" or "));
        }
        if (meaning instanceof TimeMeaning.TimeOfDay time) {
            return (time.afterLow() ? "(" : "[") + (time.low() == null ? "" : time.low()) + ","
                    + (time.high() == null ? "" : time.high()) + (time.highExclusive() ? ")" : "]")
                    + (time.today() ? " today" : "");
        }
        if (meaning instanceof TimeMeaning.Recurring recurring) {
            return recurring.part() + " in " + recurring.values();
        }
        if (meaning instanceof TimeMeaning.Bucket bucket) {
            return "by " + bucket.count() + " " + bucket.unit();
        }
        if (meaning instanceof TimeMeaning.Part part) {
            return "by part " + part.part();
        }
        return "change by " + ((TimeMeaning.Change) meaning).unit();
    }

    private static String window(TimeMeaning.Window window) {
        return (window.low() == null ? "" : expression(window.low().expression())) + ".."
                + (window.high() == null ? "" : expression(window.high().expression()));
    }

    static String expression(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.text();
        }
        if (expression instanceof Expression.RelativeTime relative) {
            String offset = relative.offset() > 0 ? "+" + relative.offset() : String.valueOf(relative.offset());
            return relative.unit() + offset + (relative.startOf() == relative.unit() ? "" : "@" + relative.startOf());
        }
        if (expression instanceof Expression.Column column) {
            return column.column();
        }
        if (expression instanceof Expression.DatePart part) {
            return part.part().toString().toLowerCase() + "(" + expression(part.argument()) + ")";
        }
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return "(" + expression(arithmetic.left()) + " " + arithmetic.operator() + " "
                    + expression(arithmetic.right()) + ")";
        }
        if (expression instanceof Expression.TimeBucket bucket) {
            return "bucket(" + bucket.count() + " " + bucket.unit() + ", " + expression(bucket.argument()) + ")";
        }
        return expression.toString();
    }

    static String predicate(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return expression(comparison.left()) + " " + comparison.operator() + " " + expression(comparison.right());
        }
        if (predicate instanceof Predicate.Between between) {
            return expression(between.expression()) + " in " + expression(between.low()) + ".."
                    + expression(between.high()) + (between.highExclusive() ? ")" : "]");
        }
        if (predicate instanceof Predicate.In in) {
            return expression(in.expression()) + " in "
                    + in.values().stream().map(Described::expression).collect(Collectors.joining(","));
        }
        if (predicate instanceof Predicate.Or or) {
            return or.terms().stream().map(Described::predicate).collect(Collectors.joining(" or "));
        }
        if (predicate instanceof Predicate.And and) {
            return and.terms().stream().map(Described::predicate).collect(Collectors.joining(" and "));
        }
        return predicate.toString();
    }
}
