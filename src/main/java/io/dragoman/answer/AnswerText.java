package io.dragoman.answer;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The sentence that answers. */
final class AnswerText {

    private static final int LISTED = 10;

    private AnswerText() {
    }

    static String of(Rows rows) {
        if (rows.columns().isEmpty()) {
            return "The query gave no columns.";
        }
        if (rows.count() == 0) {
            return rows.plan() == null ? "Nothing matches: the query gave no rows."
                    : "There are no " + rows.noun(0) + ConditionWords.of(rows.plan()) + ".";
        }
        String text = rows.count() == 1
                ? rows.columns().size() == 1 ? single(rows) : row(rows)
                : rows.columns().size() == 1 ? list(rows) : rows.grouped() && !rows.measures().isEmpty() ? grouped(rows)
                : found(rows);
        return rows.table().truncated()
                ? text + " Only the first " + ValueText.number(rows.count(), true) + " rows are shown; there are more."
                : text;
    }

    private static String single(Rows rows) {
        ShapedColumn column = rows.columns().get(0);
        Object value = rows.value(0, column);
        Expression expression = rows.plan() == null || rows.plan().select().size() != 1 ? null
                : rows.plan().select().get(0).expression();
        String where = rows.plan() == null ? "" : ConditionWords.of(rows.plan());
        if (expression instanceof Expression.Aggregate count && count.function() == Expression.Aggregate.Function.COUNT
                && value instanceof Number number && count.filter() == null) {
            long many = number.longValue();
            String noun = counted(rows, count, many);
            return (many == 1 ? "There is 1 " : "There are " + ValueText.number(number, true) + " ") + noun + where + ".";
        }
        String subject = measure(expression, column);
        if (value == null) {
            return "There is no " + subject + ": no row" + (where.isEmpty() ? " has a value." : " matches.");
        }
        if (expression instanceof Expression.Column && rows.plan() != null && rows.plan().limit() == null
                || expression == null && column.role() != ShapedColumn.Role.MEASURE) {
            return Nouns.sentence(column.words()) + ": " + rows.text(0, column) + ".";
        }
        return "The " + subject + (where.isEmpty() || where.length() > 60 ? "" : where) + " is " + rows.text(0, column) + ".";
    }

    private static String counted(Rows rows, Expression.Aggregate count, long many) {
        if (count.distinct() && count.argument() instanceof Expression.Column column) {
            String words = Nouns.words(column.column());
            boolean key = words.equals("id") || words.endsWith(" id");
            String table = rows.plan().from().stream().filter(source -> source.alias().equals(column.alias()))
                    .map(LogicalPlan.Source::table).findFirst().orElse(rows.plan().from().get(0).table());
            return key ? Nouns.counted(words.equals("id") ? Nouns.words(table) : words.substring(0, words.length() - 3), many)
                    : "different " + Nouns.counted(words, many);
        }
        return rows.noun(many);
    }

    /** "average price", or the column's own name in words. */
    private static String measure(Expression expression, ShapedColumn column) {
        if (expression instanceof Expression.Aggregate aggregate && aggregate.argument() instanceof Expression.Column of) {
            String function = switch (aggregate.function()) {
                case SUM -> "total ";
                case AVG -> "average ";
                case MIN -> of.type().temporal() ? "earliest " : "lowest ";
                case MAX -> of.type().temporal() ? "latest " : "highest ";
                case MEDIAN -> "median ";
                case STDDEV -> "standard deviation of ";
                case FIRST -> "first ";
                case LAST -> "last ";
                case COUNT -> "number of ";
            };
            String words = Nouns.words(of.column());
            return words.startsWith(function) ? words : function + words;
        }
        return column.words();
    }

    private static String row(Rows rows) {
        ShapedColumn label = rows.label();
        List<ShapedColumn> measures = rows.measures();
        if (label != null && measures.size() == 1 && rows.dimensions().size() <= 2
                && label.role() == ShapedColumn.Role.CATEGORY) {
            String first = rows.plan() != null && Integer.valueOf(1).equals(rows.plan().limit())
                    && !rows.plan().orderBy().isEmpty() ? " comes first, with " : ": ";
            return rows.text(0, label) + first + measures.get(0).words() + " " + rows.text(0, measures.get(0)) + ".";
        }
        List<String> parts = new ArrayList<>();
        for (ShapedColumn column : rows.columns().subList(0, Math.min(12, rows.columns().size()))) {
            parts.add(column.words() + " " + rows.text(0, column));
        }
        return "There is one result: " + String.join(", ", parts) + (rows.columns().size() > 12 ? ", …" : "") + ".";
    }

