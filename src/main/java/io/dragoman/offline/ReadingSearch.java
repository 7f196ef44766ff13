package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Beam search over the candidate links for readings that explain many words with few, closely related tables. What a
 * column is, is decided together with the words around it: <i>name of the student</i> prefers the student's name.
 */
final class ReadingSearch {

    private static final int BEAM = 24;
    private static final double HOP = 0.3;
    /** So far behind the best, a reading never comes first. */
    private static final double HOPELESS = 2.0;
    private static final double RANKED_KEY = 0.7;
    private static final double UNREACHABLE = 3.0;
    /** The same for a noun after <i>and</i>: rows of both may be listed. */
    private static final double LISTED = 0.6;

    private static final Set<String> OF = Set.of("of", "for", "the", "all", "each", "every", "a", "an", "any", "these", "those",
            "different", "in", "on", "from", "distinct", "to", "their", "its", "his", "her");

    private static final Set<String> ORIGIN = Set.of("origin", "source", "departure", "from", "start", "depart");
    private static final Set<String> DESTINATION = Set.of("destination", "arrival", "to", "end", "target", "arrive", "dest");
    private static final Set<String> WHOSE = Set.of("whose", "with", "has", "have", "having", "that", "who", "a", "an", "the", "their",
            "its", "'s", "'", "by", "which", "had");

    private final List<Token> tokens;
    private final List<List<Link>> byStart = new ArrayList<>();
    private final JoinGraph graph;

    private record State(int position, double score, State before, Link link, List<TableNode> tables, Link lastSchema,
            Link lastLink, long signature) {
    }

    /** Readings that differ only in how they take function words are the same. */
    private static long sign(long signature, Link link) {
        if (link.is(Kind.ASK, Kind.PREPOSITION, Kind.WORD, Kind.BE, Kind.COMMA, Kind.STOP)) {
            return signature;
        }
        long meaning = link.kind().ordinal() + 31L * (link.table() == null ? 7 : link.table().id + 11)
                + 8191L * (link.column() == null ? 0 : link.column().ordinal + 1) + 131_071L * link.start()
                + 524_287L * (link.text() == null ? 0 : link.text().hashCode());
        return signature * 1_000_003 + meaning;
    }

    private ReadingSearch(List<Token> tokens, List<Link> links, JoinGraph graph) {
        this.tokens = tokens;
        this.graph = graph;
        for (int i = 0; i < tokens.size(); i++) {
            byStart.add(new ArrayList<>());
        }
        links.forEach(link -> byStart.get(link.start()).add(link));
    }

    /** The best readings, best first. */
    static List<Reading> readings(List<Token> tokens, List<Link> links, JoinGraph graph, int most) {
        return new ReadingSearch(tokens, links, graph).search(most);
    }

    private List<Reading> search(int most) {
        List<List<State>> states = new ArrayList<>();
        for (int i = 0; i <= tokens.size(); i++) {
            states.add(new ArrayList<>());
        }
        states.get(0).add(new State(0, 0, null, null, List.of(), null, null, 0));
        Comparator<State> best = Comparator.comparingDouble(State::score).reversed();
        for (int position = 0; position < tokens.size(); position++) {
            List<State> here = states.get(position);
            double floor = here.stream().mapToDouble(State::score).max().orElse(0) - HOPELESS;
            here.removeIf(state -> state.score() < floor);
            here.sort(best);
            int kept = 0;
            Set<Long> seen = new HashSet<>();
            for (int s = 0; s < here.size() && kept < BEAM; s++) {
                State state = here.get(s);
                if (!seen.add(state.signature())) {
                    continue;
                }
                kept++;
                double loss = tokens.get(position).content() && !Words.stop(tokens.get(position).lower()) ? 0.1 : 0;
                states.get(position + 1).add(new State(position + 1, state.score() - loss, state,
                        Link.word(position, tokens.get(position).lower()), state.tables(), state.lastSchema(), null, state.signature()));
                for (Link link : byStart.get(position)) {
                    State next = extend(state, link);
                    states.get(link.end()).add(next);
                }
            }
        }
        List<State> last = states.get(tokens.size());
        last.sort(best);
        List<Reading> readings = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (State state : last) {
            if (readings.size() >= most) {
                break;
            }
            if (!seen.add(state.signature())) {
                continue;
            }
            List<Link> units = new ArrayList<>();
            for (State s = state; s.link() != null; s = s.before()) {
                units.add(s.link());
            }
            Collections.reverse(units);
            readings.add(new Reading(units, state.score()));
        }
        return readings;
    }

