package io.dragoman.offline;

import io.dragoman.offline.Frame.TimeUse;
import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.offline.time.TimePhrase;
import java.util.List;
import java.util.Set;

/** Terms of the glossary, and time phrases with the column that each speaks of. */
abstract class TimeClause extends OrderClause {

    TimeClause(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    void directive(Link unit) {
        Defined defined = lexicon.glossary().get(unit.text());
        frame.directives.add(defined.key());
        if (defined.predicate() != null) {
            Condition condition = new Condition(Condition.Kind.DEFINED, Measure.of(defined), null);
            add(condition);
            return;
        }
        lastTable = defined.tables().get(0);
        if (defined.aggregate()) {
            ofAmount(unit);
        }
        Function function = aggregates.isEmpty() || defined.aggregate() ? null : aggregates.get(aggregates.size() - 1);
        clearPending();
        measure(function == null ? Measure.of(defined) : new Measure(function, lastTable, null, false, defined));
    }

    /** What is a sum already has no average, and <i>how much</i> before it asks for it and for no other amount. */
    private void ofAmount(Link unit) {
        if (aggregates.stream().anyMatch(function -> function != Function.SUM)) {
            frame.unresolved.add(unit);
        }
        Link before = at(i - 1);
        if (before.kind() == Kind.COLUMN && "asked".equals(before.text()) && before.end() == unit.start()) {
            frame.targets.removeIf(target -> target.measure() != null && target.measure().column() == before.column());
        }
    }

    void time(Link unit) {
        TimePhrase phrase = times.get(Integer.parseInt(unit.text()));
        ColumnNode named = left != null && left.column() != null && left.column().type.temporal() ? left.column()
                : lastColumn != null && lastColumn.type.temporal() && at(i - 1).column() == lastColumn ? lastColumn : null;
        if (named != null) {
            frame.targets.removeIf(target -> frame.targets.size() > 1 && target.measure() != null && target.measure().column() == named
                    && mode == Mode.WHERE);
        }
        ColumnNode hint = named != null ? named : ofNounBefore(phrase);
        if (phrase.meaning() instanceof TimeMeaning.EachOf each) {
            for (int k = 0; k < each.windows().size(); k++) {
                Condition condition = new Condition(Condition.Kind.TIME, null, null);
                condition.time = new TimeUse(new TimePhrase(phrase.start(), phrase.end(), phrase.text(), each.windows().get(k), phrase.certain()), hint);
                connector = null;
                add(condition);
                condition.intersect = k > 0 && scope == null;
            }
            left = null;
            return;
        }
        boolean alternative = connector == Kind.OR && !frame.conditions.isEmpty() || at(i + 1).kind() == Kind.OR;
        TableNode without = without();
        if (phrase.filters() && (alternative || scope != null || without != null || severally(phrase))) {
            Condition condition = new Condition(Condition.Kind.TIME, null, null);
            condition.time = new TimeUse(phrase, hint != null || without == null ? hint : best(phrase, without));
            add(condition);
            left = null;
            return;
        }
        pendingTimes.add(new TimeUse(phrase, hint));
        if (mode == Mode.GROUP) {
            mode = modeBeforeGroup;
        }
    }

    /** The table of which the subject has no row, where nothing but its conditions came after it; null for none. */
    private TableNode without() {
        for (int k = frame.conditions.size() - 1; k >= 0; k--) {
            Condition condition = frame.conditions.get(k);
            if (condition.kind == Condition.Kind.RELATED && condition.negated) {
                return condition.related;
            }
            if (condition.left == null || condition.left.table() == frame.subject) {
                return null;
            }
        }
        return null;
    }

    /** Whether another phrase of the question says a time that the same row cannot have. */
    private boolean severally(TimePhrase phrase) {
        return times.stream().anyMatch(phrase::excludes);
    }

    /** Finds the column that each time phrase speaks of, when all tables are known. */
    void settleTimes() {
        settle(frame.conditions);
        for (TimeUse use : pendingTimes) {
            ColumnNode column = use.column() != null ? use.column() : timeColumn(use.phrase());
            if (column == null) {
                frame.penalty += 1.2;
                frame.timeless = true;
                continue;
            }
            frame.times.add(new TimeUse(use.phrase(), column));
        }
        if (frame.times.stream().anyMatch(use -> use.phrase().groups()) && !frame.aggregates()) {
            sums();
        }
    }

    /** The time of the rows that the noun right before a phrase means, as in <i>customers with orders in May</i>; null for none. */
    private ColumnNode ofNounBefore(TimePhrase phrase) {
        int noun = i - 1;
        while (at(noun).is(Kind.BOTH, Kind.PREPOSITION)) {
            noun--;
        }
        boolean other = mode == Mode.WHERE && phrase.filters() && at(noun).kind() == Kind.TABLE && at(noun).table() != frame.subject;
        return other ? best(phrase, at(noun).table()) : null;
    }

    /** Whether the rows that are shown or counted have the time themselves, and so only one. */
    private boolean ofShown(TableNode table) {
        return frame.targets.stream().anyMatch(target -> target.entity() == table || target.measure() != null && target.measure().table() == table);
    }

    private void settle(List<Condition> conditions) {
        for (Condition condition : conditions) {
            settle(condition.inner);
            if (condition.kind == Condition.Kind.TIME) {
                ColumnNode column = condition.time.column() != null ? condition.time.column() : timeColumn(condition.time.phrase());
                frame.penalty += column == null ? 1.2 : 0;
                condition.left = column == null ? null : Measure.of(column);
                if (condition.intersect && column != null && ofShown(column.table)) {
                    condition.intersect = false;
                    condition.alternative = true;
                }
            }
        }
        conditions.removeIf(condition -> condition.kind == Condition.Kind.TIME && condition.left == null);
    }

    ColumnNode timeColumn(TimePhrase phrase) {
        Set<TableNode> tables = new java.util.LinkedHashSet<>();
        if (frame.subject != null) {
            tables.add(frame.subject);
        }
        frame.targets.stream().filter(t -> t.measure() != null && t.measure().table() != null).forEach(t -> tables.add(t.measure().table()));
        tables.addAll(nearTables());
        Set<TableNode> wider = new java.util.LinkedHashSet<>(tables);
        tables.forEach(table -> graph.of(table).forEach(edge -> wider.add(edge.to())));
        ColumnNode said = saidBefore(phrase, wider);
        if (said != null) {
            return said;
        }
        for (TableNode table : wider) {
            ColumnNode best = best(phrase, table);
            if (best != null) {
                frame.penalty += tables.contains(table) ? 0 : 0.15;
                return best;
            }
        }
        return null;
    }

    /** The one time that the verb right before a phrase speaks of, as in <i>customers who ordered in May</i>; null for none. */
    private ColumnNode saidBefore(TimePhrase phrase, Set<TableNode> tables) {
        Token verb = null;
        for (Token token : tokens) {
            verb = token.end() <= phrase.start() && token.word() && !Words.stop(token.lower()) ? token : verb;
        }
        if (verb == null || !verb.lower().endsWith("ed")) {
            return null;
        }
        String root = Words.root(verb.lower());
        List<ColumnNode> found = tables.stream().flatMap(table -> table.columns.stream()).filter(column -> column.type.temporal()
                && (column.stems.stream().anyMatch(stem -> stem.length() > 3 && Words.root(stem).equals(root))
                || column.definition.synonyms().stream().anyMatch(synonym -> synonym.equalsIgnoreCase(root) || Words.root(synonym.toLowerCase(java.util.Locale.ROOT)).equals(root))))
                .toList();
        boolean fits = found.size() == 1 && phrase.filters() && phrase.toPredicate(new Expression.Column("t", found.get(0).name(), found.get(0).type)).isPresent();
        return fits ? found.get(0) : null;
    }

    /** The column of a table that a phrase speaks of; null when it has none of time. */
    private ColumnNode best(TimePhrase phrase, TableNode table) {
        ColumnNode best = null;
        double bestScore = -1;
        for (ColumnNode column : table.columns) {
            Expression.Column probe = new Expression.Column("t", column.name(), column.type);
            boolean fits = column.type.temporal() && (phrase.filters() ? phrase.toPredicate(probe).isPresent() : phrase.toGrouping(probe).isPresent());
            if (fits) {
                double score = 1 - 0.01 * column.ordinal - (column.stems.contains("birth") ? 0.5 : 0) - (column.stems.contains("update") ? 0.2 : 0);
                for (Token token : tokens) {
                    if (token.word() && token.lower().length() > 4 && column.stems.stream().anyMatch(stem -> stem.length() > 3
                            && Words.root(stem).equals(Words.root(token.stem())))) {
                        score += 0.3;
                    }
                }
                if (score > bestScore) {
                    best = column;
                    bestScore = score;
                }
            }
        }
        return best;
    }
}
