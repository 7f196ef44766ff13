package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.schema.DataType;
import io.dragoman.schema.SchemaGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "Use unit_price, not price": puts one column of the plan's tables in the place of another, wherever the plan uses that. */
final class ColumnSwap {

    private static final String NAME = "(?:the (?:column )?)?[`\"']?([\\p{L}_][\\p{L}\\d_. ]{0,80}?)[`\"']?(?: column)?";
    private static final List<Pattern> WANTED_FIRST = List.of(
            Turn.pattern("^(?:please\\s+)?(?:use|take|show|by|with|count|sum|it (?:is|should be))?\\s*" + NAME
                    + "\\s*(?:,\\s*(?:and\\s+)?not(?:\\s+(?:by|the))?|\\s+instead of|\\s+rather than|\\s+in place of|\\s+and not)\\s+" + NAME + "$"));
    private static final List<Pattern> UNWANTED_FIRST = List.of(
            Turn.pattern("^(?:please\\s+)?(?:do not use|don't use|not)\\s+" + NAME + "\\s*(?:,\\s*|\\s+)(?:but|use|take)\\s+(?:use\\s+)?" + NAME + "$"),
            Turn.pattern("^(?:please\\s+)?(?:replace|swap|change|exchange)\\s+" + NAME + "\\s+(?:with|by|to|for)\\s+" + NAME + "$"));

    private ColumnSwap() {
    }

    /** What was said to be used, and in place of what. */
    record Swap(String wanted, String unwanted) {
    }

    /** What a remark says of that; null for nothing. */
    static Swap said(String remark) {
        for (Pattern pattern : WANTED_FIRST) {
            Matcher matcher = pattern.matcher(remark);
            if (matcher.matches()) {
                return new Swap(matcher.group(1), matcher.group(2));
            }
        }
        for (Pattern pattern : UNWANTED_FIRST) {
            Matcher matcher = pattern.matcher(remark);
            if (matcher.matches()) {
                return new Swap(matcher.group(2), matcher.group(1));
            }
        }
        return null;
    }

    /** The plan with the column in the place of the other; empty when the remark is not about two columns. */
    static Optional<Interpretation> apply(String remark, LogicalPlan plan, SchemaGroup group) {
        Swap swap = said(remark);
        if (swap == null) {
            return Optional.empty();
        }
        KnownColumns known = new KnownColumns(new PlanEdit(plan), group);
        List<Expression.Column> unwanted = used(plan).stream().filter(column -> names(known, swap.unwanted(), column, plan)).toList();
        List<Expression.Column> wanted = known.named(spoken(swap.wanted())).stream().flatMap(found -> plan.from().stream()
                .filter(source -> source.table().equalsIgnoreCase(found.table().name()))
                .map(source -> new Expression.Column(source.alias(), found.column().name(), found.column().dataType())))
                .filter(column -> unwanted.isEmpty() || alike(column.type(), unwanted.get(0).type())).distinct().toList();
        if (unwanted.size() != 1 || wanted.isEmpty()) {
            return Optional.empty();
        }
        Expression.Column old = unwanted.get(0);
        List<Expression.Column> nearest = wanted.stream().filter(column -> column.alias().equals(old.alias())).toList();
        List<Expression.Column> choice = nearest.isEmpty() ? wanted : nearest;
        if (choice.size() > 1) {
            return Optional.of(new Interpretation.Ambiguous("Which column is meant by '" + swap.wanted() + "'?", swap.wanted(),
                    choice.stream().map(column -> table(plan, column) + "." + column.column()).distinct().toList()));
        }
        return Optional.of(new Interpretation.Understood(replaced(plan, old, choice.get(0)),
                List.of("Use " + table(plan, choice.get(0)) + "." + choice.get(0).column() + " instead of " + old.column() + "."),
                List.of(), 0.9));
    }

    private static LogicalPlan replaced(LogicalPlan plan, Expression.Column old, Expression.Column column) {
        LogicalPlan renamed = new LogicalPlan(plan.from(), plan.where(), plan.groupBy(), plan.having(), plan.select().stream()
                .map(output -> output.name() == null ? output
                        : new OutputColumn(output.expression(), output.name().replace(old.column(), column.column()))).toList(),
                plan.distinct(), plan.setOperation(), plan.orderBy(), plan.limit());
        LogicalPlan changed = Aliases.replacing(one -> one.equals(old) ? column : one).in(renamed);
        return new LogicalPlan(plan.from(), changed.where(), changed.groupBy(), changed.having(), changed.select(),
                changed.distinct(), changed.setOperation(), changed.orderBy(), changed.limit());
    }

    /** The columns that the plan shows, filters, groups or sorts by; the joins stay as they are. */
    private static Set<Expression.Column> used(LogicalPlan plan) {
        Set<Expression.Column> used = new LinkedHashSet<>();
        Aliases.replacing(column -> {
            used.add(column);
            return column;
        }).in(new LogicalPlan(List.of(), plan.where(), plan.groupBy(), plan.having(), plan.select(), plan.distinct(), null,
                plan.orderBy(), plan.limit()));
        return used;
    }

    private static boolean names(KnownColumns known, String words, Expression.Column column, LogicalPlan plan) {
        return known.named(spoken(words)).stream().anyMatch(found -> found.column().name().equals(column.column())
                && found.table().name().equalsIgnoreCase(table(plan, column)));
    }

    /** A name as people say it; one with its table stays as it is. */
    private static String spoken(String name) {
        return name.contains(".") ? name : name.replace('_', ' ');
    }

    private static String table(LogicalPlan plan, Expression.Column column) {
        return plan.from().stream().filter(source -> source.alias().equals(column.alias())).map(Source::table).findFirst().orElse("");
    }

    /** Whether one can be computed with as the other is. */
    private static boolean alike(DataType one, DataType other) {
        return one == other || one.numeric() && other.numeric() || one.temporal() && other.temporal();
    }
}
