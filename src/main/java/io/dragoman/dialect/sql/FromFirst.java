package io.dragoman.dialect.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A query that begins with FROM, as DuckDB allows, put into the usual order. The new text is both checked and run.
 *
 * @param text       the query in the usual order
 * @param moved      how many characters at its beginning stood elsewhere
 * @param selectFrom where they stood; -1 when they are new
 * @param fromEnd    where in the original text FROM and its tables end
 */
record FromFirst(String text, int moved, int selectFrom, int fromEnd) {

    private static final String ALL = "SELECT *\n";
    private static final Set<String> CLAUSES = Set.of("WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "ORDER", "LIMIT",
            "OFFSET", "UNION", "INTERSECT", "EXCEPT", "FETCH");

    static FromFirst of(SqlText scanned) {
        String masked = scanned.masked();
        List<SqlText.Span> spans = scanned.spans();
        int span = 0;
        int depth = 0;
        int select = -1;
        int at = 0;
        while (at < masked.length()) {
            while (span < spans.size() && spans.get(span).end() <= at) {
                span++;
            }
            char c = masked.charAt(at);
            if (span < spans.size() && spans.get(span).start() == at) {
                at = spans.get(span).end();
                continue;
            } else if (Character.isLetter(c) || c == '_') {
                int end = wordEnd(masked, at);
                String word = depth == 0 ? masked.substring(at, end).toUpperCase(Locale.ROOT) : "";
                if (select < 0 && word.equals("SELECT")) {
                    select = at;
                } else if (CLAUSES.contains(word)) {
                    return select < 0 ? all(masked) : swapped(masked, select, at);
                }
                at = end;
                continue;
            }
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            at++;
        }
        return select < 0 ? all(masked) : swapped(masked, select, masked.length());
    }

    private static FromFirst all(String masked) {
        return new FromFirst(ALL + masked, ALL.length(), -1, 0);
    }

    private static FromFirst swapped(String masked, int select, int end) {
        String head = masked.substring(select, end) + "\n";
        return new FromFirst(head + masked.substring(0, select) + masked.substring(end), head.length(), select, select);
    }

    /** Where a place of the new text was in the original. */
    int original(int offset) {
        if (selectFrom < 0) {
            return Math.max(0, offset - moved);
        }
        if (offset < moved) {
            return selectFrom + offset;
        }
        int within = offset - moved;
        return within < fromEnd ? within : within + moved - 1;
    }

    private static int wordEnd(String text, int at) {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_'
                || text.charAt(end) == '$')) {
            end++;
        }
        return end;
    }
}
