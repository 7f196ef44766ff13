package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Comparisons: with a number, with an average or another aggregate, with another column, with all or any of some
 * rows.
 */
abstract class ComparisonClause extends ConditionClause {

    private static final Set<String> PLACES = Set.of("under", "below", "over", "above");
    private static final Set<String> MONEY = Set.of("dollars", "dollar", "usd", "euros", "euro", "pounds", "bucks");
    private static final Set<String> PRICED = Set.of("price", "cost", "amount", "fee", "salary", "balance", "revenue", "budget", "total",
            "value", "charge", "payment", "rate", "wage", "income", "sale", "profit", "spending", "fund", "dollar", "euro");

    /** Who a row of people is under; such a column refers to the same table where no relationship says otherwise. */
    private static final Set<String> SUPERIORS = Set.of("manager", "supervisor", "boss", "superior", "parent", "mentor");

    ComparisonClause(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    void comparison(Link unit) {
        String operator = unit.text();
        int k = i + 1;
        while (at(k).is(Kind.BE, Kind.PREPOSITION, Kind.DISTINCT) || at(k).kind() == Kind.WORD && Set.of("the", "a", "an", "$", "than", "value", "of", "that", "year", "age", "all", "any", "their", "his", "her", "its").contains(at(k).text())
                || at(k).kind() == Kind.CLAUSE && "that".equals(wordAt(k)) || at(k).kind() == Kind.EITHER) {
            k++;
        }
        Measure measure = left;
        boolean ofYear = at(k).kind() == Kind.COLUMN && at(k).column().year() && at(k + 1).kind() == Kind.NUMBER && year(at(k + 1).text());
        if (ofYear) {
            measure = Measure.of(at(k).column());
            left = measure;
            k++;
        }
        if (measure != null && measure.column() != null && measure.column().text() && !measure.column().numeric() && !measure.column().temporal() && at(k).kind() == Kind.NUMBER
                && (at(i - 1).column() != measure.column() || at(i - 1).kind() == Kind.VALUE)) {
            measure = null;
        }
        if (measure != null && measure.column() != null && !measure.column().measure() && at(k).kind() == Kind.NUMBER && counts(k + 1)
                && !(measure.column().temporal() && year(at(k).text()))) {
            measure = null;
        }
        if (measure == null && unit.word() == null) {
            measure = verb();
            boolean counted = at(k).kind() == Kind.NUMBER && at(k + 1).kind() == Kind.TABLE;
            boolean moment = measure != null && measure.column().temporal() && at(k).kind() == Kind.NUMBER && !year(at(k).text());
            measure = counted || moment ? null : measure;
        }
        boolean key = measure != null && measure.column() != null && (measure.column().foreign || measure.column().identifier) && at(i - 1).column() != measure.column();
        Measure meant = key && unit.word() != null ? concept(unit.word()) : null;
        measure = meant != null ? null : measure;
        boolean said = measure != null && measure == left;
        if (measure == null && unit.word() != null) {
            measure = concept(unit.word());
            if (measure != null && operator.length() == 1) {
                boolean up = conceptDescending;
                operator = up ? operator : operator.equals(">") ? "<" : ">";
            }
        }
        if (said && unit.word() != null && operator.length() == 1 && DOWNWARD.contains(unit.word())) {
            operator = operator.equals(">") ? "<" : ">";
        }
        Link right = at(k);
        TableNode compared = measure != null ? measure.table() : lastTable;
        OwnGroup own = compared == null ? null : OwnGroup.before(this, k, compared);
        if (own != null) {
            comparedAggregate(operator, measure, at(own.next()), own.next(), own);
            return;
        }
        if (PLACES.contains(tokens.get(unit.start()).lower()) && right.is(Kind.VALUE, Kind.TEXT) && wordless(right, measure)) {
            operator = "=";
            frame.explained.add(unit);
        }
        if (measure != null && measure.column() != null && (right.kind() == Kind.EACH || right.is(Kind.TABLE, Kind.VALUE, Kind.COLUMN)
                && Set.of("all", "any", "some", "of").contains(wordAt(k - 1)))) {
            quantified(operator, measure, k);
            return;
        }
        if (right.is(Kind.TABLE, Kind.VALUE) && measure == null && operator.equals(">=") && Set.of("a", "an").contains(wordAt(k - 1))) {
            frame.explained.add(unit);
            mode = Mode.WHERE;
            i = k;
        } else if (right.kind() == Kind.NUMBER) {
            comparedNumber(unit, operator, measure, right, k);
        } else if (right.kind() == Kind.AGGREGATE || right.kind() == Kind.SUPERLATIVE) {
            comparedAggregate(operator, measure, right, k, null);
        } else if (right.kind() == Kind.VALUE) {
            if (measure != null && measure.column() != null && measure.column() != right.column() && measure.column().numeric()) {
                Condition condition = new Condition(Condition.Kind.SUBQUERY, measure, operator);
                condition.right = measure;
                condition.inner.add(new Condition(Condition.Kind.COMPARE, Measure.of(right.column()), "=").value(right.text()));
                add(condition);
            } else {
                add(new Condition(Condition.Kind.COMPARE, Measure.of(right.column()), operator).value(right.text()));
            }
            i = k + 1;
        } else if (right.kind() == Kind.TEXT && (measure != null || lastColumn != null)) {
            boolean date = right.text().length() >= 8 && Character.isDigit(right.text().charAt(0)) && right.text().indexOf('-') == 4;
            if (date && (measure == null || measure.column() == null || !measure.column().temporal()) && yearColumn() != null) {
                measure = Measure.of(yearColumn());
            }
            compare(measure != null ? measure : Measure.of(lastColumn), operator, right.text());
            i = k + 1;
        } else if (right.kind() == Kind.TABLE && measure != null && measure.column() != null && measure.column().measure()
                && at(k + 1).is(Kind.CLAUSE, Kind.VALUE, Kind.TEXT)) {
            Condition condition = new Condition(Condition.Kind.SUBQUERY, measure, operator);
            condition.right = measure;
            add(condition);
            scope = condition;
            left = null;
            mode = Mode.WHERE;
            i = k + 1;
        } else if (right.kind() == Kind.COLUMN) {
            if (measure != null && measure.column() != null && self(right.column(), measure.table()) != null) {
                comparedReferred(operator, measure, right.column(), k);
            } else if (measure != null && measure.column() == right.column()) {
                sameColumn(operator, measure, k);
            } else if (measure != null && (right.column().foreign || right.column().identifier && (measure.column() == null || !measure.column().identifier))) {
                frame.penalty += 0.8;
                i = k + 1;
            } else if (measure != null) {
                Condition condition = new Condition(Condition.Kind.COMPARE, measure, operator);
                condition.right = Measure.of(right.column());
                add(condition);
                i = k + 1;
            } else {
                comparedPrefix(operator, k);
            }
        } else if (operator.equals("<>")) {
            not = true;
            mode = Mode.WHERE;
        } else {
            frame.penalty += 0.4;
        }
    }

    /** Whether a value is a mere word, so that <i>under the category Seeds</i> says where, not how much. */
    private boolean wordless(Link value, Measure measure) {
        ColumnNode column = value.kind() == Kind.VALUE ? value.column() : measure != null ? measure.column() : lastColumn;
        return column != null && column.text() && !column.numeric() && !column.temporal() && value.text().chars().noneMatch(Character::isDigit);
    }

    /** Whether rows are counted from here on, as in <i>more than 4 customers</i> or <i>at least ten (full) professors</i>. */
    private boolean counts(int k) {
        int noun = at(k).is(Kind.DISTINCT) ? k + 1 : k;
        boolean had = at(i - 1).is(Kind.HAVE, Kind.CLAUSE, Kind.BE) || at(i - 2).is(Kind.HAVE, Kind.CLAUSE, Kind.BE);
        boolean value = had && at(noun).kind() == Kind.VALUE && at(noun).start() == at(noun - 1).end();
        return (at(noun).kind() == Kind.TABLE || value) && (plural(at(noun)) || "1".equals(at(k - 1).text())) && at(noun + 1).kind() != Kind.POSSESSIVE;
    }

    /** Whether a word says that there are several. */
    boolean plural(Link unit) {
        String word = tokens.get(unit.end() - 1).lower();
        return !word.equals(tokens.get(unit.end() - 1).stem()) && word.endsWith("s") || Set.of("people", "children", "men", "women").contains(word);
    }

    /** <i>Older than all engineers</i>: the conditions that follow belong to those compared with. */
    void quantified(String operator, Measure measure, int k) {
        boolean any = false;
        for (int m = i + 1; m < k; m++) {
            any |= Set.of("any", "some").contains(wordAt(m));
        }
        boolean up = operator.startsWith(">");
        Condition condition = new Condition(Condition.Kind.SUBQUERY, measure, operator);
        condition.right = Measure.of(up != any ? Function.MAX : Function.MIN, measure.column());
        add(condition);
        scope = condition;
        i = at(k).is(Kind.VALUE) ? k : k + 1;
        mode = Mode.WHERE;
    }

    /** The relationship by which a column refers to another row of its own table, such as an employee's manager; null for none. */
    private JoinGraph.Edge self(ColumnNode column, TableNode table) {
        if (column.table != table) {
            return null;
        }
        boolean superior = table.key() != null && column != table.key() && column.type == table.key().type
                && column.stems.stream().anyMatch(SUPERIORS::contains) && graph.of(table).stream().noneMatch(edge -> edge.left().equals(List.of(column)));
        return graph.of(table).stream().filter(edge -> edge.to() == table && edge.manyToOne() && edge.left().equals(List.of(column))).findFirst()
                .orElse(superior ? new JoinGraph.Edge(table, table, List.of(column), List.of(table.key()), 1.6, true, false) : null);
    }

    /** <i>Who earn more than their manager</i>: compared with the same amount of the row that is referred to. */
    private void comparedReferred(String operator, Measure measure, ColumnNode reference, int k) {
        Condition condition = new Condition(Condition.Kind.SUBQUERY, measure, operator);
        condition.right = measure;
        condition.through = self(reference, measure.table());
        add(condition);
        boolean named = at(k + 1).kind() == Kind.POSSESSIVE && at(k + 2).kind() == Kind.COLUMN && at(k + 2).column() == measure.column();
        i = named ? k + 3 : k + 1;
    }

    /** <i>In the same department as Clara</i>: the value is that of the named row. */
    void same() {
        Link what = at(i + 1);
        int k = i + 2;
        if (!what.is(Kind.COLUMN, Kind.TABLE) || !"as".equals(wordAt(k))) {
            return;
        }
        k++;
        while (at(k).is(Kind.TABLE, Kind.PREPOSITION) || at(k).kind() == Kind.WORD && Words.stop(at(k).text())) {
            k++;
        }
        ColumnNode column = what.kind() == Kind.COLUMN ? what.column() : null;
        if (at(k).kind() == Kind.VALUE && column == null) {
            column = graph.of(at(k).table()).stream().filter(edge -> edge.to() == what.table() && edge.manyToOne() && edge.left().size() == 1)
                    .map(edge -> edge.left().get(0)).findFirst().orElse(what.table().key());
        }
        if (at(k).kind() != Kind.VALUE || column == null) {
            return;
        }
        Condition condition = new Condition(Condition.Kind.SUBQUERY, Measure.of(column), "=");
        condition.right = Measure.of(column);
        Condition row = new Condition(Condition.Kind.COMPARE, Measure.of(at(k).column()), "=").value(at(k).text());
        condition.inner.add(row);
        if (at(k + 1).kind() == Kind.VALUE && at(k + 1).table() == at(k).table()) {
            k++;
            row.companions.add(new Condition(Condition.Kind.COMPARE, Measure.of(at(k).column()), "=").value(at(k).text()));
        }
        mode = Mode.WHERE;
        add(condition);
        left = null;
        i = k + 1;
    }

    /** <i>Smaller than the revenue of all companies in Austin</i>; a column is never compared with itself in the same row. */
    private void sameColumn(String operator, Measure measure, int k) {
        boolean of = at(k + 1).kind() == Kind.PREPOSITION && "OF".equals(at(k + 1).text()) || at(k + 1).is(Kind.EACH, Kind.POSSESSIVE);
        if (!of) {
            frame.penalty += 0.8;
            i = k + 1;
            return;
        }
        int m = k + 2;
        while (at(m).is(Kind.TABLE, Kind.EACH) || at(m).kind() == Kind.WORD && !Words.stop(at(m).text())) {
            m++;
        }
        quantified(operator, measure, k);
        i = m;
    }

    void comparedPrefix(String operator, int k) {
        ColumnNode column = at(k).column();
        for (int m = k + 1; m <= k + 4; m++) {
            if (at(m).kind() == Kind.NUMBER) {
                compare(Measure.of(column), operator, at(m).text());
                i = m + 1;
                return;
            }
            if (at(m).kind() == Kind.AGGREGATE) {
                comparedAggregate(operator, Measure.of(column), at(m), m, null);
                return;
            }
            if (at(m).kind() == Kind.COLUMN && at(m).column() != column) {
                Condition condition = new Condition(Condition.Kind.COMPARE, Measure.of(column), operator);
                condition.right = Measure.of(at(m).column());
                add(condition);
                i = m + 1;
                return;
            }
        }
        frame.penalty += 0.4;
    }

    void comparedNumber(Link unit, String operator, Measure measure, Link right, int k) {
        String value = right.text();
        int m = k + 1;
        if (at(m).kind() == Kind.NUMBER && at(m).text().length() > 3 && at(m).text().endsWith("000") && Character.isLetter(tokens.get(at(m).start()).lower().charAt(0))) {
            value = new java.math.BigDecimal(value).multiply(new java.math.BigDecimal(at(m).text())).stripTrailingZeros().toPlainString();
            m++;
        }
        if (at(m).kind() == Kind.OR && at(m + 1).kind() == Kind.COMPARISON
                && !at(m + 2).is(Kind.NUMBER, Kind.TEXT, Kind.AGGREGATE)) {
            m += 2;
        }
        int aged = aged(at(m - 1).end());
        if (aged >= 0 && (measure == null || measure.column() == null || measure.column().year()) && concept("old") != null) {
            compare(concept("old"), operator, value);
            i = explained(aged);
            return;
        }
        Measure years = measure == null ? bareAge(unit, value, m) : null;
        if (years != null) {
            compare(years, operator, value);
            i = m;
            return;
        }
        if (measure == null && CALENDAR.contains(tokens.get(unit.start()).lower()) && year(value) && yearColumn() != null) {
            measure = Measure.of(yearColumn());
        }
        if (at(m).kind() == Kind.WORD && MONEY.contains(at(m).text()) && (measure == null || measure.column() == null
                || !measure.column().stems.stream().anyMatch(PRICED::contains)) && concept("expensive") != null) {
            measure = concept("expensive");
            m++;
        } else if (measure == null && Set.of("percent", "%").contains(at(m).kind() == Kind.WORD ? at(m).text() : wordAt(m)) && percentage() != null) {
            measure = Measure.of(percentage());
            m++;
        }
        boolean moment = measure != null && measure.column() != null && measure.column().temporal() && !measure.column().year() && !year(value);
        if (moment && (at(m).kind() == Kind.TABLE || at(m).kind() == Kind.WORD && ROWS.contains(at(m).text())
                || ROWS.contains(tokens.get(right.start()).lower()))) {
            measure = null;
        }
        int n = m;
        while (at(n).kind() == Kind.DISTINCT || at(n).kind() == Kind.WORD && !at(n).text().equals("")) {
            if (n - m > 1) {
                break;
            }
            n++;
        }
        Link after = at(n);
        if (measure == null && (at(m).kind() == Kind.WORD && ROWS.contains(at(m).text()) || ROWS.contains(tokens.get(right.start()).lower()))) {
            having(null, operator, value);
            i = m + 1;
            return;
        }
        if (measure == null && after.kind() == Kind.TABLE && at(n + 1).kind() != Kind.POSSESSIVE && !year(value)) {
            having(after.table(), operator, value);
            i = n + 1;
            return;
        }
        if (measure == null && n == m && counts(n) && at(n).kind() == Kind.VALUE && !year(value)) {
            having(null, operator, value);
            i = n;
            return;
        }
        if (measure == null && after.kind() == Kind.COLUMN) {
            quantity(after.column(), operator, value);
            i = n + 1;
            return;
        }
        if (measure == null && !frame.targets.isEmpty()) {
            Frame.Target target = frame.targets.get(frame.targets.size() - 1);
            if (target.measure() != null && (target.measure().aggregate() && count || target.measure().column() != null && target.measure().column() == lastColumn
                    && lastColumn.numeric() && !lastColumn.identifier)) {
                measure = target.measure();
            }
        }
        ColumnNode amount = lastTable == null ? null : onlyAmount(lastTable);
        boolean amounts = amount != null && !amount.year() && PLACES.contains(tokens.get(unit.start()).lower());
        if (measure == null && year(value) && !value.contains(".") && !amounts) {
            ColumnNode column = yearColumn();
            measure = column == null ? null : Measure.of(column);
        }
        if (measure == null && amount != null) {
            measure = Measure.of(amount);
            frame.penalty += 0.2;
        }
        if (measure == null) {
            frame.penalty += 0.8;
            i = m;
            return;
        }
        compare(measure, operator, value);
        i = at(m).kind() == Kind.COLUMN && at(m).column() == measure.column() ? m + 1 : m;
    }

    private static ColumnNode onlyAmount(TableNode table) {
        List<ColumnNode> amounts = table.columns.stream().filter(ColumnNode::measure).toList();
        return amounts.size() == 1 ? amounts.get(0) : null;
    }

    /** <i>Students under 20</i>: so many years, where the rows have an age and nothing else is said to be counted. */
    private Measure bareAge(Link unit, String value, int m) {
        boolean bare = Set.of("under", "over", "above", "below").contains(tokens.get(unit.start()).lower()) && value.length() <= 3
                && at(m).is(Kind.STOP, Kind.AND, Kind.OR, Kind.COMMA, Kind.CLAUSE);
        int k = i - 1;
        while (at(k).is(Kind.BE, Kind.CLAUSE)) {
            k--;
        }
        return !bare || at(k).kind() != Kind.TABLE ? null : at(k).table().columns.stream()
                .filter(column -> column.core.equals(List.of("age")) && column.measure()).findFirst().map(Measure::of).orElse(null);
    }

    private ColumnNode percentage() {
        for (TableNode table : nearTables()) {
            for (ColumnNode column : table.columns) {
                if (column.measure() && (column.stems.contains("percentage") || column.stems.contains("percent"))) {
                    return column;
                }
            }
        }
        return null;
    }

    /** Compared with an aggregate over all rows, or over those of the same group; the group is null where it is not named yet. */
    void comparedAggregate(String operator, Measure measure, Link right, int k, OwnGroup named) {
        Function function = right.kind() == Kind.AGGREGATE ? Function.valueOf(right.text())
                : "DESC".equals(right.text()) && !DOWNWARD.contains(right.word()) ? Function.MAX : Function.MIN;
        int m = k + 1;
        ColumnNode column = null;
        while (at(m).is(Kind.PREPOSITION, Kind.WORD, Kind.TABLE, Kind.EACH, Kind.BE, Kind.COUNT) && m < k + 6) {
            if (at(m).kind() == Kind.WORD && !Set.of("the", "a", "all", "value", "of", "any", "that", "amount").contains(at(m).text())) {
                break;
            }
            m++;
        }
        if (at(m).kind() == Kind.COLUMN) {
            column = at(m).column();
            m++;
        } else {
            m = k + 1;
        }
        while (at(m).is(Kind.PREPOSITION) && at(m + 1).kind() == Kind.TABLE || at(m).kind() == Kind.TABLE) {
            frame.mentioned.add(at(m).kind() == Kind.TABLE ? at(m).table() : at(m + 1).table());
            m++;
        }
        if (measure == null && column != null) {
            measure = Measure.of(column);
        }
        if (measure == null && lastColumn != null && lastColumn.measure()) {
            measure = Measure.of(lastColumn);
        }
        if (measure == null || measure.column() == null) {
            frame.penalty += 0.8;
            i = m;
            return;
        }
        Condition condition = new Condition(Condition.Kind.SUBQUERY, measure, operator);
        condition.right = Measure.of(function, column != null ? column : measure.column());
        add(condition);
        ColumnNode averaged = condition.right.column();
        if (function == Function.AVG && (averaged.type.temporal() || averaged.identifier || averaged.foreign || averaged == averaged.table.key())) {
            frame.unresolved.add(right);
        }
        OwnGroup group = named != null ? named : OwnGroup.behind(this, m, measure.column().table);
        if (group != null) {
            condition.within = group.column();
            if (group.column() == null) {
                frame.unresolved.add(group.noun());
            }
            i = Math.max(m, group.next());
            return;
        }
        i = m;
        int k2 = m;
        while (at(k2).is(Kind.PREPOSITION, Kind.WORD, Kind.TABLE, Kind.EACH) && k2 < m + 3) {
            k2++;
        }
        boolean narrowed = right.kind() == Kind.SUPERLATIVE && at(m - 1).kind() == Kind.TABLE
                && at(m).kind() == Kind.CLAUSE && !at(m + 1).is(Kind.AND, Kind.COMMA, Kind.STOP);
        if (at(k2).kind() == Kind.VALUE && k2 > m || narrowed) {
            scope = condition;
        }
    }
}
