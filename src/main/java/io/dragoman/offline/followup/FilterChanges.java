package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Literal;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.Predicate.Comparison;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** "now only AAPL", "what about Berlin?", "without cancelled ones", "for all statuses", "remove the date filter". */
final class FilterChanges {

    private static final Pattern DROP = Turn.pattern("^(?:(?:and|now|then|but|please)\\s+)*(?:remove|drop|clear|ignore|without|undo|"
            + "skip|no|forget|take away)(?: (?:the|any|all|every))* ?(.*?) ?(?:filters?|conditions?|restrictions?)$");
    private static final Pattern REGARDLESS = Turn.pattern("\\b(?:regardless of|ignore|ignoring|irrespective of)(?: (?:the|their))? (.+)$");
    private static final Pattern ALL = Turn.pattern("^(?:(?:and|now|then|but|please)\\s+)*(?:for|in|with|show|include|of|across|from|over)?"
            + "\\s*(?:me )?(?:all|any|every)(?: of)?(?: the)? (.+)$");
    private static final Pattern OPENING = Turn.pattern("^(?:and|now|but|then|only|just|please|ok|okay|so|also|what about|how about|"
            + "same|the same|show(?: me)?|give(?: me)?|list|display|of (?:those|these|them)|among (?:those|these|them)|"
            + "(?:from|for) (?:those|these|them)|filter(?:ed)?(?: (?:it|them))?(?: (?:to|by|on|for))?|"
            + "restrict(?:ed)?(?: (?:it|them))?(?: to)?|narrow (?:it|them) down to|limit (?:it|them) to|keep(?: only)?|"
            + "those|these|them|the ones|ones|which|that|who|do it|make it|use|include|add|look at|change (?:it|that) to|"
            + "switch to)\\s+");
    private static final Pattern LINKING = Turn.pattern("^(?:for|in|of|from|with|the|are|is|was|were|at|on|about|a|an|=|to|by)\\s+");
    private static final Pattern CLOSING = Turn.pattern("\\s+(?:ones|only|please|too|those|them|instead|one|again|in particular)$");
    private static final Pattern NEGATION = Turn.pattern("^(?:without|excluding|exclude|except(?: for)?|but not|not|no|other than|"
            + "leave out|ignore|ignoring|remove|drop|that are not|which are not|hide)\\s+(?:the\\s+|any\\s+)?");

    private FilterChanges() {
    }

    /** Drops conditions that are said to go. */
    static void drop(Turn turn) {
        for (Pattern pattern : List.of(DROP, REGARDLESS, ALL)) {
            Matcher matcher = turn.find(pattern);
            if (matcher != null && drop(turn, matcher.group(1).trim(), pattern == DROP)) {
                turn.cut(matcher.start(), matcher.end());
                return;
            }
        }
    }

    private static boolean drop(Turn turn, String what, boolean filters) {
        String wanted = Names.singular(Names.words(what));
        Set<Predicate> dropped = new LinkedHashSet<>();
        for (Predicate term : turn.edit.where) {
            Expression.Column column = PlanEdit.subject(term);
            String name = column == null ? "" : Names.singular(Names.words(column.column()));
            boolean time = column != null && KnownColumns.temporal(column)
                    && wanted.matches("date|time|period|day|month|year|date range|time range|time window|range");
            boolean all = filters && wanted.matches("|other|the");
            boolean named = !wanted.isEmpty() && column != null && ((" " + name + " ").contains(" " + wanted + " ")
                    || table(turn, column).equals(wanted));
            boolean value = filters && !wanted.isEmpty() && literals(term).stream().anyMatch(what::equalsIgnoreCase);
            if (all || time || named || value) {
                dropped.add(term);
            }
        }
        if (dropped.isEmpty()) {
            return false;
        }
        turn.edit.where.removeAll(dropped);
        turn.step("Drop the condition on " + (what.isEmpty() ? "everything" : what) + ".");
        return true;
    }

    private static String table(Turn turn, Expression.Column column) {
        return turn.edit.from.stream().filter(source -> source.alias().equals(column.alias())).findFirst()
                .map(source -> Names.singular(Names.words(source.table()))).orElse("");
    }

