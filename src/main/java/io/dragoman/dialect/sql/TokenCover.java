package io.dragoman.dialect.sql;

import java.util.Iterator;
import java.util.List;
import net.sf.jsqlparser.parser.Token;

/** Holds the parser's tokens against the text: they must cover all of it, and split quotes where the database does. */
final class TokenCover {

    private TokenCover() {
    }

    /**
     * @param masked the text that was parsed
     * @param spans  the quoted parts, in order, as the database splits them
     * @param first  the parser's first token
     * @return the offset where they part; -1 when they agree
     */
    static int mismatch(String masked, List<SqlText.Span> spans, Token first) {
        Iterator<SqlText.Span> rest = spans.iterator();
        SqlText.Span span = rest.hasNext() ? rest.next() : null;
        int at = 0;
        for (Token token = first; token != null && token.absoluteEnd > 0; token = token.next) {
            int start = token.absoluteBegin - 1;
            int end = token.absoluteEnd - 1;
            if (end <= start) {
                break;
            }
            if (!blank(masked, at, start)) {
                return at;
            }
            if (span != null && start == span.start() && end == span.end()) {
                span = rest.hasNext() ? rest.next() : null;
            } else if (span != null && end > span.start() || hasQuote(masked, start, end)) {
                return start;
            }
            at = end;
        }
        return span == null && blank(masked, at, masked.length()) ? -1 : at;
    }

    private static boolean blank(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasQuote(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                return true;
            }
        }
        return false;
    }
}
