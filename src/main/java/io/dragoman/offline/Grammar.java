package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.Frame.TimeUse;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Composes a reading into a frame, from left to right: what is shown, under which conditions, grouped and ordered how.
 * A clause word (<i>whose, with, that …</i>) turns from what is shown to conditions, an imperative turns back.
 */
final class Grammar {

    private enum Mode { SELECT, WHERE, GROUP, ORDER }

    private static final Set<String> DOWNWARD = Set.of("low", "small", "short", "cheap", "light", "poor", "slow", "young",
            "close", "bad", "cold", "early");
    private static final Set<String> NAMING = Set.of("named", "called", "titled", "name", "entitled", "labeled");
    private static final Set<String> CALENDAR = Set.of("before", "after", "since", "until", "prior", "later", "earlier");
    /** Words that count rows of whatever is meant. */
    private static final Set<String> ROWS = Set.of("times", "time", "once", "twice", "thrice", "record", "records", "entries", "rows", "instances",
            "occurrences");
    private static final Set<String> THEIR = Set.of("their", "its", "his", "her", "corresponding", "respective", "associated");

    private final List<Token> tokens;
    private final List<Link> units;
    private final JoinGraph graph;
    private final Lexicon lexicon;
    private final List<TimePhrase> times;
    private final List<TimeUse> pendingTimes = new ArrayList<>();
    private final Frame frame = new Frame();
    private Mode mode = Mode.SELECT;
    private Mode modeBeforeGroup = Mode.SELECT;
    private int i;
    private boolean count;
    private boolean distinct;
    private boolean not;
    private boolean both;
    private boolean either;
    private boolean sortsBy;
    private boolean newSentence;
    /** The word <i>when</i> or <i>where</i>, while the column that it asks for has not been found. */
    private String asked;
    private boolean groupBySubject;
    private final List<Function> aggregates = new ArrayList<>();
    private List<Function> lastFunctions = List.of();
    /** The comparison whose other side the next conditions narrow; null when they narrow the question's own rows. */
    private Condition scope;
    private Measure left;
    private Kind connector;
    private Boolean direction;
    private TableNode lastTable;
    private ColumnNode lastColumn;
    private Integer number;

    private Grammar(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        this.lexicon = lexicon;
        this.times = times;
        JoinGraph graph = lexicon.graph();
        this.graph = graph;
        this.tokens = tokens;
        this.units = units;
    }

    static Frame compose(List<Token> tokens, Reading reading, Lexicon lexicon, List<TimePhrase> times) {
        Grammar grammar = new Grammar(tokens, reading.units(), lexicon, times);
        grammar.run();
        return grammar.frame;
    }

