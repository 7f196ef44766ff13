package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "also show the email", "without the price", "only the names", "no duplicates". */
final class ColumnChanges {

    private static final Pattern DISTINCT = Turn.pattern("\\b(?:(?:remove|without|no|drop) duplicates|(?:only )?(?:distinct|unique)"
            + "(?: ones| values| rows)?(?: only)?|each (?:only )?once)\\b");
    private static final Pattern ADD = Turn.pattern("^(?:(?:and|now|then|but|please)\\s+)*(?:show|add|include|list|display|give|get|"
            + "with|include)(?: me)?(?: (?:them|it))?(?: with)?(?: (?:the|their|its|his|her|a))* (.+?)(?: columns?| fields?)?$");
    private static final Pattern ADD_BARE = Turn.pattern("^(?:and )?(?:the|their|its) (.+?)(?: columns?| fields?)?$");
    private static final Pattern DROP = Turn.pattern("^(?:(?:and|now|then|but|please)\\s+)*(?:remove|drop|hide|without|omit|exclude|"
            + "leave out)(?: (?:the|their))? (.+?)(?: columns?| fields?)?$");
    private static final Pattern ONLY = Turn.pattern("^(?:(?:and|now|then|but|please)\\s+)*(?:show(?: me)? )?(?:only|just)(?: show)?"
            + "(?: (?:the|their))* (.+?)(?: columns?| fields?)?$");

    private ColumnChanges() {
    }

    static void apply(Turn turn) {
        if (!turn.edit.aggregated() && turn.take(DISTINCT) != null) {
            turn.edit.distinct = true;
            turn.step("Show equal rows once.");
        }
        if (!drop(turn) && !only(turn)) {
            add(turn);
        }
    }

    private static boolean drop(Turn turn) {
        Matcher drop = turn.find(DROP);
        if (drop == null) {
            return false;
        }
        List<OutputColumn> dropped = new ArrayList<>();
        for (String part : Turn.parts(drop.group(1))) {
            OutputColumn output = output(turn.edit, part);
            if (output == null) {
                return false;
            }
            dropped.add(output);
        }
        if (dropped.isEmpty() || dropped.size() >= turn.edit.select.size()) {
            return false;
        }
        turn.edit.select.removeAll(dropped);
        dropped.forEach(column -> turn.edit.groupBy.remove(column.expression()));
        turn.cut(drop.start(), drop.end());
        turn.step("Leave out " + drop.group(1) + ".");
        return true;
    }

    private static boolean only(Turn turn) {
        Matcher only = turn.find(ONLY);
        if (only == null || turn.edit.aggregated() || !turn.columns.holding(only.group(1)).isEmpty()) {
            return false;
        }
        List<OutputColumn> outputs = new ArrayList<>();
        for (String part : Turn.parts(only.group(1))) {
            OutputColumn shown = output(turn.edit, part);
            KnownColumns.Found named = shown != null ? null : exact(turn, part);
            if (shown == null && named == null) {
                return false;
            }
            outputs.add(shown != null ? shown : new OutputColumn(turn.columns.use(named), null));
        }
        if (outputs.isEmpty() || outputs.stream().anyMatch(output -> output.expression() == null)) {
            return false;
        }
        turn.edit.select.clear();
        turn.edit.select.addAll(outputs);
        turn.cut(only.start(), only.end());
        turn.step("Show only " + only.group(1) + ".");
        return true;
    }

    private static void add(Turn turn) {
        Matcher add = turn.find(ADD);
        add = add != null ? add : turn.find(ADD_BARE);
        String list = add != null ? add.group(1) : turn.adding ? turn.rest() : null;
        if (list == null || list.isBlank()) {
            return;
        }
        List<OutputColumn> outputs = new ArrayList<>();
        for (String part : Turn.parts(list)) {
            OutputColumn output = shown(turn, part);
            if (output == null) {
                return;
            }
            outputs.add(output);
        }
        for (OutputColumn output : outputs) {
            boolean known = turn.edit.select.stream().anyMatch(column -> column.expression().equals(output.expression()));
            if (!known) {
                place(turn.edit, output);
            }
        }
        turn.cut(0, turn.rest().length());
        turn.step("Show " + list + " too.");
    }

    private static void place(PlanEdit edit, OutputColumn output) {
        boolean measure = PlanEdit.aggregate(output.expression());
        if (measure || !edit.aggregated()) {
            edit.select.add(unique(edit, output));
            return;
        }
        int dimensions = (int) edit.select.stream().filter(column -> !PlanEdit.aggregate(column.expression())).count();
        edit.select.add(dimensions, unique(edit, output));
        edit.groupBy.add(output.expression());
    }

    /** The output with a name that no other output has. */
    private static OutputColumn unique(PlanEdit edit, OutputColumn output) {
        String name = name(output);
        boolean taken = edit.select.stream().anyMatch(other -> name(other).equalsIgnoreCase(name));
        if (!taken || !(output.expression() instanceof Expression.Column column)) {
            return output;
        }
        String table = edit.from.stream().filter(source -> source.alias().equals(column.alias()))
                .map(source -> Names.singular(Names.words(source.table())).replace(' ', '_')).findFirst().orElse("other");
        return new OutputColumn(column, table + "_" + column.column().toLowerCase(Locale.ROOT));
    }

    private static String name(OutputColumn output) {
        Expression.Column column = PlanEdit.column(output.expression());
        return output.name() != null ? output.name() : column == null ? "" : column.column();
    }

    /** A column or aggregate that the words name. */
    private static OutputColumn shown(Turn turn, String words) {
        String[] parts = words.toLowerCase(Locale.ROOT).replaceFirst("^(?:the|their) ", "").split(" ", 2);
        Aggregate.Function function = MeasureChanges.FUNCTIONS.get(parts[0]);
        if (function != null && parts.length == 2) {
            KnownColumns.Found of = turn.columns.named(parts[1].replaceFirst("^of ", "")).stream()
                    .filter(found -> found.column().dataType().numeric()).findFirst().orElse(null);
            if (of != null && turn.edit.aggregated()) {
                Expression.Column argument = turn.columns.use(of);
                return argument == null ? null : new OutputColumn(new Aggregate(function, argument, false, null),
                        MeasureChanges.name(function, argument));
            }
        }
        KnownColumns.Found named = exact(turn, words);
        if (named == null || !turn.columns.holding(words).isEmpty()) {
            return null;
        }
        Expression.Column column = turn.columns.use(named);
        return column == null ? null : new OutputColumn(column, null);
    }

    private static KnownColumns.Found exact(Turn turn, String words) {
        List<KnownColumns.Found> named = turn.columns.named(words);
        return named.isEmpty() ? null : named.get(0);
    }

    /** The output column that the words name. */
    private static OutputColumn output(PlanEdit edit, String words) {
        String wanted = Names.singular(Names.words(words));
        return edit.select.stream().filter(column -> Names.singular(Names.words(name(column))).equals(wanted)).findFirst()
                .orElse(null);
    }
}
