package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "how many are there?", "the total?", "the average price", "as a percentage". */
final class MeasureChanges {

    static final Map<String, Aggregate.Function> FUNCTIONS = Map.ofEntries(Map.entry("total", Aggregate.Function.SUM),
            Map.entry("sum", Aggregate.Function.SUM), Map.entry("average", Aggregate.Function.AVG),
            Map.entry("avg", Aggregate.Function.AVG), Map.entry("mean", Aggregate.Function.AVG),
            Map.entry("maximum", Aggregate.Function.MAX), Map.entry("max", Aggregate.Function.MAX),
            Map.entry("highest", Aggregate.Function.MAX), Map.entry("largest", Aggregate.Function.MAX),
            Map.entry("minimum", Aggregate.Function.MIN), Map.entry("min", Aggregate.Function.MIN),
            Map.entry("lowest", Aggregate.Function.MIN), Map.entry("smallest", Aggregate.Function.MIN),
            Map.entry("median", Aggregate.Function.MEDIAN));

    private static final String OPENING = "^(?:(?:and|now|then|ok|so|but)\\s+)*(?:what (?:is|are|about|was)|what's|how about|"
            + "show(?: me)?|give(?: me)?|use|calculate|compute|with)?\\s*(?:the|their|its)?\\s*";
    private static final Pattern COUNT = Turn.pattern("^(?:(?:and|now|then|ok|so|but|(?:of|among|from) (?:those|these|them|the))"
            + "\\s+)*(?:how many|count|the count|"
            + "(?:what is |show )?the (?:number|count)(?: of)?)\\b(?:\\s+(?:of|them|those|these|that|it|rows|results|ones|there))*"
            + "(?:\\s+(?:are|is|were|was|have|has))?(?:\\s+(?:there|that|those|they|these|in total|been))*");
    private static final Pattern THERE = Turn.pattern("^(?:(?:are|is|were|was|have|has|there|in total|been|do we have|that)\\b\\s*)+");
    private static final Pattern VALUE = Turn.pattern(OPENING
            + "(total|sum|average|avg|mean|maximum|max|highest|largest|minimum|min|lowest|smallest|median)\\b(?:\\s+of)?\\s*(.*)$");
    private static final Pattern HOW_MUCH = Turn.pattern("^(?:(?:and|now|then|ok|so|but)\\s+)*how much (?:is|are|was|were) "
            + "(?:that|those|these|they|this)(?: (?:in total|altogether|all together|overall|together))?$");
    private static final Pattern PERCENT = Turn.pattern("\\b(?:as (?:a )?(?:percentages?|percent|share|proportion)|in percent)"
            + "(?: of (?:the )?(?:total|whole|all|overall))?\\b|\\b(?:the )?(?:percentage|share) of (?:the )?total$");

    private MeasureChanges() {
    }

    static void apply(Turn turn) {
        if (turn.find(PERCENT) != null && Comparisons.ofTotal(turn.edit)) {
            turn.take(PERCENT);
            turn.step("Show each share of the total in percent.");
        }
        Matcher count = turn.find(COUNT);
        if (count != null) {
            turn.cut(count.start(), count.end());
            count(turn);
            return;
        }
        Matcher value = turn.find(VALUE);
        if (turn.find(HOW_MUCH) != null) {
            value(turn, "total", "", 0);
        } else if (value != null) {
            value(turn, value.group(1).toLowerCase(Locale.ROOT), value.group(2).trim(), value.start());
        }
    }

    private static void count(Turn turn) {
        PlanEdit edit = turn.edit;
        String noun = Names.singular(Names.words(edit.main().table()));
        int words = noun.split(" ").length;
        String[] rest = turn.rest().split(" ");
        if (rest.length >= words && Names.singular(String.join(" ", List.of(rest).subList(0, words))).equals(noun)) {
            turn.cut(0, String.join(" ", List.of(rest).subList(0, words)).length());
            turn.take(THERE);
        }
        Expression.Column key = key(turn);
        boolean several = edit.from.size() > 1 || edit.distinct;
        Expression.Column counted = edit.groupBy.size() == 1 && edit.groupBy.get(0) instanceof Expression.Column group ? group
                : edit.distinct && edit.select.size() == 1 && edit.select.get(0).expression() instanceof Expression.Column only
                        ? only : several && edit.groupBy.isEmpty() ? key : null;
        if (turn.grouped) {
            edit.select.removeIf(column -> PlanEdit.aggregate(column.expression()));
            edit.select.add(new OutputColumn(new Aggregate(Aggregate.Function.COUNT, null, false, null), "count"));
            return;
        }
        edit.select.clear();
        edit.select.add(new OutputColumn(new Aggregate(Aggregate.Function.COUNT, counted, counted != null, null), "count"));
        single(edit);
        turn.step("Count them.");
    }

