package io.dragoman.offline;

import io.dragoman.offline.Frame.TimeUse;
import io.dragoman.offline.Link.Kind;
import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is known at a place of the question while it is composed from left to right, and the small steps that all
 * rules share.
 */
abstract class Clause {

    enum Mode { SELECT, WHERE, GROUP, ORDER }

    static final Set<String> DOWNWARD = Set.of("low", "small", "short", "cheap", "light", "poor", "slow", "young",
            "close", "bad", "cold", "early");
    static final Set<String> NAMING = Set.of("named", "called", "titled", "name", "entitled", "labeled");
    static final Set<String> CALENDAR = Set.of("before", "after", "since", "until", "prior", "later", "earlier");
    /** Words that count rows of whatever is meant. */
    static final Set<String> ROWS = Set.of("times", "time", "once", "twice", "thrice", "record", "records", "entries", "rows", "instances",
            "occurrences");
    static final Set<String> THEIR = Set.of("their", "its", "his", "her", "corresponding", "respective", "associated");
    static final Set<String> PARTICIPLES = Set.of("made", "sold", "bought", "paid", "spent", "given", "held", "taken", "written", "led", "won",
            "taught", "sent", "built", "lent", "owned", "driven", "flown", "chosen", "caught", "sung", "drawn", "done");
    final List<Token> tokens;
    final List<Link> units;
    final JoinGraph graph;
    final Lexicon lexicon;
    final List<TimePhrase> times;
    final List<TimeUse> pendingTimes = new ArrayList<>();
    final Frame frame = new Frame();
    Mode mode = Mode.SELECT;
    Mode modeBeforeGroup = Mode.SELECT;
    int i;
    boolean count;
    /** Whether the <i>total</i> number is asked for. */
    boolean totalled;
    boolean distinct;
    boolean not;
    boolean both;
    boolean sortsBy;
    /** After <i>top 5 customers</i>: the direction that <i>by</i> then orders in; null elsewhere. */
    Boolean topBy;
    /** Whether <i>by</i> followed: then what it ranks by must be found, else nothing is answered. */
    boolean ranked;
    boolean newSentence;
    /** So many are asked for, as in <i>for three churches</i>, if a superlative says which. */
    Integer amount;
    /** The word <i>when</i> or <i>where</i>, while the column that it asks for has not been found. */
    String asked;
    /** Whether the last column after <i>with</i> was one to show. */
    boolean shows;
    final List<Function> aggregates = new ArrayList<>();
    List<Function> lastFunctions = List.of();
    /** The comparison whose other side the next conditions narrow; null when they narrow the question's own rows. */
    Condition scope;
    Measure left;
    Kind connector;
    Boolean direction;
    TableNode lastTable;
    ColumnNode lastColumn;
    boolean conceptDescending;

    Clause(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        this.lexicon = lexicon;
        this.times = times;
        JoinGraph graph = lexicon.graph();
        this.graph = graph;
        this.tokens = tokens;
        this.units = units;
    }

    Link at(int index) {
        return index >= 0 && index < units.size() ? units.get(index) : Link.operator(-1, -1, Kind.STOP, "", null, 0);
    }

    String wordAt(int index) {
        Link unit = at(index);
        return unit.start() < 0 ? "" : tokens.get(unit.end() - 1).lower();
    }

    /** Whether a unit is <i>by</i> or says the same. */
    boolean by(int index) {
        Link unit = at(index);
        return "by".equals(wordAt(index)) || unit.kind() == Kind.PREPOSITION && (unit.end() - unit.start() == 3 && tokens.get(unit.start() + 1).is("terms")
                || unit.end() - unit.start() == 2 && tokens.get(unit.start()).is("based"));
    }

    boolean mention(int index) {
        return at(index).is(Kind.TABLE, Kind.COLUMN);
    }

    boolean previousIs(Kind kind) {
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

    void subject(TableNode table) {
        if (frame.subject == null) {
            frame.subject = table;
        }
    }

    void relation(TableNode table) {
        if (not) {
            if (noneOf(table)) {
                return;
            }
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

    /** <i>Cities that have no shop opened after 2006</i>, where a shop's city is a column of it: no row with the city is such a shop. */
    private boolean noneOf(TableNode table) {
        if (frame.targets.size() != 1 || frame.targets.get(0).measure() == null || !conditionOf(table)) {
            return false;
        }
        Measure kind = frame.targets.get(0).measure();
        boolean attribute = kind.function() == null && kind.column() != null && kind.table() == table && kind.column().text()
                && kind.column() != table.key() && !table.display().contains(kind.column());
        if (attribute) {
            Condition condition = new Condition(Condition.Kind.SUBQUERY, kind, "=");
            condition.right = kind;
            add(condition);
            scope = condition;
            mode = Mode.WHERE;
            frame.distinct = true;
        }
        return attribute;
    }

    /** Whether what follows narrows the rows of a table. */
    private boolean conditionOf(TableNode table) {
        for (int k = i + 1; k < units.size() && !at(k).is(Kind.STOP, Kind.COMMA); k++) {
            if (at(k).is(Kind.COMPARISON, Kind.NUMBER, Kind.BETWEEN, Kind.LIKE, Kind.TIME) || at(k).kind() == Kind.VALUE && at(k).table() == table) {
                return true;
            }
        }
        return false;
    }

    void clearPending() {
        count = false;
        distinct = false;
        aggregates.clear();
    }

    void add(Condition condition) {
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
                boolean single = frame.subject == condition.column().table && !both && !anew(condition.column());
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

    /** Whether a noun is said again, as in <i>publishers with a book in 1989 and a book in 1990</i>, which have several rows. */
    private boolean anew(ColumnNode column) {
        boolean named = frame.targets.stream().anyMatch(target -> target.measure() == null || target.measure().column() == null
                || target.measure().column() == target.measure().table().key() || target.measure().table().display().contains(target.measure().column()));
        int k = i - 1;
        while (at(k).is(Kind.PREPOSITION, Kind.WORD, Kind.CLAUSE, Kind.BE, Kind.HAVE)) {
            k--;
        }
        return !named && at(k).is(Kind.TABLE, Kind.COLUMN) && at(k).table() == column.table && at(k).column() != column && at(k - 1).is(Kind.WORD, Kind.AND);
    }

    /** <i>Founded before 1890 and founded after 1900</i> can only be said of two rows. */
    static boolean contradicts(Condition a, Condition b) {
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

    Set<TableNode> nearTables() {
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

    Measure concept(String adjective) {
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

    Measure verb() {
        for (int k = i - 1; k >= Math.max(0, i - 3); k--) {
            if (at(k).kind() != Kind.WORD && !at(k).is(Kind.HAVE, Kind.BE, Kind.PREPOSITION, Kind.EITHER)) {
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

    /** Whether a number without a noun is likelier a year than an amount. */
    static boolean year(String text) {
        return text.length() == 4 && (text.compareTo("1500") >= 0 && text.startsWith("1") || text.startsWith("20"));
    }

    ColumnNode yearColumn() {
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

    void compare(Measure measure, String operator, String value) {
        add(new Condition(Condition.Kind.COMPARE, measure, operator).value(value));
    }

    static Integer integer(String text) {
        try {
            return Math.max(1, Math.min(1_000_000, (int) Double.parseDouble(text)));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    void leaveGroup() {
        if (!(at(i + 1).kind() == Kind.AND && mention(i + 2))) {
            mode = modeBeforeGroup;
            connector = null;
        }
    }
}
