package io.dragoman.offline.directive;

import io.dragoman.offline.plan.Expression.TimeUnit;
import java.util.List;

/** The syntax tree of an expression, before names are resolved. */
sealed interface Node {

    /** Where it starts. */
    int offset();

    /** A column's name; {@code table} is null when it is not qualified. */
    record Name(String table, String column, int offset) implements Node {
    }

    record Number(String text, int offset) implements Node {
    }

    record Text(String text, int offset) implements Node {
    }

    record Truth(boolean value, int offset) implements Node {
    }

    /** The present day or moment, moved by some units. */
    record Present(boolean moment, int amount, TimeUnit unit, int offset)
            implements Node {
    }

    /**
     * A function call.
     *
     * @param star   whether the argument is {@code *}
     * @param filter of an aggregate; null for none
     */
    record Function(String name, List<Node> arguments, boolean distinct, boolean star, Node filter, int offset)
            implements Node {
    }

    /** An arithmetic or comparing operator, {@code and} or {@code or}. */
    record Binary(String operator, Node left, Node right, int offset) implements Node {
    }

    record Not(Node term, int offset) implements Node {
    }

    record In(Node value, List<Node> values, int offset) implements Node {
    }

    record Between(Node value, Node low, Node high, int offset) implements Node {
    }

    record Like(Node value, String pattern, int offset) implements Node {
    }

    record IsNull(Node value, int offset) implements Node {
    }
}