    private static Expression.Column key(Turn turn) {
        LogicalPlan.Source main = turn.edit.main();
        Optional<TableDefinition> table = turn.group.table(main.table());
        List<ColumnDefinition> keys = table.map(known -> known.columns().stream().filter(ColumnDefinition::primaryKey).toList())
                .orElse(List.of());
        return keys.size() != 1 ? null
                : new Expression.Column(main.alias(), keys.get(0).name(), keys.get(0).dataType());
    }

    private static void value(Turn turn, String word, String of, int start) {
        Aggregate.Function function = FUNCTIONS.get(word);
        PlanEdit edit = turn.edit;
        Expression argument = argument(turn, word, of, function);
        if (argument == null) {
            return;
        }
        turn.cut(start, turn.rest().length());
        OutputColumn column = new OutputColumn(new Aggregate(function, argument, false, null), name(function, argument));
        if (turn.adding && edit.aggregated()) {
            edit.select.add(column);
        } else if (!edit.groupBy.isEmpty() && !(function == Aggregate.Function.SUM && of.isEmpty())) {
            edit.measure(column);
        } else {
            edit.select.clear();
            edit.select.add(column);
            single(edit);
        }
        turn.step("Show the " + word + ".");
    }

    private static void single(PlanEdit edit) {
        edit.groupBy.clear();
        edit.having = null;
        edit.orderBy.clear();
        edit.limit = null;
        edit.distinct = false;
    }

    /** What is summed or averaged: the column that is named, what was aggregated before, or the only amount shown. */
    private static Expression argument(Turn turn, String word, String of, Aggregate.Function function) {
        boolean ordered = function == Aggregate.Function.MIN || function == Aggregate.Function.MAX;
        if (!of.isEmpty()) {
            List<KnownColumns.Found> named = turn.columns.named(of).stream()
                    .filter(found -> found.column().dataType().numeric() || ordered && found.column().dataType().temporal())
                    .toList();
            return named.isEmpty() ? null : turn.columns.use(named.get(0));
        }
        Expression before = turn.edit.measure().map(OutputColumn::expression).orElse(null);
        if (before instanceof Aggregate aggregate) {
            return aggregate.argument();
        }
        List<Expression> amounts = amounts(turn);
        if (amounts.size() > 1) {
            String table = turn.edit.main().table();
            turn.ambiguous = new Interpretation.Ambiguous("Of which column?", turn.rest(), amounts.stream()
                    .map(amount -> "the " + word + " of " + table + "." + ((Expression.Column) amount).column()).toList());
        }
        return amounts.size() == 1 ? amounts.get(0) : null;
    }

    /** The columns of amounts that are shown, or when none is, those of the main table. */
    static List<Expression> amounts(Turn turn) {
        List<Expression> shown = new ArrayList<>();
        for (OutputColumn output : turn.edit.select) {
            if (output.expression() instanceof Expression.Column column && amount(turn, column)) {
                shown.add(column);
            }
        }
        LogicalPlan.Source main = turn.edit.main();
        if (shown.isEmpty()) {
            turn.group.table(main.table()).ifPresent(table -> table.columns().stream()
                    .map(column -> new Expression.Column(main.alias(), column.name(), column.dataType()))
                    .filter(column -> amount(turn, column)).forEach(shown::add));
        }
        return shown;
    }

    private static boolean amount(Turn turn, Expression.Column column) {
        String words = " " + Names.words(column.column()) + " ";
        boolean key = turn.edit.from.stream().filter(source -> source.alias().equals(column.alias()))
                .flatMap(source -> turn.group.table(source.table()).stream()).flatMap(table -> table.columns().stream())
                .anyMatch(known -> known.name().equals(column.column()) && known.primaryKey());
        return column.type().numeric() && !key && !words.endsWith(" id ") && !words.endsWith(" year ")
                && !words.endsWith(" code ") && !words.endsWith(" number ");
    }

    static String name(Aggregate.Function function, Expression argument) {
        Expression.Column column = PlanEdit.column(argument);
        String prefix = switch (function) {
            case SUM -> "total";
            case AVG -> "average";
            case MIN -> "lowest";
            case MAX -> "highest";
            default -> function.name().toLowerCase(Locale.ROOT);
        };
        String words = column == null ? "" : Names.words(column.column());
        return column == null ? prefix : (words.startsWith(prefix + " ") ? words : prefix + " " + words).replace(' ', '_');
    }
}
