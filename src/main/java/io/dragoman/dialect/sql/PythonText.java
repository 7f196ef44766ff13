package io.dragoman.dialect.sql;

import io.dragoman.dialect.sql.Lexis.Habit;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A text as BigQuery writes it: in one or three quotes of either kind, with backslashes that escape or, after {@code r},
 * only keep a quote from ending it. The parser is shown a text in single quotes of the same length.
 */
record PythonText(String text, StringBuilder masked) {

    /** Whether a word before a quote is a prefix of the text. */
    static boolean prefix(String word, char next, Lexis lexis) {
        return lexis.has(Habit.PYTHON_TEXTS) && (next == '\'' || next == '"')
                && (word.equals("R") || word.equals("B") || word.equals("RB") || word.equals("BR"));
    }

    /** Where the text that starts with a prefix, or with its first quote, ends. */
    int read(int start, int open, List<SqlText.Span> spans, IntUnaryOperator unclosed) {
        String one = text.substring(open, open + 1);
        String quotes = text.startsWith(one.repeat(3), open) ? one.repeat(3) : one;
        int at = open + quotes.length();
        while (at < text.length() && text.charAt(at) != 0 && !text.startsWith(quotes, at)) {
            boolean lineEnds = quotes.length() == 1 && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
            if (lineEnds) {
                return unclosed.applyAsInt(start);
            }
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length() || text.charAt(at) == 0) {
            return unclosed.applyAsInt(start);
        }
        int end = at + quotes.length();
        for (int i = start; i < end; i++) {
            char c = masked.charAt(i);
            if (i < open || c == '\'' || c == '"' || c == '\\') {
                masked.setCharAt(i, '_');
            }
        }
        masked.setCharAt(start, '\'');
        masked.setCharAt(end - 1, '\'');
        spans.add(new SqlText.Span(start, end));
        return end;
    }
}