    private void run() {
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

    private Link at(int index) {
        return index >= 0 && index < units.size() ? units.get(index) : Link.operator(-1, -1, Kind.STOP, "", null, 0);
    }

    private String wordAt(int index) {
        Link unit = at(index);
        return unit.start() < 0 ? "" : tokens.get(unit.end() - 1).lower();
    }

    private void step(Link unit) {
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
                if (mode == Mode.GROUP && !mention(i + 1)) {
                    mode = modeBeforeGroup;
                }
            }
            case BOTH -> both = true;
            case EITHER -> either = true;
            case HAVE -> {
                if (mode == Mode.SELECT && (!frame.targets.isEmpty() || frame.subject != null)) {
                    mode = Mode.WHERE;
                }
            }
            case COUNT -> {
                if (at(i + 1).kind() == Kind.WORD && !Words.stop(at(i + 1).text()) && !mention(i + 2)) {
                    frame.penalty += 0.3;
                }
                if (at(i + 1).kind() == Kind.WORD && at(i + 1).text().startsWith("time")) {
                    i++;
                    measure(Measure.count(null, false));
                    return;
                }
                count = true;
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
                if (at(i + 1).kind() == Kind.NUMBER) {
                    frame.limit = integer(at(i + 1).text());
                    i += 2;
                }
            }
            case PREPOSITION -> {
                if (sortsBy && "by".equals(tokens.get(unit.start()).lower())) {
                    mode = Mode.ORDER;
                    sortsBy = false;
                } else if ("by".equals(wordAt(i)) && mode == Mode.SELECT && measuresOnly() && mention(i + 1)
                        && !(at(i + 1).kind() == Kind.COLUMN && at(i + 1).column().measure())) {
                    modeBeforeGroup = mode;
                    mode = Mode.GROUP;
                    sums();
                }
            }
            default -> {
            }
        }
    }

    private void aggregate(Link unit) {
        boolean trailing = "in".equals(tokens.get(unit.start()).lower()) || "altogether".equals(wordAt(i));
        if (trailing && !frame.targets.isEmpty()) {
            Measure last = frame.targets.get(frame.targets.size() - 1).measure();
            if (last != null && last.function() == null && last.column() != null && last.column().measure()) {
                frame.targets.set(frame.targets.size() - 1, new Frame.Target(Measure.of(Function.SUM, last.column()), null, false));
            }
            return;
        }
        aggregates.add(Function.valueOf(unit.text()));
    }

    private void comma() {
        scope = null;
        connector = Kind.COMMA;
        left = null;
        if (mode == Mode.GROUP) {
            mode = Mode.SELECT;
        }
    }

    private void opener(Link unit) {
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

    private boolean mention(int index) {
        return at(index).is(Kind.TABLE, Kind.COLUMN);
    }

    private void everything() {
        frame.targets.add(new Frame.Target(null, null, true));
        connector = null;
    }

    // ---- tables

    private void table(Link unit) {
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
        if (count && next.kind() == Kind.COLUMN && next.start() == unit.end() && next.column().measure() && next.table() != table) {
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
            Measure measure = Measure.count(table, distinct);
            clearPending();
            measure(measure);
            return;
        }
        if (number != null) {
            having(table, "=", number.toString());
            number = null;
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
            if (!of) {
                mode = Mode.WHERE;
            }
        }
        relation(table);
    }

    private void relation(TableNode table) {
        if (not) {
            boolean shown = frame.targets.stream().anyMatch(target -> target.entity() == table
                    || target.measure() != null && target.measure().table() == table);
            frame.penalty += shown ? 0.8 : 0;
            Condition condition = new Condition(Condition.Kind.RELATED, null, null);
            condition.related = table;
            condition.negated = true;
            not = false;
            frame.conditions.add(condition);
            return;
        }
        subject(table);
    }

    private void subject(TableNode table) {
        if (frame.subject == null) {
            frame.subject = table;
        }
    }

    private boolean previousIs(Kind kind) {
        for (int k = i - 1; k >= 0 && k >= i - 3; k--) {
            Link unit = at(k);
            if (unit.kind() == kind) {
                return true;
            }
            if (!unit.is(Kind.WORD, Kind.DISTINCT, Kind.EACH)) {
                return false;
            }
        }
        return false;
    }

    private void leaveGroup() {
        if (!(at(i + 1).kind() == Kind.AND && mention(i + 2))) {
            mode = modeBeforeGroup;
            connector = null;
        }
    }

    // ---- columns

    private void column(Link unit) {
        ColumnNode column = unit.column();
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
        if (Set.of("name", "names").contains(wordAt(i)) && next.kind() == Kind.PREPOSITION && !column.core.equals(List.of("name"))) {
            int k = i + 2;
            while (at(k).is(Kind.DISTINCT, Kind.WORD)) {
                k++;
            }
            if (at(k).kind() == Kind.COLUMN && at(k).column().text() && at(k).column() != column) {
                return;
            }
        }
        if (mode == Mode.GROUP) {
            frame.groupColumns.add(column);
            leaveGroup();
            return;
        }
        if (number != null && column.measure()) {
            add(new Condition(Condition.Kind.COMPARE, Measure.of(column), "=").value(number.toString()));
            number = null;
            return;
        }
        if (count && !aggregates.isEmpty() && column.measure()) {
            count = false;
        }
        if (count) {
            boolean d = distinct;
            clearPending();
            boolean sums = frame.targets.stream().anyMatch(target -> target.measure() != null && target.measure().aggregate());
            measure(column.measure() && !column.year() ? sums ? Measure.of(Function.SUM, column) : Measure.of(column) : new Measure(Function.COUNT, column.table, column, d || column.text()));
            return;
        }
        boolean shared = aggregates.isEmpty() && !lastFunctions.isEmpty() && connector != null && column.measure() && !column.year()
                && mode == Mode.SELECT && !Set.of("the", "a").contains(wordAt(i - 1))
                && frame.targets.stream().allMatch(target -> target.measure() != null && target.measure().aggregate());
        if (shared) {
            aggregates.addAll(lastFunctions);
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

    /** A complete thing to show, compare or order by, by the mode and what follows. */
    private void measure(Measure measure) {
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
        boolean their = THEIR.contains(wordAt(i - 1));
        if (asked != null && measure.column() != null && measure.function() == null && mode == Mode.WHERE
                && (asked.equals("when") ? measure.column().temporal() || measure.column().year() || measure.column().measure() : measure.column().text())) {
            asked = null;
            frame.targets.removeIf(target -> target.measure() == null);
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
            if (not) {
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

    /** Whether the words say <i>name</i> where the table has first and last names. */
    private boolean namesWhole(ColumnNode column) {
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

    private boolean conditionFollows(Measure measure) {
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

    private void clearPending() {
        count = false;
        distinct = false;
        aggregates.clear();
    }

    // ---- conditions

    private void add(Condition condition) {
        condition.negated ^= not;
        not = false;
        if (scope != null) {
            scope.inner.add(condition);
            connector = null;
            return;
        }
        if (!frame.conditions.isEmpty() && both && connector == null) {
            Condition last = frame.conditions.get(frame.conditions.size() - 1);
            condition.intersect = last.column() != null && last.column() == condition.column() && "=".equals(last.operator)
                    && "=".equals(condition.operator);
        }
        if (!frame.conditions.isEmpty() && connector != null) {
            Condition last = frame.conditions.get(frame.conditions.size() - 1);
            boolean sameColumn = last.column() != null && last.column() == condition.column();
            if (connector == Kind.OR) {
                condition.alternative = !(last.negated && condition.negated);
            } else if (connector == Kind.AND && sameColumn && "=".equals(condition.operator) && "=".equals(last.operator)
                    && !last.negated && condition.kind == Condition.Kind.COMPARE) {
                boolean single = frame.subject == condition.column().table && !both;
                if (single && (count || frame.aggregates() && frame.targets.stream().allMatch(t -> t.measure() != null && t.measure().aggregate())) && frame.targets.stream().allMatch(t -> t.measure() != null)) {
                    frame.groupColumns.add(condition.column());
                }
                condition.alternative = single;
                condition.intersect = !single;
            } else if (connector == Kind.AND && sameColumn && both) {
                condition.intersect = true;
            }
            if (last.negated && sameColumn && !condition.negated && (connector == Kind.OR || connector == Kind.AND)) {
                condition.negated = true;
                condition.alternative = false;
                condition.intersect = false;
            }
        }
        if (condition.negated) {
            condition.intersect = false;
        }
        if (connector == Kind.AND && !frame.conditions.isEmpty() && contradicts(frame.conditions.get(frame.conditions.size() - 1), condition)) {
            condition.intersect = true;
        }
        connector = null;
        frame.conditions.add(condition);
        mode = mode == Mode.SELECT ? Mode.SELECT : Mode.WHERE;
    }

    /** <i>Founded before 1890 and founded after 1900</i> can only be said of two rows. */
    private static boolean contradicts(Condition a, Condition b) {
        if (a.kind != Condition.Kind.COMPARE || b.kind != Condition.Kind.COMPARE || a.column() == null || a.column() != b.column()
                || a.right != null || b.right != null || a.left.aggregate() || b.left.aggregate()) {
            return false;
        }
        boolean up = a.operator.startsWith(">") && b.operator.startsWith("<");
        boolean down = a.operator.startsWith("<") && b.operator.startsWith(">");
        if (!up && !down || !Tokenizer.numeric(a.values.get(0)) || !Tokenizer.numeric(b.values.get(0))) {
            return false;
        }
        double low = Double.parseDouble((up ? a : b).values.get(0));
        double high = Double.parseDouble((up ? b : a).values.get(0));
        return low >= high;
    }

    private void value(Link unit) {
        ColumnNode column = unit.column();
        lastTable = column.table;
        if (alternativePattern(unit)) {
            return;
        }
        Condition condition = new Condition(Condition.Kind.COMPARE, Measure.of(column), "=").value(unit.text());
        Link previous = at(i - 1);
        if (previous.kind() == Kind.VALUE && previous.end() == unit.start() && previous.table() == unit.table() && previous.column() != column
                && !frame.conditions.isEmpty() && scope == null && !not
                && frame.conditions.get(frame.conditions.size() - 1).column() == previous.column()) {
            frame.conditions.get(frame.conditions.size() - 1).companions.add(condition);
            return;
        }
        add(condition);
        if (unit.word() != null) {
            column.table.display().stream().filter(c -> c.stems.contains("last")).findFirst().ifPresent(last ->
                    condition.companions.add(new Condition(Condition.Kind.COMPARE, Measure.of(last), "=").value(unit.word())));
        }
        left = Measure.of(column);
    }

    private void text(Link unit) {
        ColumnNode column = left != null && left.column() != null ? left.column() : null;
        if (column == null && lastColumn != null && at(i - 1).column() == lastColumn) {
            column = lastColumn;
        }
        TableNode table = lastTable != null ? lastTable : frame.subject;
        if (column == null && table != null) {
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
        if ("in".equals(at(i + 1).start() < 0 ? "" : tokens.get(at(i + 1).start()).lower())) {
            for (int k = i + 2; k <= i + 4; k++) {
                if (at(k).kind() == Kind.COLUMN && at(k).column().text()) {
                    add(new Condition(Condition.Kind.LIKE, Measure.of(at(k).column()), null).value("%" + unit.text() + "%"));
                    i = k + 1;
                    return;
                }
            }
        }
        Condition condition = new Condition(Condition.Kind.COMPARE, Measure.of(column), "=").value(unit.text());
        condition.quoted = true;
        add(condition);
    }

    /** <i>Containing A or B</i> means containing either. */
    private boolean alternativePattern(Link unit) {
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

    private void number(Link unit) {
        Link next = at(i + 1);
        if (next.kind() == Kind.WORD && next.text().startsWith("year") && Set.of("old", "of").contains(at(i + 2).kind() == Kind.WORD || at(i + 2).kind() == Kind.PREPOSITION ? wordAt(i + 2) : "")) {
            Measure age = concept("old");
            if (age != null) {
                compare(age, "=", unit.text());
                i += 3;
                return;
            }
        }

        if (next.kind() == Kind.SUPERLATIVE) {
            frame.limit = integer(unit.text());
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
        frame.penalty += "one".equals(tokens.get(unit.start()).lower()) ? 0.05 : 0.5;
    }

    private static boolean year(String text) {
        return text.length() == 4 && (text.startsWith("1") || text.startsWith("20"));
    }

    private ColumnNode yearColumn() {
        List<TableNode> tables = new ArrayList<>();
        if (lastTable != null) {
            tables.add(lastTable);
        }
        tables.addAll(frame.mentioned);
        for (TableNode table : tables) {
            for (ColumnNode column : table.columns) {
                if (column.year()) {
                    return column;
                }
            }
            for (ColumnNode column : table.columns) {
                if (column.temporal()) {
                    return column;
                }
            }
        }
        return null;
    }

    private void compare(Measure measure, String operator, String value) {
        add(new Condition(Condition.Kind.COMPARE, measure, operator).value(value));
    }

    private void quantity(ColumnNode column, String operator, String value) {
        if (column.measure()) {
            compare(Measure.of(column), operator, value);
        } else {
            compare(new Measure(Function.COUNT, column.table, column, true), operator, value);
            groupBySubject = true;
        }
    }

    /** A column of the subject that keeps the count of another table's rows, such as {@code number_of_hosts}. */
    private ColumnNode keptCount(TableNode counted) {
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

    private void having(TableNode table, String operator, String value) {
        ColumnNode kept = keptCount(table);
        if (kept != null) {
            compare(Measure.of(kept), operator, value);
            return;
        }
        compare(Measure.count(table, false), operator, value);
        groupBySubject = true;
        if (table != null) {
            frame.mentioned.add(table);
            lastTable = table;
        }
    }

    private void comparison(Link unit) {
        String operator = unit.text();
        int k = i + 1;
        while (at(k).is(Kind.BE, Kind.PREPOSITION, Kind.DISTINCT) || at(k).kind() == Kind.WORD && Set.of("the", "a", "an", "$", "than", "value", "of", "that", "year", "age", "all", "any").contains(at(k).text())
                || at(k).kind() == Kind.CLAUSE && "that".equals(wordAt(k)) || at(k).kind() == Kind.EITHER) {
            k++;
        }
        Measure measure = left;
        if (measure != null && measure.column() != null && measure.column().text() && !measure.column().temporal() && at(k).kind() == Kind.NUMBER
                && at(i - 1).column() != measure.column()) {
            measure = null;
        }
        if (measure == null && unit.word() == null) {
            measure = verb();
        }
        if (measure == null && unit.word() != null) {
            measure = concept(unit.word());
            if (measure != null && operator.length() == 1) {
                boolean up = conceptDescending;
                operator = up ? operator : operator.equals(">") ? "<" : ">";
            }
        }
        if (left != null && unit.word() != null && operator.length() == 1 && DOWNWARD.contains(unit.word())) {
            operator = operator.equals(">") ? "<" : ">";
        }
        Link right = at(k);
        if (measure != null && measure.column() != null && (right.kind() == Kind.EACH || right.is(Kind.TABLE, Kind.VALUE, Kind.COLUMN)
                && Set.of("all", "any", "some", "of").contains(wordAt(k - 1)))) {
            quantified(operator, measure, k);
            return;
        }
        if (right.kind() == Kind.NUMBER) {
            comparedNumber(unit, operator, measure, right, k);
        } else if (right.kind() == Kind.AGGREGATE || right.kind() == Kind.SUPERLATIVE) {
            comparedAggregate(operator, measure, right, k);
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
        } else if (right.kind() == Kind.COLUMN) {
            if (measure != null) {
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

    private Measure verb() {
        for (int k = i - 1; k >= Math.max(0, i - 3); k--) {
            if (at(k).kind() != Kind.WORD && !at(k).is(Kind.HAVE, Kind.BE, Kind.PREPOSITION)) {
                return null;
            }
            for (TableNode table : nearTables()) {
                ColumnNode column = at(k).kind() == Kind.WORD ? Concepts.verbColumn(at(k).text(), table) : null;
                if (column != null && (column.numeric() || column.temporal())) {
                    return Measure.of(column);
                }
            }
        }
        return null;
    }

    private Set<TableNode> nearTables() {
        Set<TableNode> tables = new java.util.LinkedHashSet<>();
        if (lastTable != null) {
            tables.add(lastTable);
        }
        if (frame.subject != null) {
            tables.add(frame.subject);
        }
        tables.addAll(frame.mentioned);
        return tables;
    }

    private boolean conceptDescending;

    private Measure concept(String adjective) {
        Set<TableNode> near = nearTables();
        Set<TableNode> tables = new java.util.LinkedHashSet<>(near);
        for (TableNode table : near) {
            graph.of(table).forEach(edge -> tables.add(edge.to()));
        }
        for (TableNode table : tables) {
            Concepts.Resolved resolved = Concepts.resolve(adjective, table);
            if (resolved != null) {
                frame.penalty += near.contains(table) ? 0 : 0.15;
                conceptDescending = resolved.descending();
                return Measure.of(resolved.column());
            }
        }
        return null;
    }

    /** <i>Older than all engineers</i>: the conditions that follow belong to those compared with. */
    private void quantified(String operator, Measure measure, int k) {
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

    private void comparedPrefix(String operator, int k) {
        ColumnNode column = at(k).column();
        for (int m = k + 1; m <= k + 4; m++) {
            if (at(m).kind() == Kind.NUMBER) {
                compare(Measure.of(column), operator, at(m).text());
                i = m + 1;
                return;
            }
            if (at(m).kind() == Kind.AGGREGATE) {
                comparedAggregate(operator, Measure.of(column), at(m), m);
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

    private void comparedNumber(Link unit, String operator, Measure measure, Link right, int k) {
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
        if (measure == null && at(m).kind() == Kind.WORD && at(m).text().startsWith("year") && "old".equals(wordAt(m + 1))) {
            measure = concept("old");
            m += 2;
        }
        if (measure == null && CALENDAR.contains(tokens.get(unit.start()).lower()) && year(value) && yearColumn() != null) {
            measure = Measure.of(yearColumn());
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
        if (measure == null && (year(value) && !value.contains("."))) {
            ColumnNode column = yearColumn();
            measure = column == null ? null : Measure.of(column);
        }
        if (measure == null && lastTable != null) {
            List<ColumnNode> measures = lastTable.columns.stream().filter(ColumnNode::measure).toList();
            if (measures.size() == 1) {
                measure = Measure.of(measures.get(0));
                frame.penalty += 0.2;
            }
        }
        if (measure == null) {
            frame.penalty += 0.8;
            i = m;
            return;
        }
        compare(measure, operator, value);
        i = m;
    }

    private void comparedAggregate(String operator, Measure measure, Link right, int k) {
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
        i = m;
        int k2 = m;
        while (at(k2).is(Kind.PREPOSITION, Kind.WORD, Kind.TABLE, Kind.EACH) && k2 < m + 3) {
            k2++;
        }
        if (at(k2).kind() == Kind.VALUE && k2 > m) {
            scope = condition;
        }
    }

    private void between() {
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

    private void like(Link unit) {
        ColumnNode column = left != null ? left.column() : at(i - 1).kind() == Kind.COLUMN ? lastColumn : null;
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
    }

    private void isNull() {
        ColumnNode column = left != null ? left.column() : lastColumn;
        if (column != null) {
            add(new Condition(Condition.Kind.NULL, Measure.of(column), null));
        } else {
            frame.penalty += 0.5;
        }
    }

    // ---- order

    private void direction(Link unit) {
        boolean descending = "DESC".equals(unit.text());
        if (mode == Mode.ORDER && !frame.orders.isEmpty() && !"of".equals(wordAt(i))) {
            Frame.Order last = frame.orders.remove(frame.orders.size() - 1);
            frame.orders.add(new Frame.Order(last.measure(), descending));
        } else {
            direction = descending;
        }
        mode = Mode.ORDER;
    }

    private void superlative(Link unit) {
        boolean descending = "DESC".equals(unit.text());
        String adjective = unit.word();
        int k = i + 1;
        if (at(k).kind() == Kind.NUMBER) {
            frame.limit = integer(at(k).text());
            k++;
        }
        if (mode == Mode.SELECT && frame.targets.isEmpty() && at(k).is(Kind.AND, Kind.COMMA, Kind.OR)
                && (at(k + 1).kind() == Kind.SUPERLATIVE || at(k + 1).kind() == Kind.WORD && at(k + 2).kind() == Kind.SUPERLATIVE || at(k + 1).kind() == Kind.AGGREGATE)) {
            aggregates.add(descending != DOWNWARD.contains(adjective) ? Function.MAX : Function.MIN);
            return;
        }
        if (!aggregates.isEmpty() && mode == Mode.SELECT && frame.targets.isEmpty() && at(k).kind() == Kind.COLUMN && at(k).column().numeric()) {
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
        if (frame.limit == null) {
            frame.limit = 1;
        }
        Link next = at(k);
        boolean plain = adjective.isEmpty();
        if (next.kind() == Kind.WORD && next.text().startsWith("time") && (plain || counted)) {
            frame.orders.add(new Frame.Order(Measure.count(null, false), descending && !DOWNWARD.contains(adjective)));
            groupBySubject = true;
            i = k + 1;
            return;
        }
        if ("common".equals(adjective)) {
            common(descending, next, k);
            return;
        }
        if (next.kind() == Kind.COLUMN && at(k + 1).kind() == Kind.COLUMN && at(k + 1).start() == next.end() && at(k + 1).table() == next.table()) {
            next = at(++k);
        }
        if (next.kind() == Kind.COLUMN && next.text() == null) {
            superlativeColumn(descending, adjective, counted, function, next.column(), k);
            return;
        }
        if (next.kind() == Kind.TABLE && (plain || counted) && !"top".equals(wordAt(i)) && !"bottom".equals(wordAt(i)) && at(k + 1).kind() != Kind.COLUMN) {
            ColumnNode kept = keptCount(next.table());
            if (kept != null) {
                frame.orders.add(new Frame.Order(Measure.of(kept), descending && !DOWNWARD.contains(adjective)));
                i = k + 1;
                return;
            }
            frame.orders.add(new Frame.Order(Measure.count(next.table(), false), descending && !DOWNWARD.contains(adjective)));
            frame.mentioned.add(next.table());
            lastTable = next.table();
            groupBySubject = true;
            i = k + 1;
            return;
        }
        if (next.kind() == Kind.TABLE && at(k + 1).kind() == Kind.COLUMN && (plain || counted || next.table() == at(k + 1).table()) && at(k + 1).start() == next.end()) {
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
            TableNode table = next.kind() == Kind.TABLE ? next.table() : null;
            Concepts.Resolved resolved = table == null ? null : Concepts.resolve(adjective, table);
            Measure measure = resolved != null ? Measure.of(resolved.column()) : concept(adjective);
            boolean up = resolved != null ? resolved.descending() : conceptDescending;
            if (measure != null) {
                frame.orders.add(new Frame.Order(measure, up == descending));
                return;
            }
        }
        if (Set.of("top", "bottom", "last").contains(wordAt(i))) {
            return;
        }
        if (plain && (frame.subject != null || !frame.targets.isEmpty())) {
            frame.orders.add(new Frame.Order(Measure.count(null, false), descending));
            groupBySubject = true;
            frame.penalty += 0.2;
            return;
        }
        frame.penalty += 0.6;
    }

    private void superlativeColumn(boolean descending, String adjective, boolean counted, Function function, ColumnNode column, int k) {
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
        i = k + 1;
        if (function != null) {
            frame.orders.add(new Frame.Order(Measure.of(function, column), desc));
            groupBySubject = true;
        } else if (column.measure() || column.temporal() || column.year() || !adjective.isEmpty() && !counted && column.numeric()) {
            boolean asked = mode == Mode.SELECT && frame.targets.isEmpty() && frame.limit == 1;
            if (asked) {
                frame.targets.add(new Frame.Target(Measure.of(desc ? Function.MAX : Function.MIN, column), null, false));
                frame.limit = null;
            } else {
                frame.orders.add(new Frame.Order(Measure.of(column), desc));
            }
        } else {
            frame.orders.add(new Frame.Order(new Measure(Function.COUNT, column.table, counted ? column : null, false), desc));
            groupBySubject = true;
        }
    }

    private void common(boolean descending, Link next, int k) {
        groupBySubject = true;
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

    // ---- directives and times

    private void directive(Link unit) {
        Defined defined = lexicon.glossary().get(unit.text());
        frame.directives.add(defined.key());
        if (defined.predicate() != null) {
            Condition condition = new Condition(Condition.Kind.DEFINED, Measure.of(defined), null);
            add(condition);
            return;
        }
        lastTable = defined.tables().get(0);
        Function function = aggregates.isEmpty() || defined.aggregate() ? null : aggregates.get(aggregates.size() - 1);
        clearPending();
        measure(function == null ? Measure.of(defined) : new Measure(function, lastTable, null, false, defined));
    }

    private void time(Link unit) {
        ColumnNode hint = left != null && left.column() != null && left.column().type.temporal() ? left.column()
                : lastColumn != null && lastColumn.type.temporal() && at(i - 1).column() == lastColumn ? lastColumn : null;
        if (hint != null) {
            frame.targets.removeIf(target -> frame.targets.size() > 1 && target.measure() != null && target.measure().column() == hint
                    && mode == Mode.WHERE);
        }
        pendingTimes.add(new TimeUse(times.get(Integer.parseInt(unit.text())), hint));
        if (mode == Mode.GROUP) {
            mode = modeBeforeGroup;
        }
    }

    /** Finds the column that each time phrase speaks of, when all tables are known. */
    private void settleTimes() {
        for (TimeUse use : pendingTimes) {
            ColumnNode column = use.column() != null ? use.column() : timeColumn(use.phrase());
            if (column == null) {
                frame.penalty += 1.2;
                continue;
            }
            frame.times.add(new TimeUse(use.phrase(), column));
        }
        if (frame.times.stream().anyMatch(use -> use.phrase().groups()) && !frame.aggregates()) {
            sums();
        }
    }

    private ColumnNode timeColumn(TimePhrase phrase) {
        Set<TableNode> tables = new java.util.LinkedHashSet<>();
        if (frame.subject != null) {
            tables.add(frame.subject);
        }
        frame.targets.stream().filter(t -> t.measure() != null && t.measure().table() != null).forEach(t -> tables.add(t.measure().table()));
        tables.addAll(nearTables());
        Set<TableNode> wider = new java.util.LinkedHashSet<>(tables);
        tables.forEach(table -> graph.of(table).forEach(edge -> wider.add(edge.to())));
        for (TableNode table : wider) {
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
            if (best != null) {
                frame.penalty += tables.contains(table) ? 0 : 0.15;
                return best;
            }
        }
        return null;
    }

    /** Whether all that is shown so far are numbers, so that <i>by</i> must mean grouping. */
    private boolean measuresOnly() {
        return !frame.targets.isEmpty() && frame.targets.stream().allMatch(target -> target.measure() != null
                && (target.measure().aggregate() || target.measure().defined() != null || target.measure().column().measure() && !target.measure().column().year()));
    }

    /** Numbers that are shown by group are summed; rows are counted. */
    private void sums() {
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

    // ---- the end

    private void finish() {
        if (frame.subject == null && frame.mentioned.isEmpty() && !frame.conditions.isEmpty() && frame.conditions.get(0).left != null) {
            frame.subject = frame.conditions.get(0).left.table();
        }
        if (count && mode == Mode.ORDER) {
            frame.orders.add(new Frame.Order(Measure.count(null, false), direction != null && direction));
            direction = null;
        } else if (count) {
            frame.targets.add(new Frame.Target(Measure.count(frame.targets.isEmpty() ? frame.subject : null, distinct), null, false));
        }
        if (frame.targets.isEmpty() && !frame.groupColumns.isEmpty()) {
            frame.groupColumns.forEach(column -> frame.targets.add(new Frame.Target(Measure.of(column), null, false)));
        }
        if (frame.targets.isEmpty() && !frame.mentioned.isEmpty()) {
            frame.targets.add(new Frame.Target(null, frame.mentioned.iterator().next(), false));
            frame.penalty += 0.3;
        }
        if (frame.targets.stream().anyMatch(target -> target.everything())) {
            TableNode table = frame.subject != null ? frame.subject : frame.mentioned.isEmpty() ? null : frame.mentioned.iterator().next();
            frame.targets.removeIf(Frame.Target::everything);
            if (table != null) {
                frame.targets.add(0, new Frame.Target(null, table, true));
            }
        }
        if (direction != null && frame.orders.isEmpty() && !frame.targets.isEmpty()) {
            Frame.Target target = frame.targets.stream().filter(t -> t.measure() != null && t.measure().aggregate()).findFirst()
                    .orElse(frame.targets.get(0));
            Measure measure = target.measure();
            if (measure == null) {
                ColumnNode column = target.entity().display().stream().findFirst().orElse(target.entity().columns.get(0));
                measure = Measure.of(column);
            } else if (measure.column() != null && measure.column().identifier && alphabetical()) {
                measure = frame.targets.stream().map(Frame.Target::measure).filter(m -> m != null && m.column() != null && !m.column().identifier
                        && m.column().text()).findFirst().orElse(measure);
            }
            frame.orders.add(new Frame.Order(measure, direction));
        }
        if (not) {
            frame.penalty += 0.5;
        }
        for (Frame.Target target : frame.targets) {
            Measure measure = target.measure();
            if (measure != null && measure.function() == Function.COUNT && measure.column() != null && (frame.groupColumns.contains(measure.column())
                    || frame.targets.stream().anyMatch(t -> t.measure() != null && t.measure().function() == null && t.measure().column() == measure.column()))) {
                frame.penalty += 0.5;
            }
        }
        settleTimes();
        settleCounts();
        countsUnique();
        if (groupBySubject) {
            frame.mentioned.remove(null);
        }
    }

    /** Counting rows for each value of a key of the only table is never meant: every count would be one. */
    private void countsUnique() {
        boolean counts = frame.countsRows();
        Set<TableNode> tables = new java.util.LinkedHashSet<>(frame.mentioned);
        boolean key = false;
        for (Frame.Target target : frame.targets) {
            if (target.entity() != null) {
                tables.add(target.entity());
                key = true;
            } else if (target.measure() != null && target.measure().column() != null) {
                tables.add(target.measure().table());
                key |= target.measure().column() == target.measure().table().key();
            }
        }
        frame.groupColumns.forEach(column -> tables.add(column.table));
        if (counts && key && tables.size() == 1) {
            frame.penalty += 0.6;
        }
    }

    private boolean alphabetical() {
        return tokens.stream().anyMatch(token -> token.lower().startsWith("alphabetic") || token.lower().startsWith("lexicographic"));
    }

    /** What is ordered by a count of rows that is shown anyway is ordered by what is shown. */
    private void settleCounts() {
        for (int k = 0; k < frame.orders.size(); k++) {
            Frame.Order order = frame.orders.get(k);
            if (order.measure().function() == Function.COUNT && order.measure().table() == null) {
                for (Frame.Target target : frame.targets) {
                    if (target.measure() != null && target.measure().function() == Function.COUNT) {
                        frame.orders.set(k, new Frame.Order(target.measure(), order.descending()));
                        break;
                    }
                }
            }
        }
    }

    private static Integer integer(String text) {
        try {
            return Math.max(1, Math.min(1_000_000, (int) Double.parseDouble(text)));
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
