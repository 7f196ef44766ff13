package io.dragoman.offline;

import io.dragoman.offline.Link.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds columns that a question names by their table: {@code orders.amount}, also with names of several words or in
 * quotes. This is how an ambiguous question's choices are written, so that a choice put in its place is understood.
 */
final class QualifiedNames {

    /** More than any words that such a name is made of could explain, and than any distance between tables costs. */
    private static final double CERTAIN = 6;
    private static final String OPENING = "\"'`[“‘";
    private static final String CLOSING = "\"'`]”’";

    private final String question;
    private final List<Token> tokens;
    private final List<Link> found = new ArrayList<>();

    private QualifiedNames(String question, List<Token> tokens) {
        this.question = question;
        this.tokens = tokens;
    }

    /**
     * One link a name, or several where tables of the same name have the column. Longer names hide shorter ones within.
     *
     * @param tokens the tokens of the question
     */
    static List<Link> of(String question, List<Token> tokens, Lexicon lexicon) {
        QualifiedNames names = new QualifiedNames(question, tokens);
        for (int dot = question.indexOf('.'); dot >= 0; dot = question.indexOf('.', dot + 1)) {
            for (TableLexicon table : lexicon.tables()) {
                int start = names.before(dot, table.table.name());
                if (start >= 0) {
                    names.columns(table.table, start, dot);
                }
            }
        }
        names.found.removeIf(link -> names.found.stream().anyMatch(other -> other.overlaps(link)
                && other.end() - other.start() > link.end() - link.start()));
        return names.found;
    }

    private void columns(TableNode table, int start, int dot) {
        int longest = 0;
        List<Link> best = new ArrayList<>();
        for (ColumnNode column : table.columns) {
            int end = after(dot, column.name());
            if (end < 0 || end < longest) {
                continue;
            }
            Link link = link(start, end, column);
            if (link != null) {
                if (end > longest) {
                    best.clear();
                }
                longest = end;
                best.add(link);
            }
        }
        found.addAll(best);
    }

    /** Where the name that ends at the point starts, quotes included; -1 when another name is there. */
    private int before(int dot, String name) {
        int quote = dot > 0 ? CLOSING.indexOf(question.charAt(dot - 1)) : -1;
        int end = quote >= 0 ? dot - 1 : dot;
        int start = end - name.length();
        if (start < 0 || name.isEmpty() || !question.regionMatches(true, start, name, 0, name.length())) {
            return -1;
        }
        if (quote >= 0) {
            return start > 0 && question.charAt(start - 1) == OPENING.charAt(quote) ? start - 1 : -1;
        }
        return start == 0 || !part(question.charAt(start - 1)) ? start : -1;
    }

    /** Where the name that starts after the point ends, quotes included; -1 when another name is there. */
    private int after(int dot, String name) {
        int quote = dot + 1 < question.length() ? OPENING.indexOf(question.charAt(dot + 1)) : -1;
        int start = quote >= 0 ? dot + 2 : dot + 1;
        int end = start + name.length();
        if (name.isEmpty() || !question.regionMatches(true, start, name, 0, name.length())) {
            return -1;
        }
        if (quote >= 0) {
            return end < question.length() && question.charAt(end) == CLOSING.charAt(quote) ? end + 1 : -1;
        }
        return end == question.length() || !part(question.charAt(end)) ? end : -1;
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** The tokens between two places; null when a token is only partly between, as when both names are in one quotation. */
    private Link link(int start, int end, ColumnNode column) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.start() < end && token.end() > start) {
                if (token.start() < start - 1 || token.end() > end + 1) {
                    return null;
                }
                first = first < 0 ? i : first;
                last = i + 1;
            }
        }
        return first < 0 ? null : new Link(first, last, Kind.COLUMN, column.table, column, null, null, CERTAIN + last - first);
    }
}
