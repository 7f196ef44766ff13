package io.dragoman.dialect.q;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first groups of each larger group, such as the two symbols with the most trades in each sector: in a plan the group's amount
 * is among the first amounts of a correlated subquery, in q it is compared by {@code fby} over the groups that were selected.
 */
final class QGroupRank {

    private final LogicalPlan plan;
    private final Expression amount;
    private final LogicalPlan ranking;

    private QGroupRank(LogicalPlan plan, Expression amount, LogicalPlan ranking) {
        this.plan = plan;
        this.amount = amount;
        this.ranking = ranking;
    }

    /** Reads a condition on the groups of a plan; null when it is no such one. */
    static QGroupRank of(Predicate condition, LogicalPlan plan) {
        Expression amount = null;
        LogicalPlan ranking = null;
        if (condition instanceof Predicate.InSubquery in) {
            amount = in.expression();
            ranking = in.plan();
        } else if (condition instanceof Predicate.Comparison same && same.operator() == Predicate.Comparison.Operator.EQ
                && same.right() instanceof Expression.ScalarSubquery subquery) {
            amount = same.left();
            ranking = subquery.plan();
        }
        boolean ranks = ranking != null && QGroupFilter.refersOutside(ranking) && ranking.limit() != null
                && !ranking.groupBy().isEmpty() && ranking.orderBy().size() == 1 && ranking.having() == null;
        QGroupRank rank = ranks ? new QGroupRank(plan, amount, ranking) : null;
        return rank != null && rank.ofTheSameGroups() ? rank : null;
    }

    /** Whether the subquery makes just the groups of the plan, of those in one larger group. */
    private boolean ofTheSameGroups() {
        String own = text(ranking.select().get(0).expression(), ranking);
        return ranking.from().stream().map(Source::table).toList().equals(plan.from().stream().map(Source::table).toList())
                && own.equals(text(amount, plan)) && own.equals(text(ranking.orderBy().get(0).expression(), ranking))
                && texts(ranking.groupBy(), ranking).equals(texts(plan.groupBy(), plan)) && !groups().isEmpty()
                && texts(plan.groupBy(), plan).containsAll(texts(groups(), plan)) && conditions().equals(texts(QPredicates.terms(plan.where()), plan));
    }

    /** The columns of the larger group. */
    private List<Column> groups() {
        List<Column> groups = new ArrayList<>();
        for (Predicate term : QPredicates.terms(ranking.where())) {
            if (outer(term) != null) {
                groups.add(outer(term));
            }
        }
        return groups;
    }

    private Set<String> conditions() {
        return texts(QPredicates.terms(ranking.where()).stream().filter(term -> outer(term) == null).toList(), ranking);
    }

    /** The plan's own column that a condition says to be equal to the same column of the subquery; null for other conditions. */
    private Column outer(Predicate term) {
        return term instanceof Predicate.Comparison same && same.operator() == Predicate.Comparison.Operator.EQ
                && same.left() instanceof Column inner && same.right() instanceof Column outer
                && plan.from().stream().anyMatch(source -> source.alias().equals(outer.alias()))
                && text(inner, ranking).equals(text(outer, plan)) ? outer : null;
    }

    /** The condition over the groups, whose columns the expressions name. */
    String write(QExpressions expressions) {
        boolean most = ranking.orderBy().get(0).descending();
        List<String> groups = groups().stream().map(expressions::write).toList();
        String by = groups.size() == 1 ? groups.get(0)
                : groups.stream().map(group -> group + ":" + group).collect(Collectors.joining(";", "([]", ")"));
        String own = expressions.write(amount);
        return ranking.limit() == 1 ? own + "=(" + (most ? "max" : "min") + ";" + own + ") fby " + by
                : "({x" + (most ? ">=" : "<=") + "last " + ranking.limit() + " sublist " + (most ? "desc" : "asc") + " x};" + own + ") fby " + by;
    }

    private static Set<String> texts(List<?> parts, LogicalPlan plan) {
        return parts.stream().map(part -> text(part, plan)).collect(Collectors.toSet());
    }

    /** A part of a plan with the tables' names in place of their aliases. */
    private static String text(Object part, LogicalPlan plan) {
        String text = part.toString();
        for (Source source : plan.from()) {
            text = text.replace("alias=" + source.alias() + ",", "alias=" + source.table() + ":,");
        }
        return text;
    }
}
