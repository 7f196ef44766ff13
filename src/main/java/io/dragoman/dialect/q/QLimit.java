package io.dragoman.dialect.q;

import io.dragoman.dialect.q.QNode.Kind;

/** Lets a q query give only some of its rows, by {@code sublist}, which unlike {@code #} never repeats rows. */
final class QLimit {

    private QLimit() {
    }

    /**
     * @throws IllegalArgumentException when the query cannot be read, or the numbers are not what they must be
     */
    static String apply(QParse parse, int limit, int offset) {
        if (limit <= 0 || offset < 0) {
            throw new IllegalArgumentException("The limit must be positive and the offset not negative");
        }
        if (parse.tree() == null) {
            throw new IllegalArgumentException(parse.finding().message());
        }
        if (single(parse.tree()) || offset == 0 && ownLimit(parse.tree()) <= limit) {
            return parse.query();
        }
        return offset == 0 ? limit + " sublist " + parse.query() : offset + " " + limit + " sublist " + parse.query();
    }

    /** Whether the query gives one value, of which there is nothing to take. */
    private static boolean single(QNode tree) {
        return tree.is(Kind.TEMPLATE, "exec") && tree.child(1).children().size() == 1
                && aggregate(tree.child(1).child(0));
    }

    private static boolean aggregate(QNode node) {
        return node.kind() == Kind.APPLY && node.child(0).kind() == Kind.NAME
                && QNames.AGGREGATES.contains(node.child(0).text());
    }

    /** The rows that the query takes at most; the greatest number when it says nothing. */
    private static long ownLimit(QNode tree) {
        if (tree.kind() == Kind.TEMPLATE && !tree.child(0).children().isEmpty()) {
            return number(tree.child(0).child(0));
        }
        boolean takes = tree.kind() == Kind.BINARY
                && (tree.child(0).is(Kind.OPERATOR, "#") || tree.child(0).is(Kind.NAME, "sublist"));
        return takes ? number(tree.child(1)) : Long.MAX_VALUE;
    }

    private static long number(QNode node) {
        return node.kind() == Kind.LITERAL && node.text().matches("\\d{1,9}") ? Long.parseLong(node.text()) : Long.MAX_VALUE;
    }
}