    private static List<String> literals(Predicate term) {
        if (term instanceof Comparison comparison && comparison.right() instanceof Literal literal) {
            return List.of(literal.text());
        }
        return term instanceof Predicate.In in ? in.values().stream().map(Literal::text).toList() : List.of();
    }

    /** Reads what is left as a condition. */
    static void narrow(Turn turn) {
        String rest = stripped(turn.rest(), OPENING);
        if (rest.isEmpty()) {
            turn.cut(0, turn.rest().length());
            return;
        }
        Matcher not = NEGATION.matcher(rest);
        boolean negated = not.find();
        String positive = negated ? rest.substring(not.end()) : rest;
        List<Predicate> terms = values(turn, positive);
        if (terms.isEmpty()) {
            terms = asked(turn, positive);
        }
        if (terms.isEmpty()) {
            terms = sameColumn(turn, positive);
        }
        if (terms.isEmpty()) {
            return;
        }
        for (Predicate term : terms) {
            add(turn, negated ? negation(term) : term, negated);
        }
        turn.cut(0, turn.rest().length());
        turn.step((negated ? "Leave out “" : "Keep only “") + positive + "”.");
    }

    private static String stripped(String text, Pattern opening) {
        String rest = text + " ";
        Matcher matcher = opening.matcher(rest);
        while (matcher.find()) {
            rest = rest.substring(matcher.end());
            matcher = opening.matcher(rest);
        }
        rest = rest.trim();
        Matcher closing = CLOSING.matcher(rest);
        while (closing.find()) {
            rest = rest.substring(0, closing.start());
            closing = CLOSING.matcher(rest);
        }
        return rest.matches("(?i)ones?|is|are|was|were|only|those|them|these|it|and|now|please|then|there") ? "" : rest;
    }

    /** Known values, alone or with a word for their column or table beside them. */
    private static List<Predicate> values(Turn turn, String text) {
        Expression.Column column = null;
        List<Literal> literals = new ArrayList<>();
        String plain = stripped(text, LINKING);
        List<String> parts = turn.columns.holding(plain).isEmpty() ? Turn.parts(plain) : List.of(plain);
        for (String part : parts) {
            Map.Entry<KnownColumns.Found, String> held = held(turn, stripped(part, LINKING));
            if (held == null) {
                return List.of();
            }
            Expression.Column own = turn.columns.use(held.getKey());
            if (own == null || column != null && !column.equals(own)) {
                return List.of();
            }
            column = own;
            literals.add(new Literal(held.getValue(), DataType.TEXT));
        }
        if (column == null) {
            return List.of();
        }
        return List.of(literals.size() == 1 ? new Comparison(Comparison.Operator.EQ, column, literals.get(0))
                : new Predicate.In(column, literals));
    }

    /** The column that holds the value, one that is asked of already before others. */
    private static Map.Entry<KnownColumns.Found, String> held(Turn turn, String text) {
        String[] words = text.split(" ");
        for (int length = words.length; length >= Math.max(1, words.length - 2); length--) {
            for (int start = 0; start + length <= words.length; start++) {
                String value = String.join(" ", List.of(words).subList(start, start + length));
                Map<KnownColumns.Found, String> found = turn.columns.holding(value);
                String before = String.join(" ", List.of(words).subList(0, start));
                String behind = String.join(" ", List.of(words).subList(start + length, words.length));
                List<Map.Entry<KnownColumns.Found, String>> fitting = found.entrySet().stream()
                        .filter(entry -> names(entry.getKey(), before) && names(entry.getKey(), behind)).toList();
                for (Map.Entry<KnownColumns.Found, String> entry : fitting) {
                    if (turn.edit.where.stream().map(PlanEdit::subject).anyMatch(column -> column != null
                            && column.column().equalsIgnoreCase(entry.getKey().column().name())
                            && turn.edit.source(entry.getKey().table().name())
                                    .filter(source -> source.alias().equals(column.alias())).isPresent())) {
                        return entry;
                    }
                }
                if (!fitting.isEmpty()) {
                    return fitting.get(0);
                }
            }
        }
        return null;
    }

