package io.dragoman.dialect.q;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.QueryLimits;
import io.dragoman.dialect.q.QNode.Kind;
import java.util.List;

/**
 * A text read as one q statement. The tree or the finding is null.
 *
 * @param query   the text without surrounding white space and without a semicolon at its end
 * @param tree    the tree; null when there is none
 * @param finding why there is none
 */
public record QParse(String query, QNode tree, Finding finding) {

    private static final int MAX_DEPTH = 1_000;

    /** Reads a text of no more than {@link QueryLimits#DEFAULT}. */
    public static QParse of(String text) {
        return of(text, QueryLimits.DEFAULT);
    }

    static QParse of(String text, QueryLimits limits) {
        if (text == null || text.isBlank()) {
            return refused("SYNTAX_ERROR", Check.SYNTAX, "The query is empty", null);
        }
        if (text.length() > limits.maxLength()) {
            return refused("QUERY_TOO_LONG", Check.SAFETY, "The query is longer than " + limits.maxLength()
                    + " characters", null);
        }
        try {
            List<QToken> tokens = QLexer.tokens(text);
            if (tokens.size() > limits.maxTokens()) {
                return refused("QUERY_TOO_LONG", Check.SAFETY, "The query has more than " + limits.maxTokens()
                        + " words and signs", Position.of(text, tokens.get(limits.maxTokens()).offset()));
            }
            QNode tree = QParser.parse(tokens);
            if (tooDeep(tree)) {
                return refused("QUERY_TOO_DEEP", Check.SAFETY, "The query nests too deep", null);
            }
            if (tree.kind() == Kind.SEQUENCE && tree.children().stream().skip(1).allMatch(part -> part.kind() == Kind.EMPTY)) {
                tree = tree.child(0);
            }
            return tree.kind() == Kind.EMPTY ? refused("SYNTAX_ERROR", Check.SYNTAX, "The query is empty", null)
                    : new QParse(query(text, tree), tree, null);
        } catch (QSyntaxException e) {
            return refused("SYNTAX_ERROR", Check.SYNTAX, e.getMessage(), Position.of(text, e.offset()));
        } catch (StackOverflowError e) {
            return refused("QUERY_TOO_DEEP", Check.SAFETY, "The query nests too deep", null);
        }
    }

    /** The text itself where it is one line without a comment; else printed, so that nothing is read in two ways. */
    private static String query(String text, QNode tree) {
        String core = text.strip();
        while (core.endsWith(";")) {
            core = core.substring(0, core.length() - 1).stripTrailing();
        }
        boolean plain = core.chars().noneMatch(c -> c == '\n' || c == '\r') && !core.contains(" /") && !core.contains("\t/");
        return plain ? core : QPrinter.print(tree);
    }

    private static QParse refused(String code, Check check, String message, Position position) {
        return new QParse(null, null, new Finding(code, check, Severity.ERROR, message, position, null));
    }

    /** Iterators and brackets after a term nest without the parser recursing; what walks the tree does. */
    private static boolean tooDeep(QNode tree) {
        List<QNode> level = List.of(tree);
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            level = level.stream().flatMap(node -> node.children().stream()).toList();
            if (level.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
