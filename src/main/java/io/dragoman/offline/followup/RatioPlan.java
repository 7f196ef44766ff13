package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Arithmetic;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes one plan of two that each give an amount: over the same rows in one pass, else with a subquery for one of them. */
final class RatioPlan {

    private final LogicalPlan part;
    private final LogicalPlan whole;
    private final boolean percent;

    private RatioPlan(LogicalPlan part, LogicalPlan whole, boolean percent) {
        this.part = part;
        this.whole = whole;
        this.percent = percent;
    }

    /** Whether a plan gives one amount, for all rows or a group each. */
    static boolean divisible(LogicalPlan plan) {
        List<OutputColumn> amounts = plan.select().stream().filter(column -> PlanEdit.aggregate(column.expression())).toList();
        boolean whole = plan.setOperation() == null && plan.limit() == null && plan.having() == null && !plan.distinct()
                && plan.from().stream().allMatch(source -> source.join() != LogicalPlan.JoinType.AS_OF);
        return whole && amounts.size() == 1 && plan.groupBy().containsAll(plan.select().stream().map(OutputColumn::expression)
                .filter(expression -> !PlanEdit.aggregate(expression)).toList()) && numeric(amounts.get(0).expression());
    }

    /** Whether rows, or different values, are counted. */
    static boolean counts(LogicalPlan plan) {
        return amount(plan) instanceof Aggregate aggregate && aggregate.function() == Aggregate.Function.COUNT;
    }

    /** Whether an amount can be divided: a lowest or highest date cannot. */
    private static boolean numeric(Expression amount) {
        if (amount instanceof Arithmetic arithmetic) {
            return numeric(arithmetic.left()) && numeric(arithmetic.right());
        }
        boolean other = amount instanceof Aggregate aggregate && aggregate.function() != Aggregate.Function.COUNT
                && aggregate.argument() instanceof Expression.Column column && !column.type().numeric();
        return !other && !(amount instanceof Expression.Window);
    }

    /** The ratio of what two plans give; null when they cannot be set side by side, or are the same. */
    static LogicalPlan of(LogicalPlan part, LogicalPlan whole, boolean percent) {
        if (part.groupBy().size() != whole.groupBy().size() || Correlation.in(part) || Correlation.in(whole)) {
            return null;
        }
        RatioPlan ratio = new RatioPlan(part, alike(whole, part), percent);
        return ratio.sameRows() && ratio.filterable() ? ratio.inOnePass() : ratio.bySubquery();
    }

    /** A plan with the aliases of another where both read the same tables, and with its own elsewhere. */
    static LogicalPlan alike(LogicalPlan plan, LogicalPlan like) {
        Map<String, String> names = new HashMap<>();
        for (Source source : plan.from()) {
            like.from().stream().filter(own -> same(own, source) && !names.containsValue(own.alias())).findFirst()
                    .ifPresent(own -> names.put(source.alias(), own.alias()));
        }
        int[] next = {1};
        return new Aliases(name -> names.computeIfAbsent(name, unknown -> "r" + next[0]++)).in(plan);
    }

    private static boolean same(Source a, Source b) {
        return a.table().equals(b.table()) && Objects.equals(a.definition(), b.definition());
    }

    /** Whether both read the same tables, joined alike, and group by the same. */
    private boolean sameRows() {
        return Set.copyOf(joins(part)).equals(Set.copyOf(joins(whole))) && part.from().size() == whole.from().size()
                && Set.copyOf(part.groupBy()).equals(Set.copyOf(whole.groupBy()));
    }

    private static List<String> joins(LogicalPlan plan) {
        List<String> joins = new ArrayList<>();
        plan.from().forEach(source -> joins.add(source.table() + " " + source.alias()));
        plan.from().forEach(source -> source.on().forEach(pair -> joins.add(pair.left().toString().compareTo(pair.right().toString()) < 0
                ? pair.left() + "=" + pair.right() : pair.right() + "=" + pair.left())));
        return joins;
    }

    /** Whether the conditions that are of one side alone can be put into its aggregate. */
    private boolean filterable() {
        List<Predicate> own = new ArrayList<>(own(part, whole));
        own.addAll(own(whole, part));
        return own.stream().noneMatch(term -> term.toString().contains("plan=LogicalPlan["));
    }

    private LogicalPlan inOnePass() {
        List<Predicate> both = list(part.where());
        both.retainAll(list(whole.where()));
        Expression upper = filtered(amount(part), and(own(part, whole)));
        Expression lower = filtered(amount(whole), and(own(whole, part)));
        if (upper == null || lower == null || upper.equals(lower)) {
            return null;
        }
        PlanEdit edit = new PlanEdit(whole);
        edit.where.clear();
        edit.where.addAll(both);
        return with(edit, upper, lower);
    }

