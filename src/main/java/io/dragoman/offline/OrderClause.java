package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Order and superlatives: <i>sorted by</i>, <i>the oldest</i>, <i>with the most orders</i>, <i>the most common</i>.
 */
abstract class OrderClause extends ComparisonClause {

    /** Adjectives that any amount can be said to be. */
    private static final Set<String> DEGREES = Set.of("high", "low", "large", "small", "big", "great", "good", "bad");

    /** Superlatives of how many, which no date can be. */
    private static final Set<String> MANY = Set.of("most", "least", "fewest");

    OrderClause(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    void direction(Link unit) {
        boolean descending = "DESC".equals(unit.text());
        if (unit.word() != null) {
            Measure measure = concept(unit.word());
            if (measure == null) {
                frame.penalty += 0.6;
            } else {
                frame.orders.removeIf(order -> order.measure().equals(measure));
                frame.orders.add(new Frame.Order(measure, conceptDescending == descending));
            }
            return;
        }
        Link by = at(i - 1);
        int before = i - 2;
        while (at(before).kind() == Kind.WORD && Words.stop(at(before).text()) || at(before).kind() == Kind.TABLE && at(before).table() == by.table()) {
            before--;
        }
        if (mode == Mode.SELECT && frame.orders.isEmpty() && by.kind() == Kind.COLUMN && "by".equals(wordAt(before)) && frame.groupColumns.isEmpty()) {
            frame.targets.removeIf(target -> frame.targets.size() > 1 && target.measure() != null && target.measure().column() == by.column());
            frame.orders.add(new Frame.Order(Measure.of(by.column()), descending));
            mode = Mode.ORDER;
            return;
        }
        if (mode == Mode.ORDER && !frame.orders.isEmpty() && !"of".equals(wordAt(i))) {
            Frame.Order last = frame.orders.remove(frame.orders.size() - 1);
            frame.orders.add(new Frame.Order(last.measure(), descending));
        } else {
            direction = descending;
        }
        mode = Mode.ORDER;
    }

    /**
     * A superlative orders what is shown, unless it belongs to another noun: <i>the songs of the oldest singer</i>,
     * <i>the staff of the project with the most hours</i>. Then it picks that noun's row, and what is shown is related to it.
     */
    void superlative(Link unit) {
        TableNode owner = owner();
        ColumnNode kind = owner == null ? ownerColumn() : null;
        int orders = frame.orders.size();
        Integer limit = frame.limit;
        boolean before = frame.superlative;
        boolean sorts = mode == Mode.ORDER && orders == 0 && limit == null && unit.word() != null && !unit.word().isEmpty()
                && at(i + 1).kind() != Kind.NUMBER;
        frame.superlative = true;
        order(unit);
        if (sorts && frame.orders.size() == 1) {
            frame.limit = null;
            frame.superlative = before;
            return;
        }
        if (owner == null && kind == null || frame.orders.size() != orders + 1 || frame.limit == null) {
            return;
        }
        Frame.Order order = frame.orders.get(orders);
        boolean counts = order.measure().function() == Function.COUNT;
        boolean related = order.measure().table() == null ? false : owner != null
                ? graph.path(List.of(owner), order.measure().table()) != null : counts && order.measure().table() == kind.table;
        if (!related || owner != null && !order.measure().aggregate() && !many(owner)) {
            return;
        }
        frame.orders.remove(orders);
        Measure key = Measure.of(owner != null ? owner.key() : kind);
        Condition condition = new Condition(Condition.Kind.SUBQUERY, key, "=");
        condition.right = key;
        condition.pick = order;
        condition.picked = frame.limit;
        frame.limit = limit;
        frame.superlative = before;
        mode = Mode.WHERE;
        add(condition);
        left = null;
    }

    /** The table that the superlative here speaks of, when it is not what is shown; null for none. */
    private TableNode owner() {
        if (frame.targets.isEmpty() || direction != null || mode == Mode.ORDER || mode == Mode.GROUP) {
            return null;
        }
        int k = i - 1;
        boolean linked = false;
        while (at(k).is(Kind.CLAUSE, Kind.HAVE, Kind.BE) || at(k).kind() == Kind.WORD && Words.stop(at(k).text())) {
            linked |= at(k).is(Kind.CLAUSE, Kind.HAVE);
            k--;
        }
        TableNode owner = linked && at(k).kind() == Kind.TABLE ? at(k).table() : null;
        boolean direct = owner == null && at(i).word() != null && !at(i).word().isEmpty() && !"common".equals(at(i).word())
                && at(i + 1).kind() == Kind.TABLE && at(k).is(Kind.PREPOSITION, Kind.WORD);
        if (direct) {
            owner = at(i + 1).table();
        }
        boolean possessed = linked && "whose".equals(wordAt(k - 1));
        return owner == null || owner.primaryKey.size() != 1 || possessed || shown(owner) ? null : owner;
    }

    /** The column that the superlative here speaks of, as in <i>the type with the most members</i>; null for none. */
    private ColumnNode ownerColumn() {
        if (frame.targets.isEmpty() || mode == Mode.ORDER || mode == Mode.GROUP) {
            return null;
        }
        int k = i - 1;
        boolean linked = false;
        while (at(k).is(Kind.CLAUSE, Kind.HAVE) || at(k).kind() == Kind.WORD && Words.stop(at(k).text())) {
            linked |= at(k).is(Kind.CLAUSE, Kind.HAVE);
            k--;
        }
        ColumnNode column = linked && at(k).kind() == Kind.COLUMN ? at(k).column() : null;
        boolean other = column != null && column.text() && frame.targets.stream().noneMatch(target -> target.measure() != null
                && target.measure().column() == column);
        return other && frame.targets.stream().anyMatch(target -> target.measure() != null) ? column : null;
    }

    /** The one amount that rows of a table have, such as the stars of a rating; null when there are more. */
    static ColumnNode onlyMeasure(TableNode table) {
        List<ColumnNode> measures = table.columns.stream().filter(column -> column.measure() && !column.year()).toList();
        return measures.size() == 1 ? measures.get(0) : null;
    }

    /** <i>The most cinemas opened in 2010</i> are many cinemas, not late openings. */
    private boolean participle(int index) {
        boolean verb = at(index).kind() == Kind.COLUMN && (wordAt(index).endsWith("ed") || wordAt(index).endsWith("ing")
                || PARTICIPLES.contains(wordAt(index)));
        return verb && (!at(index).column().measure() || at(index).column().year()
                || at(index + 1).is(Kind.PREPOSITION, Kind.TEXT, Kind.NUMBER, Kind.VALUE));
    }

    /** What a verb before <i>the most</i> or after <i>the most money</i> measures, as in <i>who earns the most</i>. */
    private Measure verbMeasure(int next) {
        String verb = null;
        for (int k = i - 1; k >= Math.max(0, i - 3) && verb == null; k--) {
            verb = at(k).kind() == Kind.WORD && Concepts.measures(at(k).text()) ? at(k).text() : null;
        }
        return verb == null ? null : measured(verb);
    }

    /** The amount that a verb speaks of: of the rows themselves, or summed over rows that belong to them. */
    Measure measured(String verb) {
        Set<TableNode> near = nearTables();
        if (near.isEmpty()) {
            units.stream().filter(unit -> unit.kind() == Kind.TABLE).forEach(unit -> near.add(unit.table()));
        }
        if (near.isEmpty() && tokens.get(0).is("who")) {
            return measuredOfPeople(verb);
        }
        Measure found = measured(verb, near);
        return found != null || !near.isEmpty() ? found : measuredAnywhere(verb);
    }

    /** <i>Who spent the most</i>: those of the people that are kept who have such an amount. */
    private Measure measuredOfPeople(String verb) {
        for (String people : Concepts.PEOPLE) {
            for (TableLexicon one : lexicon.tables()) {
                boolean called = one.phrases(people).stream().anyMatch(entry -> entry.column() == null && entry.score() >= 0.95);
                Measure found = called ? measured(verb, Set.of(one.table)) : null;
                if (found != null) {
                    if (frame.targets.isEmpty()) {
                        frame.targets.add(new Frame.Target(null, one.table, false));
                    }
                    frame.mentioned.add(one.table);
                    subject(one.table);
                    return found;
                }
            }
        }
        return measuredAnywhere(verb);
    }

    private Measure measured(String verb, Set<TableNode> near) {
        for (String attribute : Concepts.verbAttributes(verb)) {
            for (TableNode table : near) {
                ColumnNode own = Concepts.amount(attribute, table);
                if (own != null) {
                    return Measure.of(own);
                }
            }
            for (TableNode table : near) {
                List<ColumnNode> found = graph.of(table).stream().filter(edge -> !edge.manyToOne())
                        .map(edge -> Concepts.amount(attribute, edge.to())).filter(Objects::nonNull).distinct().toList();
                if (found.size() == 1) {
                    return Measure.of(Function.SUM, found.get(0));
                }
            }
        }
        return null;
    }

    /** Where no table is named: the one column that alone is called what the verb speaks of, and its rows are meant. */
    private Measure measuredAnywhere(String verb) {
        for (String attribute : Concepts.verbAttributes(verb)) {
            List<ColumnNode> found = lexicon.tables().stream().map(one -> Concepts.amount(attribute, one.table))
                    .filter(column -> column != null && column.core.size() == 1).toList();
            if (found.size() == 1) {
                TableNode table = found.get(0).table;
                if (frame.targets.isEmpty()) {
                    frame.targets.add(new Frame.Target(null, table, false));
                }
                subject(table);
                return Measure.of(found.get(0));
            }
            if (!found.isEmpty()) {
                return null;
            }
        }
        return null;
    }

    /** Whether several of what is shown can belong to one row of the owner, and more than one is asked for. */
    private boolean many(TableNode owner) {
        TableNode subject = frame.subject != null ? frame.subject : frame.targets.get(0).entity();
        List<JoinGraph.Edge> path = subject == null ? null : graph.path(List.of(owner), subject);
        boolean several = path != null && path.stream().anyMatch(edge -> !edge.manyToOne());
        return several && (frame.aggregates() || units.subList(0, i).stream().anyMatch(unit -> unit.kind() == Kind.TABLE
                && unit.table() == subject && plural(unit)));
    }

    private boolean shown(TableNode table) {
        return frame.targets.stream().anyMatch(target -> target.entity() == table
                || target.measure() != null && target.measure().table() == table && target.measure().function() != Function.COUNT);
    }

    private void order(Link unit) {
        boolean descending = "DESC".equals(unit.text());
        String adjective = unit.word();
        int k = i + 1;
        if (at(k).kind() == Kind.NUMBER) {
            frame.limit = integer(at(k).text());
            k++;
        }
        int other = k;
        while (at(other).is(Kind.AND, Kind.COMMA, Kind.OR) || other > k && at(other).kind() == Kind.WORD && Words.stop(at(other).text())) {
            other++;
        }
        if (mode == Mode.SELECT && frame.targets.isEmpty() && other > k && at(other).is(Kind.SUPERLATIVE, Kind.AGGREGATE)) {
            aggregates.add(descending != DOWNWARD.contains(adjective) ? Function.MAX : Function.MIN);
            return;
        }
        Link ranked = at(k).kind() == Kind.TABLE ? at(k + 1) : at(k);
        if (!aggregates.isEmpty() && mode == Mode.SELECT && frame.targets.isEmpty() && ranked.kind() == Kind.COLUMN && ranked.column().numeric()) {
            aggregates.add(descending != DOWNWARD.contains(adjective) ? Function.MAX : Function.MIN);
            return;
        }
        boolean counted = false;
        Function function = null;
        while (at(k).is(Kind.COUNT, Kind.PREPOSITION, Kind.DISTINCT, Kind.AGGREGATE) || at(k).kind() == Kind.WORD
                && Set.of("amount", "total", "the", "value", "of", "level", "amounts", "values").contains(at(k).text())) {
            counted |= at(k).kind() == Kind.COUNT;
            if (at(k).kind() == Kind.AGGREGATE) {
                function = Function.valueOf(at(k).text());
            }
            k++;
        }
        if (at(k).kind() == Kind.SUPERLATIVE && frame.limit != null && adjective.isEmpty()) {
            i = k;
            order(at(k));
            i = Math.max(i, k + 1);
            return;
        }
        if (frame.limit == null) {
            frame.limit = amount == null ? 1 : amount;
            frame.penalty -= amount == null ? 0 : 0.5;
            amount = null;
        }
        Link next = at(k);
        boolean plain = adjective.isEmpty();
        if (next.kind() == Kind.WORD && next.text().startsWith("time") && (plain || counted)) {
            frame.orders.add(new Frame.Order(Measure.count(null, false), descending && !DOWNWARD.contains(adjective)));
                i = k + 1;
            return;
        }
        if ("common".equals(adjective)) {
            common(descending, next, k);
            return;
        }
        if (ranksKinds(k)) {
            topBy = descending != DOWNWARD.contains(adjective);
            return;
        }
        if (kindsWithMost(next, k)) {
            return;
        }
        if (next.kind() == Kind.COLUMN && at(k + 1).kind() == Kind.COLUMN && at(k + 1).start() == next.end() && at(k + 1).table() == next.table()) {
            next = at(++k);
        }
        if (next.kind() == Kind.COLUMN && next.text() == null) {
            superlativeColumn(descending, adjective, counted, function, next.column(), k);
            return;
        }
        if (next.kind() == Kind.TABLE && (plain || counted) && !"top".equals(wordAt(i)) && !"bottom".equals(wordAt(i)) && (at(k + 1).kind() != Kind.COLUMN || participle(k + 1))) {
            ColumnNode kept = keptCount(next.table());
            if (kept != null) {
                frame.orders.add(new Frame.Order(Measure.of(kept), descending && !DOWNWARD.contains(adjective)));
                i = k + 1;
                return;
            }
            people(next.table());
            frame.orders.add(new Frame.Order(Measure.count(next.table(), false), descending && !DOWNWARD.contains(adjective)));
            frame.mentioned.add(next.table());
            lastTable = next.table();
                i = k + 1;
            return;
        }
        if (next.kind() == Kind.TABLE && at(k + 1).kind() == Kind.COLUMN && !participle(k + 1) && (plain || counted || next.table() == at(k + 1).table()) && at(k + 1).start() == next.end()) {
            superlativeColumn(descending, adjective, counted, function, at(k + 1).column(), k + 1);
            return;
        }
        Link before = at(i - 1);
        if (!plain && before.kind() == Kind.COLUMN && next.kind() != Kind.TABLE && (before.column().temporal() || before.column().measure() || before.column().year())) {
            frame.targets.removeIf(target -> frame.targets.size() > 1 && target.measure() != null && target.measure().column() == before.column());
            left = null;
            frame.orders.add(new Frame.Order(Measure.of(before.column()), descending != DOWNWARD.contains(adjective)));
            return;
        }
        if (!plain) {
            TableNode table = next.is(Kind.TABLE, Kind.VALUE) ? next.table() : null;
            Concepts.Resolved resolved = table == null ? null : Concepts.resolve(adjective, table);
            ColumnNode only = resolved == null && next.kind() == Kind.TABLE && !"amount".equals(wordAt(i + 1)) && !counted && DEGREES.contains(adjective) ? onlyMeasure(table) : null;
            Measure measure = resolved != null ? Measure.of(resolved.column()) : only != null ? Measure.of(only) : concept(adjective);
            boolean up = resolved != null ? resolved.descending() : only != null ? !DOWNWARD.contains(adjective) : conceptDescending;
            if (measure != null) {
                frame.orders.add(new Frame.Order(measure, up == descending));
                return;
            }
        }
        if (Set.of("top", "bottom", "last").contains(wordAt(i))) {
            topBy = descending;
            i = k;
            return;
        }
        Measure spent = plain ? verbMeasure(k) : null;
        if (spent != null) {
            frame.orders.add(new Frame.Order(spent, descending));
            i = Math.max(i + 1, k);
            return;
        }
        if (plain && (frame.subject != null || !frame.targets.isEmpty())) {
            frame.orders.add(new Frame.Order(Measure.count(null, false), descending));
            frame.guessedRank = next.kind() != Kind.WORD || !ROWS.contains(next.text());
            frame.penalty += 0.2;
            return;
        }
        frame.penalty += 0.6;
    }

    /** <i>The top 3 types by average price</i> groups by the type; what it is ranked by comes next. */
    private boolean ranksKinds(int k) {
        int named = at(k).kind() == Kind.TABLE && at(k + 1).kind() == Kind.COLUMN && at(k + 1).table() == at(k).table() ? k + 1 : k;
        ColumnNode column = at(named).column();
        boolean kinds = mode == Mode.SELECT && frame.targets.isEmpty() && at(named).kind() == Kind.COLUMN && at(named).text() == null
                && !column.measure() && !column.temporal() && !column.year() && by(named + 1);
        if (kinds) {
            frame.targets.add(new Frame.Target(Measure.of(column), null, false));
            if (!column.table.display().contains(column)) {
                frame.groupColumns.add(column);
            }
            subject(column.table);
            i = named + 1;
        }
        return kinds;
    }

    /** <i>The top 2 symbols with the most trades</i>: which are first is said by what follows. */
    private boolean kindsWithMost(Link next, int k) {
        int m = k + 1;
        while (at(m).is(Kind.CLAUSE, Kind.HAVE) || at(m).kind() == Kind.WORD && Words.stop(at(m).text())) {
            m++;
        }
        boolean kinds = Set.of("top", "bottom").contains(wordAt(i)) && mode == Mode.SELECT && frame.targets.isEmpty()
                && next.kind() == Kind.COLUMN && next.text() == null && next.column().text() && m > k + 1
                && at(m).kind() == Kind.SUPERLATIVE;
        if (kinds) {
            frame.targets.add(new Frame.Target(Measure.of(next.column()), null, false));
            subject(next.table());
            i = k + 1;
        }
        return kinds;
    }

    /** <i>Who placed the most orders</i>: those of the people that are kept to whom the rows belong. */
    private boolean people(TableNode rows) {
        boolean open = tokens.get(0).is("who") && frame.orders.isEmpty() && frame.conditions.isEmpty() && frame.targets.stream()
                .allMatch(target -> target.measure() != null && target.measure().column() != null && target.measure().column().type.temporal());
        for (String people : open ? Concepts.PEOPLE : List.<String>of()) {
            for (TableLexicon one : lexicon.tables()) {
                boolean called = one.phrases(people).stream().anyMatch(entry -> entry.column() == null && entry.score() >= 0.95);
                List<JoinGraph.Edge> path = called && one.table != rows ? graph.path(List.of(one.table), rows) : null;
                if (path != null && path.stream().anyMatch(edge -> !edge.manyToOne())) {
                    frame.targets.clear();
                    frame.targets.add(new Frame.Target(null, one.table, false));
                    frame.mentioned.add(one.table);
                    frame.subject = one.table;
                    return true;
                }
            }
        }
        return false;
    }

    void superlativeColumn(boolean descending, String adjective, boolean counted, Function said, ColumnNode column, int k) {
        boolean totals = people(column.table) && column.measure() && tokens.stream().anyMatch(token -> token.is("total"));
        Function function = said == null && totals ? Function.SUM : said;
        lastColumn = column;
        lastTable = column.table;
        boolean down = DOWNWARD.contains(adjective);
        for (Concepts.Attribute attribute : Concepts.attributes(adjective)) {
            if (column.stems.contains(attribute.word())) {
                down = !attribute.descending();
                break;
            }
        }
        boolean desc = descending != down;
        boolean many = adjective.isEmpty() && column.temporal() && !column.year() && MANY.contains(wordAt(i));
        i = k + 1;
        if (function != null) {
            frame.orders.add(new Frame.Order(Measure.of(function, column), desc));
            } else if (adjective.isEmpty() && column.measure() && !column.year() && ofMany(column)) {
            frame.orders.add(new Frame.Order(Measure.of(Function.SUM, column), desc));
        } else if (many) {
            frame.orders.add(new Frame.Order(Measure.count(column.table, false), desc));
        } else if (column.measure() || column.temporal() || column.year() || !adjective.isEmpty() && !counted && column.numeric()) {
            boolean listed = connector != null && !frame.targets.isEmpty() && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()
                    && frame.targets.stream().allMatch(target -> target.measure() != null && target.measure().function() != null
                    && target.measure().function() != Function.COUNT);
            frame.penalty += !adjective.isEmpty() && !counted && !column.measure() && !column.temporal() && !column.year() ? 0.5 : 0;
            boolean asked = mode == Mode.SELECT && (frame.targets.isEmpty() || listed) && frame.limit == 1;
            if (asked) {
                frame.targets.add(new Frame.Target(Measure.of(desc ? Function.MAX : Function.MIN, column), null, false));
                frame.limit = null;
            } else {
                frame.orders.add(new Frame.Order(Measure.of(column), desc));
            }
        } else {
            frame.orders.add(new Frame.Order(new Measure(Function.COUNT, column.table, counted ? column : null, false), desc));
            }
    }

    void common(boolean descending, Link next, int k) {
        frame.orders.add(new Frame.Order(Measure.count(null, false), descending));
        if (next.kind() == Kind.COLUMN) {
            ColumnNode column = next.column();
            lastColumn = column;
            lastTable = column.table;
            boolean other = !frame.targets.isEmpty() && !frame.aggregates()
                    && frame.targets.stream().noneMatch(target -> target.measure() != null && target.measure().column() == column);
            if (other && (mode == Mode.WHERE || connector == null)) {
                Condition condition = new Condition(Condition.Kind.SUBQUERY, Measure.of(column), "=");
                condition.right = Measure.of(column);
                condition.mostCommon = descending;
                frame.orders.remove(frame.orders.size() - 1);
                frame.limit = null;
                add(condition);
            } else if (mode == Mode.SELECT) {
                frame.targets.add(new Frame.Target(Measure.of(column), null, false));
            } else {
                frame.groupColumns.add(column);
            }
            i = k + 1;
        }
    }

    /** Whether the subject has many values of the column, so that <i>the most</i> means their sum. */
    boolean ofMany(ColumnNode column) {
        TableNode subject = frame.subject;
        if (subject == null || subject == column.table || mode == Mode.SELECT && frame.targets.isEmpty()) {
            return false;
        }
        List<JoinGraph.Edge> path = graph.path(List.of(subject), column.table);
        return path != null && path.size() == 1 && !path.get(0).manyToOne();
    }
}
