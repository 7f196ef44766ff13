package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds words that mean two or more columns equally well, where nothing else in the question decides between them. */
final class Ambiguity {

    private static final double EQUAL = 1e-6;

    private Ambiguity() {
    }

    /**
     * What to ask back.
     *
     * @param best     the best reading
     * @param readings all readings, best first
     * @return empty when the best reading stands alone
     */
    static Optional<Interpretation.Ambiguous> of(List<Token> tokens, Reading best, List<Reading> readings, JoinGraph graph) {
        Link doubtful = null;
        Set<ColumnNode> choices = new LinkedHashSet<>();
        for (Reading other : readings) {
            if (other == best || Math.abs(other.score() - best.score()) > EQUAL) {
                continue;
            }
            Link[] pair = difference(best, other);
            if (pair == null || doubtful != null && doubtful != pair[0] || !equallyGood(pair[0], pair[1], best, graph)) {
                continue;
            }
            doubtful = pair[0];
            choices.add(pair[0].column());
            choices.add(pair[1].column());
        }
        if (doubtful == null) {
            return Optional.empty();
        }
        StringBuilder phrase = new StringBuilder();
        for (int i = doubtful.start(); i < doubtful.end(); i++) {
            phrase.append(phrase.length() == 0 ? "" : " ").append(tokens.get(i).text());
        }
        List<String> names = choices.stream().map(ColumnNode::toString).toList();
        return Optional.of(new Interpretation.Ambiguous("Which one is meant by '" + phrase + "': " + String.join(" or ", names) + "?",
                phrase.toString(), names));
    }

    /** The one column link in which two readings differ; null when they differ in more or in other things. */
    private static Link[] difference(Reading a, Reading b) {
        List<Link> ours = links(a);
        List<Link> theirs = links(b);
        if (ours.size() != theirs.size()) {
            return null;
        }
        Link[] found = null;
        for (int i = 0; i < ours.size(); i++) {
            Link x = ours.get(i);
            Link y = theirs.get(i);
            boolean same = x.start() == y.start() && x.end() == y.end() && x.kind() == y.kind();
            if (!same) {
                return null;
            }
            if (x.column() != y.column() || x.table() != y.table()) {
                if (found != null || x.kind() != Kind.COLUMN || "asked".equals(x.text())) {
                    return null;
                }
                found = new Link[] {x, y};
            }
        }
        return found;
    }

    private static List<Link> links(Reading reading) {
        List<Link> links = new ArrayList<>();
        reading.units().stream().filter(Link::schema).forEach(links::add);
        return links;
    }

    /** Columns of equal match that no other words favour, and that do not hold the same thing by a relationship. */
    private static boolean equallyGood(Link a, Link b, Reading best, JoinGraph graph) {
        boolean favoured = links(best).stream().anyMatch(link -> link != a && (link.table() == a.table() || link.table() == b.table()));
        boolean exact = a.score() == b.score() && a.score() >= 0.9 * (a.end() - a.start());
        boolean sameThing = graph.of(a.table()).stream().anyMatch(edge -> edge.to() == b.table())
                && (a.column().identifier || a.column().foreign || b.column().foreign);
        boolean refers = a.column().foreign || b.column().foreign;
        return !favoured && exact && !sameThing && !refers && !(a.column().identifier && b.column().identifier);
    }
}
