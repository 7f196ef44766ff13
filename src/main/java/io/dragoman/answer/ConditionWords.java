package io.dragoman.answer;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Collectors;

/** Conditions in words, as far as they can be said shortly. */
final class ConditionWords {

    private static final int LONGEST = 160;

    private final LogicalPlan plan;

    private ConditionWords(LogicalPlan plan) {
        this.plan = plan;
    }

    /** " where status is cancelled", " that match" when it would be long, or nothing when the plan has no condition. */
    static String of(LogicalPlan plan) {
        if (plan.where() == null) {
            return "";
        }
        String words = new ConditionWords(plan).words(plan.where());
        return words == null || words.length() > LONGEST ? " that match" : " where " + words;
    }

    private String words(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            String words = and.terms().stream().map(term -> String.valueOf(words(term))).collect(Collectors.joining(" and "));
            return and.terms().stream().anyMatch(term -> words(term) == null) ? null : words;
        } else if (predicate instanceof Predicate.Comparison comparison) {
            String verb = switch (comparison.operator()) {
                case EQ -> " is ";
                case NE -> " is not ";
                case LT -> temporal(comparison.right()) ? " is before " : " is below ";
                case LE -> " is at most ";
                case GT -> temporal(comparison.right()) ? " is after " : " is above ";
                case GE -> temporal(comparison.right()) ? " is from " : " is at least ";
            };
            return joined(subject(comparison.left()), verb, value(comparison.right()));
        } else if (predicate instanceof Predicate.Between between && period(between) != null) {
            return joined(subject(between.expression()), " is in ", period(between));
        } else if (predicate instanceof Predicate.Between between) {
            String high = between.highExclusive() && lastDay(between.high()) != null ? lastDay(between.high())
                    : between.highExclusive() ? null : value(between.high());
            String range = joined(value(between.low()), temporal(between.low()) ? " to " : " and ", high);
            return joined(subject(between.expression()), temporal(between.low()) ? " is from " : " is between ", range);
        } else if (predicate instanceof Predicate.In in && in.values().size() <= 5) {
            return joined(subject(in.expression()), " is ", in.values().stream().map(ConditionWords::value)
                    .collect(Collectors.joining(" or ")));
        } else if (predicate instanceof Predicate.Like like) {
            return joined(subject(like.expression()), " is like ", ValueText.text(like.pattern().replace("%", "…")));
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return joined(subject(isNull.expression()), " is ", "missing");
        } else if (predicate instanceof Predicate.Not not && not.term() instanceof Predicate.IsNull isNull) {
            return joined(subject(isNull.expression()), " is ", "known");
        }
        return null;
    }

    /** The month, quarter, year or day that a window is; null when it is none. */
    private static String period(Predicate.Between between) {
        boolean days = between.highExclusive() && between.low() instanceof Expression.Literal low && low.text().length() == 10
                && between.high() instanceof Expression.Literal high && high.text().length() == 10;
        try {
            return !days ? null : Period.name(LocalDate.parse(((Expression.Literal) between.low()).text()),
                    LocalDate.parse(((Expression.Literal) between.high()).text())).orElse(null);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    private static boolean temporal(Expression expression) {
        return expression instanceof Expression.RelativeTime
                || expression instanceof Expression.Literal literal && literal.type().temporal();
    }

    /** The day before an exclusive bound, to name a window by its last day; null when it is not a literal day. */
    private static String lastDay(Expression expression) {
        try {
            return expression instanceof Expression.Literal literal && literal.text().length() == 10
                    ? LocalDate.parse(literal.text()).minusDays(1).toString() : null;
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    private static String joined(String left, String verb, String right) {
        return left == null || right == null ? null : left + verb + right;
    }

    private String subject(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return owner(column) + Nouns.words(column.column());
        }
        return expression instanceof Expression.Call call && !call.arguments().isEmpty()
                && call.function() == Expression.Call.Function.LOWER ? subject(call.arguments().get(0)) : null;
    }

    /** "the customer's ", where the column is of another table than the rows that are counted and its name does not say so. */
    private String owner(Expression.Column column) {
        String own = plan.from().get(0).alias();
        LogicalPlan.Source source = plan.from().stream().filter(one -> one.alias().equals(column.alias())).findFirst().orElse(null);
        if (source == null || source.alias().equals(own)) {
            return "";
        }
        String noun = Nouns.counted(Nouns.words(source.table()), 1);
        String last = noun.substring(noun.lastIndexOf(' ') + 1);
        return (" " + Nouns.words(column.column()) + " ").contains(" " + last + " ") ? "" : "the " + noun + "'s ";
    }

    private static String value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return ValueText.text(literal.text());
        }
        if (!(expression instanceof Expression.RelativeTime time) || time.unit() != time.startOf()) {
            return null;
        }
        String unit = time.unit().name().toLowerCase(Locale.ROOT);
        return switch (time.offset()) {
            case 0 -> unit.equals("day") ? "today" : "the start of this " + unit;
            case -1 -> unit.equals("day") ? "yesterday" : "the start of last " + unit;
            default -> time.offset() < 0 && unit.equals("day") ? -time.offset() + " days ago" : null;
        };
    }
}