    private State extend(State state, Link link) {
        double score = state.score() + link.score();
        if (!link.schema()) {
            return new State(link.end(), score, state, link, state.tables(), state.lastSchema(), link,
                    sign(state.signature(), link));
        }
        TableNode table = link.table();
        List<TableNode> tables = state.tables();
        if (!tables.contains(table)) {
            if (!tables.isEmpty()) {
                double nearest = 100;
                for (TableNode other : tables) {
                    nearest = Math.min(nearest, graph.distance(table, other));
                }
                score -= Math.min(nearest <= 20 ? HOP * nearest : UNREACHABLE, listed(link) ? LISTED : UNREACHABLE);
            }
            tables = new ArrayList<>(tables);
            tables.add(table);
        } else {
            score += 0.12;
        }
        if (link.kind() == Kind.COLUMN && repeated(state, link)) {
            score -= 0.2;
        }
        if (link.kind() == Kind.VALUE && link.start() > 0) {
            score += route(tokens.get(link.start() - 1), link.column());
        }
        if (link.kind() == Kind.COLUMN && (link.column().foreign || link.column().identifier) && ranked(link.start())) {
            score -= RANKED_KEY;
        }
        Link previous = state.lastSchema();
        if (previous != null) {
            int gap = link.start() - previous.end();
            score += affinity(previous, link, gap, state) * Math.min(1, link.score() / (link.end() - link.start()));
        }
        if (state.lastLink() != null && link.kind() == Kind.COLUMN && state.lastLink().kind() == Kind.AGGREGATE
                && !"COUNT".equals(state.lastLink().text())) {
            score += link.column().measure() ? 0.25 : link.column().numeric() || link.column().temporal() ? 0 : -0.5;
        }
        return new State(link.end(), score, state, link, tables, link, link, sign(state.signature(), link));
    }

    private boolean listed(Link table) {
        int before = table.start() - 1;
        while (before > 0 && OF.contains(tokens.get(before).lower())) {
            before--;
        }
        return table.kind() == Kind.TABLE && before >= 0 && tokens.get(before).is("and");
    }

    /** <i>Top 3 customers</i> ranks customers, not the keys that other tables have of them. */
    private boolean ranked(int start) {
        int before = start > 0 && tokens.get(start - 1).kind() == Token.Kind.NUMBER ? start - 2 : start - 1;
        return before >= 0 && (tokens.get(before).is("top") || tokens.get(before).is("bottom"));
    }

    private static boolean repeated(State state, Link link) {
        for (State s = state; s != null; s = s.before()) {
            if (s.link() != null && s.link().kind() == Kind.COLUMN && s.link().column() == link.column()) {
                return true;
            }
        }
        return false;
    }

    /** <i>From</i> a place speaks of an origin, <i>to</i> a place of a destination. */
    private static double route(Token before, ColumnNode column) {
        boolean from = before.is("from");
        boolean to = before.is("to");
        if (!from && !to) {
            return 0;
        }
        boolean origin = column.stems.stream().anyMatch(ORIGIN::contains);
        boolean destination = column.stems.stream().anyMatch(DESTINATION::contains);
        return from && origin || to && destination ? 0.2 : from && destination || to && origin ? -0.2 : 0;
    }