    /** The rows of one side, the other side's amount by a subquery, which is of the same group where there are groups. */
    private LogicalPlan bySubquery() {
        boolean first = part.from().size() < whole.from().size();
        LogicalPlan main = first ? part : whole;
        LogicalPlan second = first ? whole : part;
        boolean equal = sameRows() && terms(part).equals(terms(whole)) && amount(part).equals(amount(whole));
        LogicalPlan other = apart(second, main);
        List<Predicate> where = list(other.where());
        for (Expression key : main.groupBy()) {
            int same = place(key, main, second);
            if (same < 0) {
                return null;
            }
            where.add(new Predicate.Comparison(Predicate.Comparison.Operator.EQ, other.groupBy().get(same), key));
        }
        Expression amount = new Expression.ScalarSubquery(new LogicalPlan(other.from(), and(where), List.of(), null,
                List.of(new OutputColumn(amount(other), null)), false, null, List.of(), null));
        PlanEdit edit = new PlanEdit(main);
        return equal ? null : first ? with(edit, amount(main), amount) : with(edit, amount, amount(main));
    }

    /** Where another plan groups by the same column, at best of the same table; -1 when it does not. */
    private static int place(Expression key, LogicalPlan plan, LogicalPlan other) {
        int named = -1;
        for (int i = 0; i < other.groupBy().size(); i++) {
            if (key instanceof Expression.Column column && other.groupBy().get(i) instanceof Expression.Column own
                    && column.column().equalsIgnoreCase(own.column()) && column.type() == own.type()) {
                if (table(column, plan).equals(table(own, other))) {
                    return i;
                }
                named = i;
            }
        }
        return named;
    }

    private static String table(Expression.Column column, LogicalPlan plan) {
        return plan.from().stream().filter(source -> source.alias().equals(column.alias())).map(Source::table).findFirst().orElse("");
    }

    /** The plan with aliases that the main plan has nowhere. */
    private static LogicalPlan apart(LogicalPlan plan, LogicalPlan main) {
        Map<String, String> names = new HashMap<>();
        int[] next = {1};
        String taken = main.toString();
        return new Aliases(name -> names.computeIfAbsent(name, unknown -> {
            String alias;
            do {
                alias = "s" + next[0]++;
            } while (taken.contains("alias=" + alias + ","));
            return alias;
        })).in(plan);
    }

    private LogicalPlan with(PlanEdit edit, Expression upper, Expression lower) {
        Expression dividend = percent ? new Arithmetic(Arithmetic.Operator.MULTIPLY, new Expression.Literal("100", DataType.INTEGER), upper) : upper;
        edit.select.removeIf(column -> PlanEdit.aggregate(column.expression()));
        edit.select.add(new OutputColumn(new Arithmetic(Arithmetic.Operator.DIVIDE, dividend, lower), percent ? "percent" : "ratio"));
        edit.orderBy.removeIf(order -> PlanEdit.aggregate(order.expression()));
        return edit.plan();
    }

    private static Expression amount(LogicalPlan plan) {
        return plan.select().stream().map(OutputColumn::expression).filter(PlanEdit::aggregate).findFirst().orElseThrow();
    }

    /** An amount of only those rows that pass; null when it cannot be told which these are. */
    private static Expression filtered(Expression amount, Predicate filter) {
        if (filter == null || amount instanceof Expression.Literal) {
            return amount;
        }
        if (amount instanceof Arithmetic arithmetic) {
            Expression left = filtered(arithmetic.left(), filter);
            Expression right = filtered(arithmetic.right(), filter);
            return left == null || right == null ? null : new Arithmetic(arithmetic.operator(), left, right);
        }
        return !(amount instanceof Aggregate aggregate) ? null : new Aggregate(aggregate.function(), aggregate.argument(), aggregate.distinct(),
                aggregate.filter() == null ? filter : new Predicate.And(List.of(aggregate.filter(), filter)));
    }

    private static List<Predicate> own(LogicalPlan plan, LogicalPlan other) {
        List<Predicate> own = list(plan.where());
        own.removeAll(list(other.where()));
        return own;
    }

    private static List<Predicate> list(Predicate where) {
        List<Predicate> terms = new ArrayList<>();
        PlanEdit.terms(where, terms);
        return terms;
    }

    private static Predicate and(List<Predicate> terms) {
        return terms.isEmpty() ? null : terms.size() == 1 ? terms.get(0) : new Predicate.And(terms);
    }

    /** The conditions as texts that are the same in plans with other aliases. */
    static List<String> terms(LogicalPlan plan) {
        return list(plan.where()).stream().map(term -> text(term, plan)).toList();
    }

    /** The columns, by the names of their tables, that those of the plan's conditions are about whose texts are given. */
    static Set<Expression.Column> subjects(LogicalPlan plan, List<String> texts) {
        Set<Expression.Column> subjects = new HashSet<>();
        for (Predicate term : list(plan.where())) {
            Expression.Column subject = PlanEdit.subject(term);
            if (subject != null && texts.contains(text(term, plan))) {
                subjects.add(new Expression.Column(table(subject, plan), subject.column(), null));
            }
        }
        return subjects;
    }

    private static String text(Predicate term, LogicalPlan plan) {
        Map<String, String> names = new HashMap<>();
        plan.from().forEach(source -> names.put(source.alias(), source.table()));
        return new Aliases(name -> names.computeIfAbsent(name, unknown -> "other" + names.size())).in(term).toString();
    }
}
