package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan being changed. */
final class PlanEdit {

    final List<Source> from;
    /** All of them hold. */
    final List<Predicate> where = new ArrayList<>();
    final List<Expression> groupBy;
    Predicate having;
    final List<OutputColumn> select;
    boolean distinct;
    final List<LogicalPlan.Ordering> orderBy;
    Integer limit;
    private int nextAlias = 1;

    PlanEdit(LogicalPlan plan) {
        from = new ArrayList<>(plan.from());
        terms(plan.where(), where);
        groupBy = new ArrayList<>(plan.groupBy());
        having = plan.having();
        select = new ArrayList<>(plan.select());
        distinct = plan.distinct();
        orderBy = new ArrayList<>(plan.orderBy());
        limit = plan.limit();
    }

    LogicalPlan plan() {
        Predicate filter = where.isEmpty() ? null : where.size() == 1 ? where.get(0) : new Predicate.And(List.copyOf(where));
        return new LogicalPlan(from, filter, groupBy, having, select, distinct, null, orderBy, limit);
    }

    /** The terms that all have to hold. */
    static void terms(Predicate predicate, List<Predicate> terms) {
        if (predicate instanceof Predicate.And and) {
            and.terms().forEach(term -> terms(term, terms));
        } else if (predicate != null) {
            terms.add(predicate);
        }
    }

    boolean aggregated() {
        return !groupBy.isEmpty() || select.stream().anyMatch(column -> aggregate(column.expression()));
    }