    /** The columns listed before <i>of the table</i> are likelier that table's. */
    private double listed(State state, Link table) {
        double score = 0;
        int seen = 0;
        for (State s = state; s != null && s.link() != null; s = s.before()) {
            Link link = s.link();
            if (link.kind() == Kind.COLUMN) {
                if (seen++ > 0) {
                    score += link.table() == table.table() ? 0.25 : -0.1;
                }
            } else if (!link.is(Kind.AND, Kind.COMMA, Kind.PREPOSITION, Kind.EACH, Kind.DISTINCT) && !(link.kind() == Kind.WORD
                    && Words.stop(link.text()))) {
                break;
            }
        }
        return score;
    }

    private boolean all(Set<String> words, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!words.contains(tokens.get(i).lower())) {
                return false;
            }
        }
        return true;
    }

    /** A word such as <i>name</i>, which says only with its noun whose name it is. */
    private boolean generic(Link column) {
        String word = tokens.get(column.end() - 1).lower();
        return column.end() - column.start() == 1 && (word.equals("name") || word.equals("names"));
    }

    private boolean of(int from, int to) {
        return tokens.get(from).is("of") && all(OF, from, to);
    }

    /** <i>Name of the physician</i> is not the name of another table's rows, unless the noun is a key that refers to them. */
    private double nameOfAnother(Link name, Link noun) {
        if (noun.kind() == Kind.TABLE) {
            return noun.table().display().isEmpty() ? 0 : -0.3;
        }
        if (noun.kind() == Kind.COLUMN && noun.column().foreign) {
            boolean refers = graph.of(noun.table()).stream().anyMatch(edge -> edge.to() == name.table() && edge.left().contains(noun.column()));
            return refers ? 0.3 : -0.3;
        }
        return 0;
    }

    private double affinity(Link previous, Link link, int gap, State state) {
        boolean sameTable = previous.table() == link.table();
        if (link.kind() == Kind.COLUMN && previous.kind() == Kind.TABLE && sameTable && gap <= 1) {
            return 0.35;
        }
        if (link.kind() == Kind.COLUMN && previous.kind() == Kind.TABLE && sameTable && gap <= 4 && all(WHOSE, previous.end(), link.start())) {
            return 0.3;
        }
        if (link.kind() == Kind.TABLE && previous.kind() == Kind.COLUMN && sameTable && gap <= 4 && all(OF, previous.end(), link.start())) {
            return 0.3 + listed(state, link);
        }
        if (previous.kind() == Kind.COLUMN && !sameTable && gap > 0 && gap <= 4 && generic(previous) && of(previous.end(), link.start())) {
            return nameOfAnother(previous, link);
        }
        if (link.kind() == Kind.COLUMN && previous.kind() == Kind.COLUMN && gap == 0) {
            return sameTable ? -0.35 : -0.8;
        }
        if (link.kind() == Kind.COLUMN && previous.kind() == Kind.COLUMN && sameTable && gap <= 3) {
            boolean prefix = link.column().stems.size() > 1 && previous.column().stems.get(0).equals(link.column().stems.get(0));
            return prefix ? 0.35 : 0.15;
        }
        if (link.kind() == Kind.VALUE && previous.column() == link.column() && gap <= 3
                && (previous.kind() == Kind.COLUMN || state.lastLink() != null && state.lastLink().is(Kind.AND, Kind.OR, Kind.COMMA))) {
            return 0.6;
        }
        if (link.kind() == Kind.COLUMN && previous.kind() == Kind.VALUE && previous.column() == link.column() && gap == 0) {
            return 0.5;
        }
        if (link.kind() == Kind.VALUE && previous.kind() == Kind.VALUE && gap == 0) {
            return sameTable && link.column() != previous.column() ? 0.35 : -0.3;
        }
        if (link.kind() == Kind.VALUE && previous.kind() == Kind.TABLE && sameTable && gap <= 4) {
            return 0.2;
        }
        return 0;
    }
}