    /** Whether words beside a value only name its column or table. */
    private static boolean names(KnownColumns.Found found, String words) {
        String plain = Names.singular(Names.words(words)).replaceAll("\\b(?:the|a|is|are|in|with|for|of|by|one|=)\\b", " ")
                .replaceAll(" +", " ").trim();
        return plain.isEmpty() || plain.equals(Names.singular(Names.words(found.column().name())))
                || plain.equals(Names.singular(Names.words(found.table().name())))
                || (" " + Names.singular(Names.words(found.column().name()))).endsWith(" " + plain);
    }

    /** The condition that the engine reads in a question of its own about the same table. */
    private static List<Predicate> asked(Turn turn, String text) {
        String table = Names.words(turn.edit.main().table());
        for (String question : List.of("show all " + table + " " + text, "show all " + table + " with " + text)) {
            if (turn.fresh.apply(question) instanceof Interpretation.Understood understood && understood.confidence() >= 0.75) {
                LogicalPlan plan = understood.plan();
                if (plan.where() != null && plan.groupBy().isEmpty() && plan.setOperation() == null && plan.limit() == null) {
                    Aliases here = turn.edit.adopt(plan);
                    List<Predicate> terms = new ArrayList<>();
                    PlanEdit.terms(plan.where(), terms);
                    if (here != null) {
                        return terms.stream().map(here::in).toList();
                    }
                }
            }
        }
        return List.of();
    }

    /** "what about Smith?": an unknown name takes the place of the only name that was asked for. */
    private static List<Predicate> sameColumn(Turn turn, String text) {
        String plain = stripped(text, LINKING);
        boolean name = plain.matches("[\\p{Lu}\\d][\\p{L}\\d._-]*(?: [\\p{Lu}\\d][\\p{L}\\d._-]*)?");
        List<Comparison> equal = turn.edit.where.stream().filter(term -> term instanceof Comparison comparison
                && comparison.operator() == Comparison.Operator.EQ && comparison.left() instanceof Expression.Column column
                && column.type() == DataType.TEXT && comparison.right() instanceof Literal).map(Comparison.class::cast).toList();
        return !name || equal.size() != 1 ? List.of() : List.of(new Comparison(Comparison.Operator.EQ, equal.get(0).left(),
                new Literal(plain, DataType.TEXT)));
    }

    private static Predicate negation(Predicate term) {
        if (term instanceof Comparison comparison && comparison.operator() == Comparison.Operator.EQ) {
            return new Comparison(Comparison.Operator.NE, comparison.left(), comparison.right());
        }
        return new Predicate.Not(term);
    }

    /** Adds a condition; one that picks values of the same column is replaced, or widened when adding. */
    private static void add(Turn turn, Predicate term, boolean negated) {
        Expression.Column column = PlanEdit.subject(term);
        List<Predicate> where = turn.edit.where;
        if (column != null && !negated) {
            for (int i = 0; i < where.size(); i++) {
                Predicate old = where.get(i);
                if (!column.equals(PlanEdit.subject(old)) || !replaces(term, old)) {
                    continue;
                }
                if (turn.adding && !literals(old).isEmpty() && !literals(term).isEmpty()) {
                    List<Literal> values = new ArrayList<>();
                    literals(old).forEach(value -> values.add(new Literal(value, column.type())));
                    literals(term).stream().filter(value -> !literals(old).contains(value))
                            .forEach(value -> values.add(new Literal(value, column.type())));
                    where.set(i, new Predicate.In(column, values));
                } else {
                    where.set(i, term);
                }
                return;
            }
        }
        if (!where.contains(term)) {
            where.add(term);
        }
    }

    private static boolean replaces(Predicate term, Predicate old) {
        boolean picks = picks(term);
        if (picks || picks(old)) {
            return picks && picks(old);
        }
        return term instanceof Comparison one && old instanceof Comparison other && one.operator() == other.operator()
                || term instanceof Predicate.Between && old instanceof Predicate.Between;
    }

    private static boolean picks(Predicate term) {
        return term instanceof Predicate.In || term instanceof Predicate.Like
                || term instanceof Comparison comparison && (comparison.operator() == Comparison.Operator.EQ);
    }
}