    /** Whether an expression is computed of a group. */
    static boolean aggregate(Expression expression) {
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return aggregate(arithmetic.left()) || aggregate(arithmetic.right());
        }
        if (expression instanceof Expression.Call call) {
            return call.arguments().stream().anyMatch(PlanEdit::aggregate);
        }
        return expression instanceof Expression.Aggregate || expression instanceof Expression.Window window
                && window.argument() != null && aggregate(window.argument());
    }

    /** The first output column that is computed of a group. */
    Optional<OutputColumn> measure() {
        return select.stream().filter(column -> aggregate(column.expression())).findFirst();
    }

    /** Puts one measure in the place of those that there are, also where rows are ordered by them. */
    void measure(OutputColumn column) {
        List<Expression> old = select.stream().map(OutputColumn::expression).filter(PlanEdit::aggregate).toList();
        select.removeIf(output -> aggregate(output.expression()));
        select.add(column);
        orderBy.replaceAll(order -> old.contains(order.expression())
                ? new LogicalPlan.Ordering(column.expression(), order.descending()) : order);
    }

    Optional<Source> source(String table) {
        return from.stream().filter(source -> source.table().equalsIgnoreCase(table)).findFirst();
    }

    /** The table that the question is about: that of the measure, or the first. */
    Source main() {
        Expression.Column column = measure().map(OutputColumn::expression).map(PlanEdit::column).orElse(null);
        if (column == null && !aggregated() && !select.isEmpty()) {
            column = column(select.get(0).expression());
        }
        String alias = column == null ? from.get(0).alias() : column.alias();
        return from.stream().filter(source -> source.alias().equals(alias)).findFirst().orElse(from.get(0));
    }

    /** The first column that an expression is computed from; null for none. */
    static Expression.Column column(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return column;
        } else if (expression instanceof Expression.Aggregate aggregate) {
            return column(aggregate.argument());
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            Expression.Column left = column(arithmetic.left());
            return left != null ? left : column(arithmetic.right());
        } else if (expression instanceof Expression.TimeBucket bucket) {
            return column(bucket.argument());
        } else if (expression instanceof Expression.DatePart part) {
            return column(part.argument());
        } else if (expression instanceof Expression.Window window) {
            return column(window.argument());
        } else if (expression instanceof Expression.Call call) {
            return call.arguments().stream().map(PlanEdit::column).filter(column -> column != null).findFirst().orElse(null);
        }
        return null;
    }

    /** The column that a condition is about; null when it is about several or none. */
    static Expression.Column subject(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            Expression.Column left = column(comparison.left());
            return left != null ? left : column(comparison.right());
        } else if (predicate instanceof Predicate.Between between) {
            return column(between.expression());
        } else if (predicate instanceof Predicate.In in) {
            return column(in.expression());
        } else if (predicate instanceof Predicate.InSubquery in) {
            return column(in.expression());
        } else if (predicate instanceof Predicate.Like like) {
            return column(like.expression());
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return column(isNull.expression());
        } else if (predicate instanceof Predicate.Not not) {
            return subject(not.term());
        }
        List<Predicate> terms = predicate instanceof Predicate.Or or ? or.terms()
                : predicate instanceof Predicate.And and ? and.terms() : List.of();
        List<Expression.Column> subjects = terms.stream().map(PlanEdit::subject).distinct().toList();
        return subjects.size() == 1 ? subjects.get(0) : null;
    }

    /** An alias that nothing in the plan has. */
    String alias() {
        String alias;
        do {
            alias = "f" + nextAlias++;
        } while (taken(alias));
        return alias;
    }

    private boolean taken(String alias) {
        return from.stream().anyMatch(source -> source.alias().equals(alias)) || where.toString().contains("alias=" + alias + ",");
    }

    /**
     * Makes what another plan's expressions refer to part of this one: tables that both have are one, others are joined
     * as the other plan joins them.
     *
     * @return how its aliases are called here; null when the plans have no table in common
     */
    Aliases adopt(LogicalPlan other) {
        Map<String, String> names = new HashMap<>();
        for (Source source : other.from()) {
            from.stream().filter(own -> own.table().equalsIgnoreCase(source.table())
                    && own.definition().equals(source.definition()) && !names.containsValue(own.alias())).findFirst()
                    .ifPresent(own -> names.put(source.alias(), own.alias()));
        }
        if (names.isEmpty()) {
            return null;
        }
        List<Source> open = new ArrayList<>(other.from().stream().filter(source -> !names.containsKey(source.alias())).toList());
        boolean moved = true;
        while (!open.isEmpty() && moved) {
            moved = false;
            for (Source source : List.copyOf(open)) {
                List<LogicalPlan.JoinCondition> on = joining(source, other, names);
                if (!on.isEmpty()) {
                    String alias = alias();
                    names.put(source.alias(), alias);
                    Aliases renamed = new Aliases(name -> names.getOrDefault(name, name));
                    from.add(new Source(source.definition(), source.table(), alias, LogicalPlan.JoinType.INNER, on.stream()
                            .map(pair -> new LogicalPlan.JoinCondition((Expression.Column) renamed.in(pair.left()),
                                    (Expression.Column) renamed.in(pair.right()))).toList()));
                    open.remove(source);
                    moved = true;
                }
            }
        }
        return open.isEmpty() ? new Aliases(name -> names.computeIfAbsent(name, unknown -> alias())) : null;
    }

    /** The pairs that join a source of another plan to what is already named, the source's own column right. */
    private static List<LogicalPlan.JoinCondition> joining(Source source, LogicalPlan other, Map<String, String> names) {
        List<LogicalPlan.JoinCondition> found = new ArrayList<>();
        for (Source any : other.from()) {
            List<LogicalPlan.JoinCondition> pairs = new ArrayList<>();
            for (LogicalPlan.JoinCondition pair : any.on()) {
                if (pair.right().alias().equals(source.alias()) && names.containsKey(pair.left().alias())) {
                    pairs.add(pair);
                } else if (pair.left().alias().equals(source.alias()) && names.containsKey(pair.right().alias())) {
                    pairs.add(new LogicalPlan.JoinCondition(pair.right(), pair.left()));
                }
            }
            if (found.isEmpty()) {
                found.addAll(pairs);
            }
        }
        return found;
    }
}
