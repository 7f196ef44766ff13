package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.List;
import java.util.Set;

/** What is shown: columns, aggregates and counts in the place where the mode, and what follows, put them. */
abstract class ShownClause extends Clause {

    ShownClause(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    /** A complete thing to show, compare or order by, by the mode and what follows. */
    void measure(Measure measure) {
        if (mode == Mode.ORDER) {
            if (frame.orders.isEmpty() || connector != null) {
                frame.orders.add(new Frame.Order(measure, direction != null && direction));
                direction = null;
            } else if (measure.table() != null) {
                frame.mentioned.add(measure.table());
            }
            connector = null;
            return;
        }
        if (conditionFollows(measure)) {
            left = measure;
            mode = Mode.WHERE;
            return;
        }
        if (mode == Mode.WHERE && !frame.targets.isEmpty() && (measure.function() == Function.MAX || measure.function() == Function.MIN)
                && frame.orders.isEmpty()) {
            frame.orders.add(new Frame.Order(Measure.of(measure.column()), measure.function() == Function.MAX));
            frame.limit = frame.limit == null ? 1 : frame.limit;
            return;
        }
        if (not && measure.function() == null && measure.column() != null && frame.subject != null && measure.table() != frame.subject
                && frame.targets.stream().noneMatch(target -> target.measure() != null && target.measure().table() == measure.table())) {
            frame.mentioned.add(measure.table());
            relation(measure.table());
            return;
        }
        if (not && mode == Mode.SELECT && !frame.targets.isEmpty() && measure.function() == null && measure.column() != null
                && measure.table() == frame.subject) {
            if (valueFollows(measure.column())) {
                left = measure;
                mode = Mode.WHERE;
                return;
            }
            Condition missing = new Condition(Condition.Kind.NULL, measure, null);
            not = false;
            add(missing);
            return;
        }
        TableNode counted = frame.subject == null && frame.targets.size() == 1 && frame.targets.get(0).measure() != null
                ? frame.targets.get(0).measure().table() : null;
        if (not && counted != null && counted != measure.table() && measure.function() == null && measure.column() != null && measure.column().type.temporal()) {
            frame.subject = counted;
            frame.mentioned.add(measure.table());
            relation(measure.table());
            return;
        }
        boolean their = THEIR.contains(wordAt(i - 1));
        if (asked != null && measure.column() != null && measure.function() == null && mode == Mode.WHERE
                && (asked.equals("when") ? measure.column().temporal() || measure.column().year() || measure.column().measure() : measure.column().text())) {
            asked = null;
            frame.targets.removeIf(target -> target.measure() == null);
            frame.targets.add(new Frame.Target(measure, null, false));
            return;
        }
        if (mode == Mode.WHERE && !their && !measure.aggregate() && besides(measure)) {
            shows = true;
            connector = null;
            frame.targets.add(new Frame.Target(measure, null, false));
            return;
        }
        if (mode == Mode.WHERE && !their && !(measure.aggregate())) {
            left = measure;
            if (not && frame.subject != null && measure.table() != frame.subject) {
                frame.mentioned.add(measure.table());
                relation(measure.table());
                return;
            }
            if (not && !valueFollows(measure.column())) {
                frame.penalty += 0.25;
                add(new Condition(Condition.Kind.NULL, measure, null));
                frame.conditions.get(frame.conditions.size() - 1).negated = false;
            }
            return;
        }
        if (!measure.aggregate() && !frame.targets.isEmpty() && connector == null && !their && !newSentence) {
            boolean aggregated = frame.targets.stream().anyMatch(target -> target.measure() != null && target.measure().aggregate());
            boolean near = frame.targets.stream().anyMatch(target -> target.entity() == measure.table()
                    || target.measure() != null && target.measure().table() == measure.table());
            if (aggregated || !near) {
                frame.mentioned.add(measure.table());
                frame.penalty += 0.05;
                return;
            }
        }
        newSentence = false;
        shows = their && !measure.aggregate();
        frame.distinct |= distinct && !measure.aggregate();
        distinct = false;
        if (namesWhole(measure.column())) {
            for (ColumnNode column : measure.table().display()) {
                frame.targets.add(new Frame.Target(Measure.of(column), null, false));
            }
        } else {
            frame.targets.add(new Frame.Target(measure, null, false));
        }
        if (!measure.aggregate() && frame.subject == null) {
            frame.subject = measure.table();
        }
        connector = null;
    }

    /**
     * <i>The last 5 orders with customer names</i>, <i>with the product and the city</i>: a column after <i>with</i> that no condition is
     * about is one to show, unless <i>a</i> or <i>any</i> says that it only has to be there.
     */
    private boolean besides(Measure measure) {
        if (not || measure.column() == null || frame.targets.isEmpty() || frame.aggregates() || scope != null) {
            return false;
        }
        int k = i - 1;
        while (at(k).kind() == Kind.WORD && (at(k).text().equals("the") || THEIR.contains(at(k).text()))
                || at(k).kind() == Kind.TABLE && at(k + 1).kind() == Kind.COLUMN) {
            k--;
        }
        boolean with = at(k).kind() == Kind.CLAUSE && "with".equals(wordAt(k)) && k > 0 && at(k - 1).is(Kind.TABLE, Kind.VALUE, Kind.TIME, Kind.COLUMN);
        boolean more = at(k).is(Kind.AND, Kind.COMMA) && (shows || "the".equals(wordAt(k + 1)) || tokens.get(at(k).end() - 1).is("the"));
        Kind after = at(i + 1).kind();
        return (with || more) && (after == Kind.STOP || after == Kind.AND || after == Kind.COMMA || after == Kind.PREPOSITION
                && ("of".equals(wordAt(i + 1)) || at(i + 1).text().equals("OF")) || after == Kind.SORT);
    }

    /** Whether the words say <i>name</i> where the table has first and last names. */
    boolean namesWhole(ColumnNode column) {
        Link unit = at(i);
        if (column == null || unit.column() != column || !column.stems.contains("name") || column.core.size() < 2) {
            return false;
        }
        for (int t = unit.start(); t < unit.end(); t++) {
            if (column.core.get(0).equals(tokens.get(t).stem())) {
                return false;
            }
        }
        return column.table.display().contains(column);
    }

    /** Whether a value of the column comes before the next condition. */
    private boolean valueFollows(ColumnNode column) {
        for (int k = i + 1; k <= i + 5 && !at(k).is(Kind.AND, Kind.OR, Kind.COMMA, Kind.STOP); k++) {
            if (at(k).kind() == Kind.VALUE && at(k).column() == column) {
                return true;
            }
        }
        return false;
    }

    boolean conditionFollows(Measure measure) {
        ColumnNode column = measure.column();
        if (measure.function() == Function.COUNT && mode == Mode.SELECT && frame.targets.isEmpty()) {
            return false;
        }
        for (int k = i + 1; k < units.size() && k <= i + 5; k++) {
            Link unit = at(k);
            switch (unit.kind()) {
                case COMPARISON, BETWEEN, NULL -> {
                    return true;
                }
                case LIKE -> {
                    return column != null;
                }
                case NUMBER -> {
                    return column == null || column.numeric() || column.temporal() || column.identifier;
                }
                case TEXT -> {
                    return column != null && (mode == Mode.WHERE || k <= i + 2);
                }
                case VALUE -> {
                    return unit.column() == column;
                }
                case BE, NOT, EITHER -> {
                }
                case BOTH -> {
                    if ("SHARED".equals(unit.text())) {
                        return false;
                    }
                }
                case HAVE, PREPOSITION -> {
                    boolean value = at(k + 1).kind() == Kind.TEXT || at(k + 1).kind() == Kind.VALUE && at(k + 1).column() == column;
                    if (mode != Mode.WHERE || "OF".equals(unit.text()) && !value) {
                        return false;
                    }
                }
                case WORD -> {
                    if (!Set.of("the", "a", "an", "value", "equals", "equal", "as", "code", "named", "called", "$", "(", "\"", "of").contains(unit.text())) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether all that is shown so far are numbers, so that <i>by</i> must mean grouping. */
    boolean measuresOnly() {
        return !frame.targets.isEmpty() && frame.targets.stream().allMatch(target -> target.measure() != null
                && (target.measure().aggregate() || target.measure().defined() != null || target.measure().column().measure() && !target.measure().column().year()));
    }

    /** Numbers that are shown by group are summed; rows are counted. */
    void sums() {
        for (int k = 0; k < frame.targets.size(); k++) {
            Frame.Target target = frame.targets.get(k);
            Measure measure = target.measure();
            if (measure == null && !target.everything()) {
                frame.targets.set(k, new Frame.Target(Measure.count(target.entity(), false), null, false));
            } else if (measure != null && !measure.aggregate() && (measure.defined() != null || measure.column().measure())) {
                frame.targets.set(k, new Frame.Target(new Measure(Function.SUM, measure.table(), measure.column(), false, measure.defined()),
                        null, false));
            }
        }
    }

    void everything() {
        frame.targets.add(new Frame.Target(null, null, true));
        connector = null;
    }
}
