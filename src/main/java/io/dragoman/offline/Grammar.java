package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.List;
import java.util.Set;

/**
 * Composes a reading into a frame, from left to right: what is shown, under which conditions, grouped and ordered how.
 * A clause word (<i>whose, with, that …</i>) turns from what is shown to conditions, an imperative turns back.
 */
final class Grammar extends Settlement {

    /** From this score on, a single word is what a column is called, not only related to it. */
    private static final double NAMED = 0.7;

    /** What is counted in a single number, though the column be called in the singular. */
    private static final Set<String> UNITS = Set.of("credit", "goal", "win", "loss", "draw", "star", "seat", "vote", "medal", "unit", "mile", "run", "bonus",
            "match", "game", "bed", "room", "floor", "follower", "like", "view", "click", "share");

    private Grammar(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    static Frame compose(List<Token> tokens, Reading reading, Lexicon lexicon, List<TimePhrase> times) {
        Grammar grammar = new Grammar(tokens, reading.units(), lexicon, times);
        grammar.run();
        return grammar.frame;
    }

    void run() {
        while (i < units.size()) {
            Link unit = units.get(i);
            int before = i;
            step(unit);
            if (i == before) {
                i++;
            }
        }
        finish();
    }

    void step(Link unit) {
        switch (unit.kind()) {
            case ASK, CLAUSE -> opener(unit);
            case STOP -> {
                mode = Mode.SELECT;
                scope = null;
                newSentence = true;
                connector = null;
                left = null;
            }
            case COMMA -> comma();
            case AND, OR -> {
                connector = unit.kind();
                if (connector == Kind.OR && mode == Mode.SELECT && !frame.conditions.isEmpty() && !frame.targets.isEmpty()) {
                    mode = Mode.WHERE;
                }
                if (mode == Mode.GROUP && !mention(i + 1)) {
                    mode = modeBeforeGroup;
                }
            }
            case BOTH -> both = true;
            case HAVE -> {
                if (mode == Mode.SELECT && (!frame.targets.isEmpty() || frame.subject != null)) {
                    mode = Mode.WHERE;
                }
            }
            case COUNT -> {
                if (at(i - 1).kind() == Kind.COLUMN && at(i - 1).end() == unit.start() && tokens.get(unit.start()).is("number") && !frame.targets.isEmpty()) {
                    return;
                }
                if (at(i + 1).kind() == Kind.WORD && !Words.stop(at(i + 1).text()) && !mention(i + 2)) {
                    frame.penalty += 0.3;
                }
                if (at(i + 1).kind() == Kind.WORD && at(i + 1).text().startsWith("time")) {
                    i++;
                    measure(Measure.count(null, false));
                    return;
                }
                count = true;
                totalled = "total".equals(tokens.get(unit.start()).lower());
                distinct |= "DISTINCT".equals(unit.text());
            }
            case AGGREGATE -> aggregate(unit);
            case DISTINCT -> distinct = true;
            case EVERYTHING -> everything();
            case NOT -> not = true;
            case EACH -> {
                if (mode != Mode.GROUP) {
                    modeBeforeGroup = mode == Mode.ORDER ? Mode.SELECT : mode;
                }
                mode = Mode.GROUP;
            }
            case SORT -> {
                if (frame.targets.isEmpty() && i == 0 && !"by".equals(wordAt(i))) {
                    sortsBy = true;
                    return;
                }
                mode = Mode.ORDER;
                left = null;
            }
            case DIRECTION -> direction(unit);
            case SUPERLATIVE -> superlative(unit);
            case COMPARISON -> comparison(unit);
            case BETWEEN -> between();
            case LIKE -> like(unit);
            case NULL -> isNull();
            case TABLE -> table(unit);
            case COLUMN -> column(unit);
            case VALUE -> value(unit);
            case TIME -> time(unit);
            case DIRECTIVE -> directive(unit);
            case NUMBER -> number(unit);
            case TEXT -> text(unit);
            case TOP -> {
                int noun = at(i + 1).kind() == Kind.WORD && "ever".equals(at(i + 1).text()) ? i + 2 : i + 1;
                if (at(noun).kind() == Kind.TABLE && !plural(at(noun)) && at(noun + 1).kind() != Kind.COLUMN && frame.orders.isEmpty()
                        && Concepts.resolve("early", at(noun).table()) != null) {
                    frame.orders.add(new Frame.Order(Measure.of(Concepts.resolve("early", at(noun).table()).column()), false));
                    frame.limit = 1;
                } else if (at(i + 1).kind() == Kind.NUMBER) {
                    frame.limit = integer(at(i + 1).text());
                    i += 2;
                } else if (at(i + 1).kind() == Kind.STOP && lastColumn != null && lastColumn.temporal() && frame.orders.isEmpty()) {
                    earliest(lastColumn);
                }
            }
            case PREPOSITION -> {
                if (topBy != null && by(i)) {
                    mode = Mode.ORDER;
                    direction = topBy;
                    topBy = null;
                    ranked = true;
                } else if (sortsBy && "by".equals(tokens.get(unit.start()).lower())) {
                    mode = Mode.ORDER;
                    sortsBy = false;
                } else if (by(i) && mode == Mode.SELECT && measuresOnly() && mention(i + 1)
                        && !(at(i + 1).kind() == Kind.COLUMN && at(i + 1).column().measure()) && !passive()) {
                    modeBeforeGroup = mode;
                    mode = Mode.GROUP;
                    sums();
                }
            }
            case WORD -> {
                if ("same".equals(unit.text())) {
                    same();
                } else if (mode == Mode.ORDER && frame.orders.isEmpty() && Concepts.measures(unit.text())) {
                    Measure spent = measured(unit.text());
                    if (spent != null) {
                        measure(spent);
                    }
                } else if (!aggregates.isEmpty() && !count && Concepts.measures(unit.text()) && !mention(i + 1)) {
                    summed(unit);
                } else if (!Concepts.ends(unit.text()).isEmpty()) {
                    unfinished(Concepts.ends(unit.text()));
                }
            }
            default -> {
            }
        }
    }

    /** <i>The money requested by entrepreneurs</i> says who did so, not how to group. */
    private boolean passive() {
        String verb = i > 0 ? tokens.get(units.get(i).start() - 1).lower() : "";
        boolean participle = verb.endsWith("ed") || PARTICIPLES.contains(verb);
        return participle && at(i + 1).kind() == Kind.TABLE && plural(at(i + 1));
    }

    /** <i>Who registered first?</i> asks for a row, not for its date. */
    void earliest(ColumnNode column) {
        frame.targets.removeIf(target -> target.measure() != null && target.measure().column() == column);
        if (frame.targets.isEmpty()) {
            frame.targets.add(new Frame.Target(null, column.table, false));
            subject(column.table);
        }
        frame.orders.add(new Frame.Order(Measure.of(column), false));
        frame.limit = 1;
    }

    void aggregate(Link unit) {
        boolean average = "on".equals(tokens.get(unit.start()).lower());
        boolean trailing = average || "in".equals(tokens.get(unit.start()).lower()) || "altogether".equals(wordAt(i));
        if (trailing && !frame.targets.isEmpty() && !mention(i + 1)) {
            trailing(average ? Function.AVG : Function.SUM);
            return;
        }
        aggregates.add(Function.valueOf(unit.text()));
    }

    /** <i>Their total spend</i>: the amount that the word speaks of, where the schema has one such amount of the rows that are meant. */
    private void summed(Link unit) {
        Measure spoken = measured(unit.text());
        if (spoken != null && spoken.column() != null) {
            List<Function> functions = List.copyOf(aggregates);
            clearPending();
            frame.explained.add(unit);
            functions.forEach(function -> measure(Measure.of(function, spoken.column())));
        }
    }

    /** <i>Still open</i> is what has no date of its end. */
    private void unfinished(List<String> ends) {
        TableNode table = at(i + 1).kind() == Kind.TABLE ? at(i + 1).table() : lastTable != null ? lastTable : frame.subject;
        if (table == null || at(i + 1).kind() != Kind.TABLE && mode != Mode.WHERE) {
            return;
        }
        List<ColumnNode> found = table.columns.stream().filter(column -> column.temporal() && column.stems.stream().anyMatch(ends::contains)).toList();
        if (found.size() == 1) {
            frame.explained.add(at(i));
            add(new Condition(Condition.Kind.NULL, Measure.of(found.get(0)), null));
        }
    }

    /** <i>Who take more than 5 days on average</i>, <i>how old are they in total</i>: the number said before is aggregated. */
    private void trailing(Function function) {
        Condition compared = frame.conditions.isEmpty() ? null : frame.conditions.get(frame.conditions.size() - 1);
        if (mode == Mode.WHERE && compared != null && compared.kind == Condition.Kind.COMPARE && compared.right == null
                && compared.left.function() == null && compared.column() != null && compared.column().measure()
                && !"=".equals(compared.operator)) {
            Condition having = new Condition(Condition.Kind.COMPARE, Measure.of(function, compared.column()), compared.operator);
            having.values.addAll(compared.values);
            having.negated = compared.negated;
            frame.conditions.set(frame.conditions.size() - 1, having);
            return;
        }
        Measure last = frame.targets.get(frame.targets.size() - 1).measure();
        if (last != null && last.function() == Function.COUNT && function == Function.AVG) {
            frame.averagedCounts = true;
            return;
        }
        if (last != null && last.function() == null && last.column() != null && last.column().measure()) {
            frame.targets.set(frame.targets.size() - 1, new Frame.Target(Measure.of(function, last.column()), null, false));
        }
    }

    void comma() {
        scope = null;
        connector = Kind.COMMA;
        left = null;
        if (mode == Mode.GROUP) {
            mode = Mode.SELECT;
        }
    }

    void opener(Link unit) {
        boolean sentenceStart = i == 0 || i == 1 && at(0).kind() == Kind.PREPOSITION || at(i - 1).kind() == Kind.STOP || i > 0 && at(i - 1).kind() == Kind.COMMA && frame.targets.isEmpty();
        String word = tokens.get(unit.start()).lower();
        boolean asks = sentenceStart || unit.kind() == Kind.ASK && !Set.of("which", "who", "what", "name", "state").contains(word);
        if (sentenceStart && Set.of("when", "where").contains(word)) {
            asked = word;
        }
        if (asks && !(sentenceStart && Set.of("with", "having", "if").contains(word))) {
            mode = Mode.SELECT;
            left = null;
            return;
        }
        if (unit.kind() == Kind.CLAUSE || Set.of("which", "who").contains(word)) {
            if (mode == Mode.GROUP && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()) {
                return;
            }
            mode = Mode.WHERE;
            left = null;
        }
    }

    void table(Link unit) {
        TableNode table = unit.table();
        frame.mentioned.add(table);
        if (unit.score() < 0.6) {
            frame.faint.add(table);
        } else {
            frame.faint.remove(table);
        }
        lastTable = table;
        if (distinct && !count && mode == Mode.SELECT) {
            frame.distinct = true;
            distinct = false;
        }
        Link next = at(i + 1);
        boolean participle = count && next.kind() == Kind.COLUMN && wordAt(i + 1).endsWith("ed");
        boolean owner = next.kind() == Kind.POSSESSIVE || !participle && next.kind() == Kind.COLUMN && next.table() == table && next.text() == null
                && next.start() == unit.end();
        if (owner) {
            subject(table);
            return;
        }
        if (mode == Mode.GROUP) {
            frame.groupTables.add(table);
            leaveGroup();
            return;
        }
        if (count && next.kind() == Kind.COLUMN && next.start() == unit.end() && next.column().measure() && next.table() != table
                && next.score() >= NAMED) {
            frame.mentioned.remove(table);
            return;
        }
        if (count && distinct && table.stems.size() > 1) {
            for (ColumnNode column : table.columns) {
                if (column.stems.equals(table.stems) && column.text()) {
                    clearPending();
                    measure(new Measure(Function.COUNT, table, column, true));
                    return;
                }
            }
        }
        if (count || aggregates.contains(Function.SUM)) {
            frame.averagedCounts |= count && aggregates.contains(Function.AVG);
            Measure measure = Measure.count(table, distinct);
            clearPending();
            measure(measure);
            return;
        }
        ColumnNode only = aggregates.isEmpty() || mode != Mode.SELECT || next.is(Kind.COLUMN, Kind.TABLE) ? null : onlyMeasure(table);
        if (only != null) {
            List<Function> functions = List.copyOf(aggregates);
            clearPending();
            functions.forEach(function -> measure(Measure.of(function, only)));
            return;
        }
        if (mode == Mode.ORDER) {
            return;
        }
        if (mode == Mode.SELECT) {
            boolean listed = connector == Kind.COMMA || connector == Kind.AND;
            boolean of = previousIs(Kind.PREPOSITION);
            if (!not && (frame.targets.isEmpty() || listed && !of)) {
                frame.distinct |= distinct;
                distinct = false;
                frame.targets.add(new Frame.Target(null, table, false));
                subject(table);
                connector = null;
                return;
            }
            if (frame.targets.isEmpty()) {
                subject(table);
            }
            if (of && !not && frame.conditions.isEmpty() && table != frame.subject) {
                frame.kinds.add(table);
            }
            if (!of) {
                mode = Mode.WHERE;
            }
        }
        relation(table);
    }

    /** <i>How many sections</i>, where a row's {@code section} is one of them: these are numbered, not an amount that is kept. */
    private boolean numbered(Link unit) {
        ColumnNode column = unit.column();
        List<String> name = Names.words(column.name());
        String last = name.get(name.size() - 1);
        return column.measure() && plural(unit) && unit.text() == null && last.equals(Words.stem(last)) && wordAt(i).startsWith(last)
                && !column.amount() && !UNITS.contains(last);
    }

    /** <i>The names of the states</i>, where a state is nothing but a column of the rows that have names. */
    private boolean kind(Link noun, Link of) {
        ColumnNode column = noun.column();
        return "OF".equals(of.text()) && !column.identifier && !column.table.display().contains(column)
                && column.core.contains(tokens.get(noun.end() - 1).stem());
    }

    /** <i>Publishers whose name starts with M</i>, where a publisher is nothing but a name in a column. */
    private boolean calledName(Link unit) {
        Link noun = at(i - 2);
        return "whose".equals(wordAt(i - 1)) && unit.end() - unit.start() == 1 && Set.of("name", "names").contains(wordAt(i))
                && noun.kind() == Kind.COLUMN && noun.column().text() && noun.table() == unit.table() && noun.column() != unit.column()
                && !noun.column().foreign && !noun.column().identifier && !noun.column().stems.contains("name");
    }

    void column(Link unit) {
        ColumnNode column = calledName(unit) ? at(i - 2).column() : unit.column();
        lastColumn = column;
        lastTable = column.table;
        if (at(i - 1).kind() == Kind.VALUE && at(i - 1).column() == column) {
            return;
        }
        Link next = at(i + 1);
        if (unit.end() - unit.start() == 1 && next.kind() == Kind.COLUMN && next.start() == unit.end() && next.table() == unit.table() && next.text() == null
                && next.column() != column && unit.text() == null) {
            return;
        }
        if (Set.of("name", "names").contains(wordAt(i)) && next.kind() == Kind.PREPOSITION) {
            int k = i + 2;
            while (at(k).is(Kind.DISTINCT, Kind.WORD)) {
                k++;
            }
            boolean own = column.core.equals(List.of("name"));
            if (at(k).kind() == Kind.COLUMN && at(k).column().text() && at(k).column() != column
                    && (!own || !at(k).column().foreign && (at(k).table() != column.table || kind(at(k), next)))) {
                return;
            }
        }
        if (mode == Mode.GROUP) {
            frame.groupColumns.add(column);
            frame.eachColumns.add(column);
            leaveGroup();
            return;
        }
        if (count && !aggregates.isEmpty() && column.measure()) {
            count = false;
        }
        if (count) {
            boolean several = numbered(unit);
            boolean d = distinct || several;
            boolean kept = column.measure() && !column.year() && !d;
            frame.averagedCounts |= !kept && aggregates.contains(Function.AVG);
            clearPending();
            boolean sums = frame.targets.stream().anyMatch(target -> target.measure() != null && target.measure().aggregate());
            measure(!kept ? new Measure(Function.COUNT, column.table, column, d || column.text())
                    : sums || totalled && !column.stems.contains("total") ? Measure.of(Function.SUM, column) : Measure.of(column));
            totalled = false;
            return;
        }
        boolean shared = aggregates.isEmpty() && !lastFunctions.isEmpty() && connector != null && column.measure() && !column.year()
                && mode == Mode.SELECT && !Set.of("the", "a").contains(wordAt(i - 1))
                && frame.targets.stream().allMatch(target -> target.measure() != null && target.measure().aggregate());
        if (shared) {
            aggregates.addAll(lastFunctions);
        }
        if ("amount".equals(unit.text())) {
            measure(Measure.of(Function.SUM, column));
            return;
        }
        if (!aggregates.isEmpty()) {
            List<Function> functions = List.copyOf(aggregates);
            lastFunctions = functions;
            clearPending();
            functions.forEach(function -> measure(Measure.of(function, column)));
            return;
        }
        measure(Measure.of(column));
    }
}
