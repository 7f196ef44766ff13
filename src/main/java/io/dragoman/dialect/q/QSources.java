package io.dragoman.dialect.q;

import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.JoinCondition;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Writes what a plan reads from: a table, or tables joined by lj, ij, ej and aj, each filtered before it is joined. */
final class QSources {

    private final QRenderer renderer;
    private final LogicalPlan plan;
    private final QExpressions expressions;
    private final List<Predicate> rest = new ArrayList<>();
    private final Set<String> taken = new LinkedHashSet<>();

    QSources(QRenderer renderer, LogicalPlan plan, QExpressions expressions) {
        this.renderer = renderer;
        this.plan = plan;
        this.expressions = expressions;
    }

    /** The conditions that are left for the select over the source. */
    List<Predicate> rest() {
        return rest;
    }

    /** The text after {@code from}. */
    String write() {
        rest.addAll(QPredicates.terms(plan.where()));
        if (plan.from().size() == 1) {
            return plan.from().get(0).table();
        }
        List<Source> sources = ordered();
        Source base = sources.get(0);
        columns(base).forEach(column -> taken.add(column.column()));
        String text = base(base);
        for (Source source : sources.subList(1, sources.size())) {
            text = join(text, source);
        }
        return (text.startsWith("aj[") || text.startsWith("ej[")) && text.indexOf("] uj ") < 0 && text.endsWith("]")
                ? text : "(" + text + ")";
    }

    /** The referring table first, as {@code ij} looks up one row of the right table for each of the left. */
    private List<Source> ordered() {
        List<Source> sources = plan.from();
        if (sources.size() == 2 && sources.get(1).join() == JoinType.INNER && sources.get(1).on().size() == 1) {
            JoinCondition pair = sources.get(1).on().get(0);
            if (pair.left().column().equals("id") && !pair.right().column().equals("id")) {
                Source left = sources.get(0);
                Source right = sources.get(1);
                return List.of(new Source(right.definition(), right.table(), right.alias(), null, List.of()),
                        new Source(left.definition(), left.table(), left.alias(), JoinType.INNER,
                                List.of(new JoinCondition(pair.right(), pair.left()))));
            }
        }
        return sources;
    }

    /** The columns of a table that are needed once its own conditions are applied. */
    private Set<Column> columns(Source source) {
        Set<Column> columns = new LinkedHashSet<>();
        Consumer<Expression> collect = expression -> {
            if (expression instanceof Column column && source.alias().equals(column.alias())) {
                columns.add(new Column(column.alias(), column.column(), null));
            }
        };
        PlanWalk.all(new LogicalPlan(plan.from(), null, plan.groupBy(), plan.having(), plan.select(), plan.distinct(), null,
                plan.orderBy(), plan.limit()), collect);
        rest.forEach(term -> PlanWalk.condition(term, true, collect));
        return columns;
    }

    /** A table with its own conditions, taken from those that are left. */
    private String base(Source source) {
        String where = ownConditions(source);
        return where.isEmpty() ? source.table() : "(select from " + source.table() + where + ")";
    }

    /** The conditions on this table alone; after a left join they must wait. */
    private String ownConditions(Source source) {
        if (source.join() == JoinType.LEFT) {
            return "";
        }
        List<Predicate> own = rest.stream().filter(term -> onlyOf(term, source)).toList();
        rest.removeAll(own);
        return new QPredicates(renderer, plain()).where(own);
    }

    /** Expressions by the tables' own names, as before the join. */
    private QExpressions plain() {
        return new QExpressions(renderer);
    }

    private static boolean onlyOf(Predicate term, Source source) {
        boolean[] only = {true};
        PlanWalk.condition(term, true, expression ->
                only[0] &= !(expression instanceof Column column) || source.alias().equals(column.alias()));
        return only[0];
    }

    private String join(String left, Source source) {
        if (source.on().isEmpty()) {
            return left + " cross " + source.table();
        }
        String where = ownConditions(source);
        Map<String, String> keys = new LinkedHashMap<>();
        List<String> outputs = new ArrayList<>();
        for (JoinCondition pair : source.on()) {
            String name = expressions.column(pair.left());
            keys.put(pair.right().column(), name);
            outputs.add(name.equals(pair.right().column()) ? name : name + ":" + pair.right().column());
            expressions.name(pair.right(), name);
        }
        for (Column column : columns(source)) {
            if (!keys.containsKey(column.column())) {
                String name = taken.add(column.column()) ? column.column() : source.alias() + column.column();
                taken.add(name);
                expressions.name(column, name);
                outputs.add(name.equals(column.column()) ? name : name + ":" + column.column());
            }
        }
        String symbols = "`" + String.join("`", keys.values());
        String right = "select " + String.join(", ", outputs) + " from " + source.table() + where;
        String keyed = symbols + " xkey " + right;
        String all = "ej[" + symbols + ";" + stripped(left) + ";" + right + "]";
        return switch (source.join()) {
            case AS_OF -> "aj[" + symbols + ";" + stripped(left) + ";" + right + "]";
            case LEFT -> !aggregated(source) || reference(source) ? parenthesised(left) + " lj " + keyed
                    : all + " uj " + unmatched(left, source, keys, where);
            case INNER -> reference(source) ? parenthesised(left) + " ij " + keyed : all;
        };
    }

    /** Whether the source is looked up by its key, so that no row of the others has two matches. */
    private static boolean reference(Source source) {
        return source.on().size() == 1 && source.on().get(0).right().column().equals("id");
    }

    /** Whether values of the source are aggregated: then all its rows matter, not one for each of the others. */
    private boolean aggregated(Source source) {
        boolean[] found = {false};
        PlanWalk.own(plan, expression -> {
            if (expression instanceof Aggregate aggregate) {
                PlanWalk.expression(aggregate.argument(), false, part ->
                        found[0] |= part instanceof Column column && source.alias().equals(column.alias()));
            }
        });
        return found[0];
    }

    /** The rows of the left side that a join by equality leaves out. */
    private static String unmatched(String left, Source source, Map<String, String> keys, String where) {
        if (keys.size() != 1) {
            throw QRenderer.cannot("a left join by several columns to a table of which all rows count");
        }
        Map.Entry<String, String> key = keys.entrySet().iterator().next();
        return "select from " + left + " where not " + key.getValue() + " in exec " + key.getKey() + " from "
                + source.table() + where;
    }

    private static String stripped(String text) {
        return text.startsWith("(select") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
    }

    private static String parenthesised(String text) {
        return text.startsWith("(") && text.endsWith(")") && text.indexOf(" xkey ") < 0 || text.matches("[\\w.]+")
                || text.endsWith("]") ? text : "(" + text + ")";
    }
}
