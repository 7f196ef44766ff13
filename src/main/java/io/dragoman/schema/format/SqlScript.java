package io.dragoman.schema.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a script of SQL apart into its statements, in one pass. Knows comments, quoted names and texts, PostgreSQL's
 * dollar quotes and the data that follow a {@code COPY … FROM stdin}, and the commands of psql and of the mysql client.
 */
final class SqlScript {

    private static final int FIRST_WORDS = 8;

    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private int position;
    private int line = 1;

    private int start = -1;
    private int startLine;
    private int depth;
    private int deepest;
    private List<String> words = new ArrayList<>();

    private SqlScript(String text) {
        this.text = text;
    }

    /**
     * One statement.
     *
     * @param text    without the semicolon, from its first word on
     * @param line    where it begins, from 1
     * @param words   its first words outside quotes, in capitals
     * @param nesting how deep its parentheses go
     */
    record Statement(String text, int line, List<String> words, int nesting) {

        /** Whether it begins with these words. */
        boolean begins(String... first) {
            return words.size() >= first.length && words.subList(0, first.length).equals(List.of(first));
        }
    }

    static List<Statement> split(String text) {
        SqlScript script = new SqlScript(text);
        while (script.position < text.length()) {
            script.step();
        }
        script.end();
        return script.statements;
    }

    private void step() {
        char character = text.charAt(position);
        if (Character.isWhitespace(character)) {
            advance(position + 1);
        } else if (text.startsWith("--", position) || start < 0 && (character == '#' || character == '\\')
                || start < 0 && isWord("DELIMITER")) {
            advance(endOfLine());
        } else if (text.startsWith("/*", position)) {
            advance(after("*/", position + 2));
        } else if (character == ';') {
            boolean copied = words.contains("COPY") && words.contains("STDIN");
            end();
            advance(position + 1);
            if (copied) {
                advance(after("\n\\.", position));
            }
        } else {
            begin();
            token(character);
        }
    }

    private void token(char character) {
        if (character == '\'') {
            boolean escapes = position > start && (text.charAt(position - 1) == 'E' || text.charAt(position - 1) == 'e');
            advance(afterQuoted('\'', escapes));
        } else if (character == '"' || character == '`') {
            advance(afterQuoted(character, false));
        } else if (character == '$' && dollarTag() != null) {
            String tag = dollarTag();
            advance(after(tag, position + tag.length()));
        } else if (character == '(') {
            deepest = Math.max(deepest, ++depth);
            advance(position + 1);
        } else if (character == ')') {
            depth--;
            advance(position + 1);
        } else if (Character.isLetter(character) || character == '_') {
            int end = position;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_'
                    || text.charAt(end) == '$')) {
                end++;
            }
            boolean prefix = end - position == 1 && end < text.length() && text.charAt(end) == '\'';
            if (!prefix && depth == 0 && words.size() < FIRST_WORDS) {
                words.add(text.substring(position, end).toUpperCase(Locale.ROOT));
            }
            advance(end);
        } else {
            advance(position + 1);
        }
    }

    private void begin() {
        if (start < 0) {
            start = position;
            startLine = line;
        }
    }

    private void end() {
        if (start >= 0) {
            statements.add(new Statement(text.substring(start, Math.min(position, text.length())), startLine, words,
                    deepest));
        }
        start = -1;
        depth = 0;
        deepest = 0;
        words = new ArrayList<>();
    }

    private void advance(int to) {
        for (int i = position; i < to; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        position = to;
    }

    private boolean isWord(String word) {
        return text.regionMatches(true, position, word, 0, word.length());
    }

    private int endOfLine() {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }

    private int after(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    /** A doubled quote stands for itself; a backslash takes the next character in MySQL and in {@code E'…'}. */
    private int afterQuoted(char quote, boolean escapes) {
        int i = position + 1;
        while (i < text.length()) {
            char character = text.charAt(i);
            if (character == '\\' && quote == '\'' && (escapes || i + 1 < text.length() && text.charAt(i + 1) == '\''
                    && !endsStatement(i + 2))) {
                i += 2;
            } else if (character == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i += 2;
                } else {
                    return i + 1;
                }
            } else {
                i++;
            }
        }
        return text.length();
    }

    /** Whether only a separator follows, so that a backslash before the quote was the text's last character. */
    private boolean endsStatement(int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i >= text.length() || ",;)".indexOf(text.charAt(i)) >= 0;
    }

    private String dollarTag() {
        int end = position + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        boolean tag = end < text.length() && text.charAt(end) == '$' && end - position <= 64
                && !(end > position + 1 && Character.isDigit(text.charAt(position + 1)));
        return tag ? text.substring(position, end + 1) : null;
    }
}
