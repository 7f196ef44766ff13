package io.dragoman.schema.format;

import java.util.Locale;
import java.util.Set;

/**
 * Hides what the SQL parser does not know: what follows {@code CREATE TABLE (…)} in SQLite is left out, and nested types
 * of DuckDB and BigQuery are put in quotes, so that they read as names of types.
 */
final class PlainDdl {

    private static final Set<String> NESTED = Set.of("STRUCT", "MAP", "UNION", "ROW", "ARRAY", "OPTIONS");

    private PlainDdl() {
    }

    static String of(String text) {
        StringBuilder plain = new StringBuilder(text);
        int depth = 0;
        int i = 0;
        while (i < plain.length()) {
            char character = plain.charAt(i);
            if (character == '\'' || character == '"' || character == '`') {
                int end = plain.indexOf(String.valueOf(character), i + 1);
                i = end < 0 ? plain.length() : end + 1;
            } else if (Character.isLetter(character)) {
                int end = i;
                while (end < plain.length() && Character.isLetterOrDigit(plain.charAt(end))) {
                    end++;
                }
                i = nested(plain, i, end);
            } else {
                depth += character == '(' ? 1 : character == ')' ? -1 : 0;
                i++;
                if (character == ')' && depth == 0) {
                    return plain.substring(0, i);
                }
            }
        }
        return plain.toString();
    }

    private static int nested(StringBuilder text, int from, int end) {
        String word = text.substring(from, end).toUpperCase(Locale.ROOT);
        if (!NESTED.contains(word) || end >= text.length() || text.charAt(end) != '(' && text.charAt(end) != '<') {
            return end;
        }
        char open = text.charAt(end);
        char close = open == '(' ? ')' : '>';
        int depth = 0;
        for (int i = end; i < text.length(); i++) {
            depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
            if (depth == 0) {
                String hidden = word.equals("OPTIONS") ? "" : '"' + text.substring(from, i + 1).replace("\"", "") + '"';
                text.replace(from, i + 1, hidden);
                return from + hidden.length();
            }
        }
        return end;
    }
}
