package io.dragoman.offline;

import io.dragoman.offline.plan.Expression.Aggregate.Function;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words that turn an answer into its opposite or pick out a part of it, and that nothing in the frame accounts for:
 * negations, comparisons and superlatives. Without them the answer would be wrong, so they are never passed over.
 */
final class LooseEnds {

    /** What a reading loses for each. */
    static final double PENALTY = 0.8;

    private static final Set<String> NEGATIONS = Set.of("not", "never", "no", "without", "nobody", "none", "nothing", "neither", "nor",
            "cannot", "non", "except", "excluding", "hardly", "lacking");
    /** Nouns and others that only look like superlatives. */
    private static final Set<String> NO_SUPERLATIVES = Set.of("interest", "request", "guest", "test", "forest", "west", "rest", "contest",
            "harvest", "quest", "protest", "nest", "chest", "midwest", "northwest", "southwest", "invest", "suggest", "honest", "arrest",
            "conquest", "digest", "vest", "modest", "est", "latest", "budapest", "everest", "bucharest");
    /** What sets two amounts against each other, which no plan here does. */
    private static final Set<String> RELATIONS = Set.of("ratio", "ratios", "growth");
    private static final Set<String> KEYS = Set.of("id", "identifier", "code", "key", "name");
    private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "miss", "dr", "prof", "sir", "jr", "sr");
    private static final Set<String> MOST = Set.of("most", "least", "fewest");
    private static final double EARLIEST_YEAR = 1000;
    private static final double LATEST_YEAR = 3000;
    private static final Set<String> ORDERING = Set.of("<", "<=", ">", ">=");

    private LooseEnds() {
    }

    /** The words that are left over; empty when all are accounted for. */
    static List<String> of(List<Token> tokens, Reading reading, Frame frame) {
        boolean negated = any(frame.conditions, LooseEnds::negates);
        boolean compared = any(frame.conditions, LooseEnds::compares) || !frame.times.isEmpty();
        boolean senseless = any(frame.conditions, LooseEnds::measuresText);
        boolean ranked = !frame.orders.isEmpty() && !ranksNothing(frame) || any(frame.conditions, c -> c.mostCommon != null || c.kind == Condition.Kind.SUBQUERY)
                || frame.targets.stream().anyMatch(t -> t.measure() != null && (t.measure().function() == Function.MAX || t.measure().function() == Function.MIN));
        boolean averagesText = frame.targets.stream().map(Frame.Target::measure).anyMatch(LooseEnds::averagesText)
                || frame.orders.stream().map(Frame.Order::measure).anyMatch(LooseEnds::averagesText);
        boolean row = frame.targets.stream().anyMatch(target -> target.entity() != null || target.measure().column() != null
                && target.measure().column() == target.measure().table().key());
        boolean countsNothing = row && onceEach(frame) && frame.conditions.stream().anyMatch(c -> c.left != null && c.left.function() == Function.COUNT
                && c.left.column() == null);
        List<String> loose = new ArrayList<>();
        UnknownNouns nouns = new UnknownNouns(tokens, reading);
        for (Link unit : reading.units()) {
            String word = tokens.get(unit.start()).lower();
            boolean left = frame.unresolved.contains(unit) || !frame.explained.contains(unit) && (nouns.at(unit) || switch (unit.kind()) {
                case NOT -> !negated || otherTimes(frame);
                case TIME -> frame.timeless;
                case NUMBER -> countsNothing || !"one".equals(word) && !used(frame, unit.text());
                case COMPARISON -> ends(reading, unit) && Clause.CALENDAR.contains(word) ? false : "<>".equals(unit.text()) ? !negated : ORDERING.contains(unit.text()) && (senseless || !compared && !ranked);
                case SUPERLATIVE -> !ranked && !word.equals("last");
                case EACH -> (frame.superlative || ungrouped(frame)) && unknownNoun(tokens, reading, unit);
                case TEXT -> !used(frame, unit.text());
                case AGGREGATE -> averagesText || frame.unmeasured && last(reading, unit) || AverageCounts.loose(frame) && unit.text().equals("AVG");
                case HAVE, CLAUSE -> unknownPossession(tokens, reading, unit);
                case TOP -> !ranked && frame.limit == null;
                case WORD -> unknownName(tokens, reading, unit) && !used(frame, tokens.get(unit.start()).text()) || RELATIONS.contains(word) || unknownPossession(tokens, reading, unit) || unknownThing(tokens, reading, unit)
                        || given(tokens.get(unit.start())) && !used(frame, tokens.get(unit.start()).text()) || negation(word) && !negated || word.equals("than") && !compared || (superlative(tokens.get(unit.start())) || MOST.contains(word)) && !ranked;
                default -> false;
            });
            if (left) {
                loose.add(text(tokens, unit));
            }
        }
        frame.conditions.stream().filter(condition -> cannotBe(condition, tokens)).forEach(condition -> loose.addAll(condition.values));
        return loose;
    }

    /** Whether the question ends there, as with <i>who never ordered before</i>. */
    private static boolean ends(Reading reading, Link unit) {
        int next = reading.units().indexOf(unit) + 1;
        return next == reading.units().size() || reading.units().get(next).kind() == Link.Kind.STOP;
    }

    /** In <i>the lessons of Ryan Goodwin</i>, <i>colleges in Florida</i>: a name that nothing knows narrows the question, and is not passed over. */
    private static boolean unknownName(List<Token> tokens, Reading reading, Link word) {
        Token token = tokens.get(word.start());
        if (!token.word() || !token.capital() || word.start() == 0 || Words.stop(token.lower()) || English.knows(token) || TITLES.contains(token.lower())
                || titled(tokens)) {
            return false;
        }
        int at = reading.units().indexOf(word);
        Link before = at > 0 ? reading.units().get(at - 1) : word;
        boolean added = before.kind() == Link.Kind.COMMA && at > 1 && reading.units().get(at - 2).kind() == Link.Kind.VALUE;
        return !added && before.kind() != Link.Kind.STOP;
    }

    /** Whether the question Is Written Like a Title, so that capitals tell nothing. */
    private static boolean titled(List<Token> tokens) {
        List<Token> telling = tokens.stream().filter(token -> token.word() && !Words.stop(token.lower())).toList();
        return telling.size() > 2 && telling.stream().filter(Token::capital).count() * 3 > telling.size() * 2L;
    }

    private static boolean ranksNothing(Frame frame) {
        return frame.guessedRank && onceEach(frame);
    }

    /** Each row of the only table is there once: ranked by how often, none comes first, and none is there twice. */
    private static boolean onceEach(Frame frame) {
        Set<TableNode> tables = new HashSet<>(frame.mentioned);
        frame.conditions.stream().filter(c -> c.left != null && c.left.table() != null).forEach(c -> tables.add(c.left.table()));
        frame.groupColumns.forEach(column -> tables.add(column.table));
        boolean rows = false;
        for (Frame.Target target : frame.targets) {
            TableNode table = target.entity() != null ? target.entity() : target.measure().table();
            ColumnNode column = target.entity() != null ? null : target.measure().column();
            tables.add(table);
            rows |= target.entity() != null || column != null && (column == table.key() || table.display().contains(column)
                    || column.identifier && column.stems.contains("number"));
        }
        return rows && tables.size() == 1;
    }

    /** A number that no value of the column can be compared with: a date with 3, a reference with how many there are. */
    private static boolean cannotBe(Condition condition, List<Token> tokens) {
        ColumnNode column = condition.column();
        if (column == null || condition.left.aggregate() || condition.right != null || condition.values.isEmpty()
                || !condition.values.stream().allMatch(Tokenizer::numeric)) {
            return false;
        }
        double value = Math.abs(Double.parseDouble(condition.values.get(0)));
        String last = column.stems.isEmpty() ? "" : column.stems.get(column.stems.size() - 1);
        boolean ordered = condition.kind == Condition.Kind.BETWEEN || condition.operator != null && ORDERING.contains(condition.operator);
        if (column.type.temporal() || ordered && column.year() && last.equals("year")) {
            return value < EARLIEST_YEAR || value > LATEST_YEAR;
        }
        boolean refers = column.foreign || column.identifier || column == column.table.key();
        boolean words = column.text() && !column.numeric() && !column.amount() && !column.temporal() && !column.definition.sampleValues().isEmpty()
                && column.definition.sampleValues().stream().noneMatch(sample -> sample.chars().anyMatch(Character::isDigit));
        return ordered && (words || refers && tokens.stream().noneMatch(token -> token.stem().equals(last)));
    }

    /** <i>In 2024 but not in 2025</i> speaks of several rows, of which some must not be there: no row is of both years anyway. */
    private static boolean otherTimes(Frame frame) {
        List<Condition> times = frame.conditions.stream().filter(c -> c.kind == Condition.Kind.TIME).toList();
        return times.stream().anyMatch(not -> not.negated && times.stream().anyMatch(other -> !other.negated
                && other.time.phrase().excludes(not.time.phrase())));
    }

    /** Whether amounts of all rows are shown, and nothing by which they are told apart. */
    private static boolean ungrouped(Frame frame) {
        return frame.groupColumns.isEmpty() && frame.groupTables.isEmpty() && frame.times.isEmpty() && frame.aggregates()
                && frame.targets.stream().allMatch(target -> target.measure() != null && target.measure().aggregate());
    }

    private static boolean averagesText(Measure measure) {
        boolean date = measure != null && measure.column() != null && (measure.column().type.temporal() || measure.column().stems.contains("date"));
        return measure != null && measure.column() != null && !measure.column().numeric() && (date || !measure.column().temporal())
                && !measure.column().amount() && (measure.function() == Function.AVG || measure.function() == Function.SUM || measure.function() == Function.MEDIAN);
    }

    /** <i>That have parking options</i>: a condition of which nothing is known. */
    private static boolean unknownPossession(List<Token> tokens, Reading reading, Link have) {
        if (!Set.of("have", "has", "had", "with", "having").contains(tokens.get(have.start()).lower())) {
            return false;
        }
        boolean unknown = false;
        for (Link unit : reading.units()) {
            if (unit.start() < have.end()) {
                continue;
            }
            if (unit.kind() != Link.Kind.WORD) {
                return unknown && (unit.is(Link.Kind.STOP, Link.Kind.COMMA, Link.Kind.HAVE, Link.Kind.PREPOSITION) || unit.kind() == Link.Kind.COLUMN && unit.score() < 0.8);
            }
            String word = tokens.get(unit.start()).lower();
            if (!unknown && (word.endsWith("ed") || word.endsWith("en"))) {
                return false;
            }
            unknown |= Coverage.telling(tokens.get(unit.start()));
        }
        return unknown;
    }

    /** <i>What is the process for …</i>: what is asked for is not in the schema, whatever follows it is. */
    private static boolean unknownThing(List<Token> tokens, Reading reading, Link noun) {
        int at = reading.units().indexOf(noun);
        if (at + 1 >= reading.units().size() || !reading.units().get(at + 1).is(Link.Kind.PREPOSITION) || !Coverage.telling(tokens.get(noun.start()))
                || KEYS.contains(tokens.get(noun.start()).stem())) {
            return false;
        }
        Link owner = reading.units().subList(at + 1, reading.units().size()).stream().filter(Link::schema).findFirst().orElse(noun);
        boolean asks = false;
        for (Link before : reading.units().subList(0, at)) {
            if (!before.is(Link.Kind.ASK, Link.Kind.BE) && !(before.kind() == Link.Kind.WORD && Words.stop(before.text()))) {
                return false;
            }
            asks |= before.kind() == Link.Kind.ASK;
        }
        return asks && owner.kind() != Link.Kind.TABLE;
    }

    /** A number in digits or a quoted text, which is never mere filling. */
    private static boolean given(Token token) {
        return token.kind() == Token.Kind.QUOTED || token.kind() == Token.Kind.NUMBER && Character.isDigit(token.lower().charAt(0));
    }

    /** Whether a number or a quoted text is part of a condition or says how many. */
    private static boolean used(Frame frame, String text) {
        boolean number = Tokenizer.numeric(text);
        if (number && frame.limit != null && Double.parseDouble(text) == frame.limit) {
            return true;
        }
        return any(frame.conditions, c -> number && c.pick != null && Double.parseDouble(text) == c.picked
                || c.values.stream().anyMatch(value -> value.contains(text) || number && Tokenizer.numeric(value) && multiple(value, text)));
    }

    /** <i>2 million</i> is 2,000,000. */
    private static boolean multiple(String value, String text) {
        double of = Double.parseDouble(text);
        return Double.parseDouble(value) == of || of != 0 && Math.abs(Double.parseDouble(value) / of) >= 1000
                || of >= 1000 && Double.parseDouble(value) % of == 0;
    }

    /** Whether what follows <i>each</i> is a noun that nothing explains. */
    private static boolean unknownNoun(List<Token> tokens, Reading reading, Link each) {
        for (Link unit : reading.units()) {
            if (unit.start() == each.end()) {
                return unit.is(Link.Kind.WORD, Link.Kind.ASK) && Coverage.telling(tokens.get(unit.start()));
            }
        }
        return false;
    }

    private static boolean negation(String word) {
        return NEGATIONS.contains(word) || word.endsWith("n't");
    }

    private static boolean superlative(Token token) {
        String word = token.lower();
        return word.length() > 5 && word.endsWith("est") && !token.capital() && !NO_SUPERLATIVES.contains(word);
    }

    private static String text(List<Token> tokens, Link unit) {
        return String.join(" ", tokens.subList(unit.start(), unit.end()).stream().map(Token::text).toList());
    }

    private static boolean any(List<Condition> conditions, java.util.function.Predicate<Condition> test) {
        return conditions.stream().anyMatch(c -> test.test(c) || any(c.inner, test) || any(c.companions, test));
    }

    private static boolean negates(Condition condition) {
        return condition.negated || condition.kind == Condition.Kind.NULL || "<>".equals(condition.operator)
                || condition.kind == Condition.Kind.DEFINED;
    }

    /** Whether no other aggregate follows. */
    private static boolean last(Reading reading, Link aggregate) {
        return reading.units().stream().noneMatch(unit -> unit.kind() == Link.Kind.AGGREGATE && unit.start() > aggregate.start());
    }

    /** Text has no average to be above of. Numbers, though, are often kept as text. */
    private static boolean measuresText(Condition condition) {
        if (condition.operator == null || !ORDERING.contains(condition.operator) || condition.column() == null || condition.left.aggregate()
                || !condition.column().text() || condition.column().temporal() || condition.column().year()) {
            return false;
        }
        return condition.right != null && condition.right.function() == Function.AVG;
    }

    private static boolean compares(Condition condition) {
        return condition.operator != null && ORDERING.contains(condition.operator) || condition.right != null
                || condition.kind == Condition.Kind.BETWEEN || condition.kind == Condition.Kind.TIME || condition.kind == Condition.Kind.DEFINED;
    }
}
