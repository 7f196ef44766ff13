package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.List;
import java.util.Set;

/** Conditions that name their value: values, quoted texts, numbers, ranges, patterns and missing values. */
abstract class ConditionClause extends ShownClause {

    ConditionClause(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    void value(Link unit) {
        ColumnNode column = unit.column();
        lastTable = column.table;
        if (alternativePattern(unit)) {
            return;
        }
        if (tokens.get(unit.start()).kind() == Token.Kind.QUOTED && within(unit)) {
            return;
        }
        boolean pattern = ValueLinker.PATTERN.equals(unit.word());
        Condition condition = new Condition(pattern ? Condition.Kind.LIKE : Condition.Kind.COMPARE, Measure.of(column), pattern ? null : "=")
                .value(unit.text());
        Link previous = at(i - 1);
        if (previous.kind() == Kind.VALUE && previous.end() == unit.start() && previous.table() == unit.table() && previous.column() != column
                && !frame.conditions.isEmpty() && scope == null && !not
                && frame.conditions.get(frame.conditions.size() - 1).column() == previous.column()) {
            frame.conditions.get(frame.conditions.size() - 1).companions.add(condition);
            return;
        }
        add(condition);
        if (unit.word() != null && !pattern) {
            column.table.display().stream().filter(c -> c.stems.contains("last")).findFirst().ifPresent(last ->
                    condition.companions.add(new Condition(Condition.Kind.COMPARE, Measure.of(last), "=").value(unit.word())));
        }
        left = Measure.of(column);
    }

    void text(Link unit) {
        ColumnNode column = left != null && left.column() != null ? left.column() : null;
        if (column == null && lastColumn != null && at(i - 1).column() == lastColumn) {
            column = lastColumn;
        }
        TableNode table = lastTable != null ? lastTable : frame.subject;
        if (column == null && table != null && !ofUnknown()) {
            column = table.display().stream().findFirst().orElse(null);
            frame.penalty += NAMING.contains(wordAt(i - 1)) || at(i - 1).kind() == Kind.TABLE ? 0.1 : 0.4;
        }
        if (column == null) {
            frame.penalty += 1;
            return;
        }
        if (alternativePattern(unit)) {
            return;
        }
        if (within(unit)) {
            return;
        }
        Condition condition = new Condition(Condition.Kind.COMPARE, Measure.of(column), "=").value(unit.text());
        condition.quoted = true;
        add(condition);
    }

    /** <i>Businesses owned by "Ann"</i>, <i>a menu item named "Soup"</i>: the text is of somebody or something that the schema does not have. */
    private boolean ofUnknown() {
        boolean done = "by".equals(wordAt(i - 1)) && at(i - 2).kind() == Kind.WORD;
        boolean named = NAMING.contains(wordAt(i - 1)) && at(i - 2).kind() == Kind.WORD && !Words.stop(at(i - 2).text())
                && !Set.of("person", "people", "someone", "somebody", "anyone", "one", "ones").contains(at(i - 2).text());
        return done || named;
    }

    /** <i>With 'Cola' in their name</i> means a part of the name. */
    private boolean within(Link unit) {
        if (!"in".equals(at(i + 1).start() < 0 ? "" : tokens.get(at(i + 1).start()).lower())) {
            return false;
        }
        for (int k = i + 2; k <= i + 4; k++) {
            if (at(k).kind() == Kind.COLUMN && at(k).column().text()) {
                add(new Condition(Condition.Kind.LIKE, Measure.of(at(k).column()), null).value("%" + tokens.get(unit.start()).text() + "%"));
                i = k + 1;
                return true;
            }
        }
        return false;
    }

    /** <i>Containing A or B</i> means containing either. */
    boolean alternativePattern(Link unit) {
        if (connector == null || frame.conditions.isEmpty() || !at(i - 1).is(Kind.OR, Kind.AND, Kind.LIKE)) {
            return false;
        }
        Condition last = frame.conditions.get(frame.conditions.size() - 1);
        if (last.kind != Condition.Kind.LIKE) {
            return false;
        }
        String pattern = last.values.get(0);
        Condition condition = new Condition(Condition.Kind.LIKE, last.left, null).value((pattern.startsWith("%") ? "%" : "") + unit.text()
                + (pattern.endsWith("%") ? "%" : ""));
        condition.negated = last.negated;
        boolean or = connector == Kind.OR && !last.negated;
        connector = null;
        condition.alternative = or;
        frame.conditions.add(condition);
        return true;
    }

    void number(Link unit) {
        Link next = at(i + 1);
        int aged = aged(unit.end());
        Measure age = aged < 0 ? null : concept("old");
        if (age != null) {
            compare(age, "=", unit.text());
            i = explained(aged);
            return;
        }
        if (range(unit)) {
            return;
        }
        if (next.kind() == Kind.SUPERLATIVE) {
            frame.limit = integer(unit.text());
            return;
        }
        boolean opens = mode == Mode.SELECT && frame.targets.isEmpty() && frame.limit == null && !count && aggregates.isEmpty()
                && units.subList(0, i).stream().allMatch(before -> before.is(Kind.ASK, Kind.BE)
                        || before.kind() == Kind.WORD && Words.stop(before.text()));
        if (opens && next.kind() == Kind.TABLE && !unit.text().contains(".")) {
            frame.limit = integer(unit.text());
            return;
        }
        if (mode == Mode.SELECT && !frame.targets.isEmpty() && next.kind() == Kind.TABLE && previousIs(Kind.PREPOSITION) && !unit.text().contains(".")) {
            amount = integer(unit.text());
            frame.penalty += 0.5;
            return;
        }
        if (eitherNumber(unit)) {
            return;
        }
        int k = i + 1;
        String operator = "=";
        if (at(k).kind() == Kind.OR && at(k + 1).kind() == Kind.COMPARISON
                && !at(k + 2).is(Kind.NUMBER, Kind.TEXT, Kind.AGGREGATE)) {
            boolean more = at(k + 1).text().startsWith(">") != (at(k + 1).word() != null && DOWNWARD.contains(at(k + 1).word()));
            operator = more ? ">=" : "<=";
            k += 2;
            Measure measure = left != null ? left : verb();
            if (measure == null && at(k - 1).word() != null) {
                measure = concept(at(k - 1).word());
            }
            if (measure != null && at(k).kind() != Kind.TABLE) {
                compare(measure, operator, unit.text());
                i = k;
                return;
            }
            while (at(k).kind() == Kind.WORD && THEIR.contains(at(k).text()) || at(k).kind() == Kind.DISTINCT) {
                k++;
            }
        }
        if (Set.of("once", "twice", "thrice").contains(tokens.get(unit.start()).lower()) && !frame.targets.isEmpty()) {
            having(null, operator, unit.text());
            i = k;
            return;
        }
        if (left != null && (left.column() == null || left.column().numeric() || left.column().temporal()
                || left.column().identifier || at(i - 1).column() == left.column())) {
            compare(left, "=", unit.text());
            return;
        }
        if (at(k).kind() == Kind.TABLE && (mode == Mode.WHERE || !operator.equals("="))) {
            having(at(k).table(), operator, unit.text());
            i = k + 1;
            return;
        }
        if (at(k).kind() == Kind.WORD && at(k).text().startsWith("time") && !mention(k + 1)) {
            having(null, operator, unit.text());
            i = k + 1;
            return;
        }
        if (at(k).kind() == Kind.COLUMN && (at(k).column().measure() || !operator.equals("="))) {
            quantity(at(k).column(), operator, unit.text());
            i = k + 1;
            return;
        }
        if (at(i - 1).kind() == Kind.TABLE && at(i - 1).table().key() != null && at(i - 1).table().key().numeric()) {
            compare(Measure.of(at(i - 1).table().key()), "=", unit.text());
            return;
        }
        if (year(unit.text())) {
            ColumnNode column = yearColumn();
            if (column != null) {
                compare(Measure.of(column), "=", unit.text());
                return;
            }
        }
        Measure spoken = verb();
        if (spoken != null && spoken.column().measure()) {
            compare(spoken, "=", unit.text());
            left = spoken;
            return;
        }
        frame.penalty += "one".equals(tokens.get(unit.start()).lower()) ? 0.05 : 0.5;
    }

    /** <i>3 or 4 stars</i>: either number of what follows. */
    private boolean eitherNumber(Link unit) {
        boolean either = at(i + 1).kind() == Kind.OR && at(i + 2).kind() == Kind.NUMBER && at(i + 3).kind() == Kind.COLUMN && at(i + 3).column().measure();
        if (either) {
            Measure counted = Measure.of(at(i + 3).column());
            compare(counted, "=", unit.text());
            Condition other = new Condition(Condition.Kind.COMPARE, counted, "=").value(at(i + 2).text());
            connector = Kind.OR;
            add(other);
            i += 4;
        }
        return either;
    }

    /** The token after <i>years old</i> or <i>years of age</i>; -1 when they do not stand there. */
    int aged(int token) {
        boolean years = token + 1 < tokens.size() && (tokens.get(token).is("years") || tokens.get(token).is("year"));
        if (years && tokens.get(token + 1).is("old")) {
            return token + 2;
        }
        return years && token + 2 < tokens.size() && tokens.get(token + 1).is("of") && tokens.get(token + 2).is("age") ? token + 3 : -1;
    }

    /** Takes note that the units up to a token say what is compared; gives the unit there. */
    int explained(int token) {
        int k = unitAfter(token);
        frame.explained.addAll(units.subList(i + 1, Math.max(i + 1, k)));
        return k;
    }

    /** The first unit that starts at a token or after it. */
    int unitAfter(int token) {
        int k = i + 1;
        while (k < units.size() && at(k).start() < token) {
            k++;
        }
        return k;
    }

    /** <i>In age 20 to 25</i>, <i>from 20 to 25</i>: both ends belong to it. */
    private boolean range(Link from) {
        boolean to = from.end() + 1 < tokens.size() && (tokens.get(from.end()).is("to") || tokens.get(from.end()).is("-"));
        Link upper = to ? at(unitAfter(from.end() + 1)) : null;
        Measure spoken = left != null ? left : verb();
        ColumnNode column = spoken != null ? spoken.column() : lastColumn;
        boolean ends = upper != null && upper.kind() == Kind.NUMBER && upper.start() == from.end() + 1 && column != null
                && (column.numeric() && !column.identifier && !column.foreign || column.temporal() && year(from.text()))
                && Double.parseDouble(from.text()) < Double.parseDouble(upper.text());
        if (ends) {
            add(new Condition(Condition.Kind.BETWEEN, Measure.of(column), null).value(from.text()).value(upper.text()));
            i = unitAfter(upper.end());
        }
        return ends;
    }

    void quantity(ColumnNode column, String operator, String value) {
        if (column.measure()) {
            compare(Measure.of(column), operator, value);
        } else {
            compare(new Measure(Function.COUNT, column.table, column, true), operator, value);
            }
    }

    /** A column of the subject that keeps the count of another table's rows, such as {@code number_of_hosts}. */
    ColumnNode keptCount(TableNode counted) {
        if (counted == null || frame.subject == null || frame.subject == counted) {
            return null;
        }
        for (ColumnNode column : frame.subject.columns) {
            if (column.measure() && column.stems.contains("number") && column.stems.containsAll(counted.stems)) {
                return column;
            }
        }
        return null;
    }

    void having(TableNode table, String operator, String value) {
        ColumnNode kept = keptCount(table);
        if (kept != null) {
            compare(Measure.of(kept), operator, value);
            return;
        }
        if (table == null && left != null && left.column() != null && left.column().temporal() && left.table() != frame.subject) {
            frame.mentioned.add(left.table());
        }
        compare(Measure.count(table, false), operator, value);
        if (table != null) {
            frame.mentioned.add(table);
            lastTable = table;
        }
    }

    void between() {
        Measure measure = left != null ? left : verb();
        if (measure == null && lastColumn != null && (at(i - 1).column() == lastColumn || at(i - 2).column() == lastColumn)) {
            measure = Measure.of(lastColumn);
        }
        int k = i + 1;
        while (at(k).is(Kind.WORD, Kind.PREPOSITION)) {
            k++;
        }
        int m = k + 1;
        while (at(m).is(Kind.WORD, Kind.PREPOSITION, Kind.AND)) {
            m++;
        }
        if (!at(k).is(Kind.NUMBER, Kind.TEXT, Kind.VALUE) || !at(m).is(Kind.NUMBER, Kind.TEXT, Kind.VALUE)) {
            frame.penalty += 0.3;
            return;
        }
        if (measure == null || at(k).kind() == Kind.NUMBER && measure.column() != null && measure.column().text()) {
            ColumnNode column = year(at(k).text()) ? yearColumn() : null;
            if (column == null && at(m + 1).kind() == Kind.COLUMN && at(m + 1).column().measure()) {
                column = at(m + 1).column();
                m++;
            }
            measure = column == null ? null : Measure.of(column);
        }
        if (measure == null) {
            frame.penalty += 0.8;
        } else {
            add(new Condition(Condition.Kind.BETWEEN, measure, null).value(at(k).text()).value(at(at(m).kind() == Kind.COLUMN ? m - 1 : m).text()));
        }
        i = m + 1;
    }

    void like(Link unit) {
        ColumnNode column = left != null ? left.column() : at(i - 1).kind() == Kind.COLUMN ? lastColumn : null;
        if (column == null && at(i - 1).is(Kind.CLAUSE, Kind.HAVE) && at(i - 2).kind() == Kind.COLUMN && at(i - 2).column().text()) {
            column = at(i - 2).column();
        }
        if (column == null && lastTable != null) {
            column = lastTable.display().stream().findFirst().orElse(lastColumn);
        }
        int k = i + 1;
        while (at(k).kind() == Kind.WORD && Set.of("the", "a", "an", "word", "letter", "substring", "string", "phrase", "letters", "character", "text", "in", "its", "prefix", "suffix", "it").contains(at(k).text())
                || at(k).is(Kind.PREPOSITION, Kind.LIKE)) {
            k++;
        }
        Link right = at(k);
        if (column == null || right.start() < 0 || !right.is(Kind.TEXT, Kind.VALUE, Kind.WORD, Kind.NUMBER, Kind.COLUMN) || right.kind() == Kind.COLUMN && unit.text().equals("CONTAINS")) {
            if (!right.is(Kind.TABLE)) {
                frame.penalty += 0.5;
            }
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int t = right.start(); t < right.end(); t++) {
            text.append(text.length() == 0 ? "" : " ").append(tokens.get(t).text());
        }
        if (left == null && "in".equals(at(k + 1).start() < 0 ? "" : tokens.get(at(k + 1).start()).lower())) {
            for (int m = k + 2; m <= k + 3; m++) {
                if (at(m).kind() == Kind.COLUMN && at(m).column().text()) {
                    column = at(m).column();
                    k = m;
                    break;
                }
            }
        }
        String pattern = switch (unit.text()) {
            case "STARTS" -> text + "%";
            case "ENDS" -> "%" + text;
            default -> "%" + text + "%";
        };
        add(new Condition(Condition.Kind.LIKE, Measure.of(column), null).value(pattern));
        i = k + 1;
        while (right.kind() == Kind.WORD && text.length() == 1 && at(i).kind() == Kind.OR && at(i + 1).kind() == Kind.WORD && at(i + 1).text().length() == 1) {
            Condition other = new Condition(Condition.Kind.LIKE, Measure.of(column), null)
                    .value(pattern.replace(text, tokens.get(at(i + 1).start()).text()));
            other.alternative = true;
            frame.conditions.add(other);
            i += 2;
        }
    }

    void isNull() {
        ColumnNode column = left != null ? left.column() : lastColumn;
        if (column != null) {
            add(new Condition(Condition.Kind.NULL, Measure.of(column), null));
        } else {
            frame.penalty += 0.5;
        }
    }
}