    private static String list(Rows rows) {
        ShapedColumn column = rows.columns().get(0);
        String shown = rows.table().rows().stream().limit(LISTED).map(row -> ValueText.of(row.get(0), column))
                .collect(Collectors.joining(", "));
        String noun = column.words().equals("name") && rows.plan() != null ? rows.noun(rows.count())
                : Nouns.counted(column.words(), rows.count());
        String many = ValueText.number(rows.count(), true) + " " + noun;
        return rows.count() <= LISTED ? "There are " + many + ": " + shown + "."
                : "There are " + (rows.table().truncated() ? "at least " : "") + many + ", such as " + shown + ".";
    }

    private static String grouped(Rows rows) {
        List<ShapedColumn> changes = rows.measures().stream().filter(ShapedColumn::change).toList();
        return changes.isEmpty() ? extremes(rows) : changed(rows, changes);
    }

    /** What changed from row to row, and when most. */
    private static String changed(Rows rows, List<ShapedColumn> changes) {
        ShapedColumn change = changes.stream().filter(ShapedColumn::percentage).findFirst().orElse(changes.get(0));
        ShapedColumn amount = rows.measures().get(0);
        int most = Insights.extreme(rows, change, 1);
        int least = Insights.extreme(rows, change, -1);
        String of = Nouns.sentence(amount.words()) + " for " + ValueText.number(rows.count(), true) + " "
                + (rows.label() == null ? "rows" : groups(rows, rows.label())) + ", each compared with the one before";
        if (most < 0 || rows.number(most, change) == rows.number(least, change)) {
            return of + ".";
        }
        return of + ": the largest change up is " + signed(rows, most, change) + " in " + name(rows, most) + ", the "
                + (rows.number(least, change) < 0 ? "largest change down " : "smallest ") + signed(rows, least, change) + " in " + name(rows, least) + ".";
    }

    private static String signed(Rows rows, int row, ShapedColumn change) {
        return (rows.number(row, change) > 0 ? "+" : "") + rows.text(row, change);
    }

    private static String extremes(Rows rows) {
        ShapedColumn measure = rows.measures().get(rows.measures().size() - 1);
        ShapedColumn label = rows.labels().size() == 1 ? rows.labels().get(0) : rows.label();
        if (label == null) {
            return found(rows);
        }
        int highest = Insights.extreme(rows, measure, 1);
        int lowest = Insights.extreme(rows, measure, -1);
        String of = Nouns.sentence(measure.words()) + " for " + ValueText.number(rows.count(), true) + " "
                + groups(rows, label);
        if (highest < 0 || rows.number(highest, measure) == rows.number(lowest, measure)) {
            return of + (highest < 0 ? "." : ", all of them " + rows.text(highest, measure) + ".");
        }
        return of + ": highest " + name(rows, highest) + " (" + rows.text(highest, measure) + "), lowest "
                + name(rows, lowest) + " (" + rows.text(lowest, measure) + ").";
    }

    /** What was grouped by: "customers" when their key is there, else the label. */
    private static String groups(Rows rows, ShapedColumn label) {
        return rows.dimensions().stream().filter(column -> column.words().endsWith(" id")).findFirst()
                .map(key -> Nouns.counted(key.words().substring(0, key.words().length() - 3), rows.count()))
                .orElseGet(() -> rows.labels().size() > 1 ? rows.plan() == null ? "rows" : "groups" : Nouns.counted(label.words(), rows.count()));
    }

    /** The values of the dimensions of a row, without its key where it has another name. */
    static String name(Rows rows, int row) {
        return rows.labels().stream().limit(3).map(column -> rows.text(row, column)).collect(Collectors.joining(", "));
    }

    private static String found(Rows rows) {
        String many = ValueText.number(rows.count(), true) + " ";
        if (rows.plan() != null && rows.plan().groupBy().isEmpty() && rows.plan().limit() != null
                && rows.count() == rows.plan().limit() && !rows.plan().orderBy().isEmpty()) {
            return "These are the first " + many + rows.noun(rows.count()) + " in the order asked for.";
        }
        return (rows.table().truncated() ? "There are at least " : "There are ") + many + (rows.plan() != null
                && rows.plan().groupBy().isEmpty() ? rows.noun(rows.count()) + ConditionWords.of(rows.plan())
                : "rows") + ".";
    }
}
