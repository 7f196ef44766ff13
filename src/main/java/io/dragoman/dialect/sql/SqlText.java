package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.sql.Lexis.Habit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A query's text as the database itself would split it: where its comments, constants and quoted names begin and end.
 * The parser sees the text with comments blanked, and {@link TokenCover} then holds its tokens against these spans, so
 * that no text means one thing to the parser and another to the database.
 */
final class SqlText {

    /** Brackets and CASE may be nested so deep. */
    static final int MAX_DEPTH = 100;

    private final String text;
    private final Lexis lexis;
    private final StringBuilder masked;
    private final List<Span> spans = new ArrayList<>();
    private final List<Integer> semicolons = new ArrayList<>();
    private final List<ArrayWords.Word> words = new ArrayList<>();
    private Set<String> offsets = Set.of();
    private int depth;
    private int tokens;
    private final int maxTokens;
    private String firstWord;
    private Finding finding;

    /** A quoted part of the text, quotes included. */
    record Span(int start, int end) {
    }

    private SqlText(String text, Lexis lexis, int maxTokens) {
        this.text = text;
        this.lexis = lexis;
        this.maxTokens = maxTokens;
        this.masked = new StringBuilder(text);
    }

    /** @param maxTokens the most words, numbers, texts and signs */
    static SqlText scan(String text, Lexis lexis, int maxTokens) {
        SqlText scanned = new SqlText(text, lexis, maxTokens);
        scanned.scan();
        return scanned;
    }

    /** What the text breaks; null when it can be parsed. */
    Finding finding() {
        return finding;
    }

    /**
     * The text with comments and trailing semicolons blanked, and with texts spelled as the parser knows them, as long as
     * the original.
     */
    String masked() {
        return masked.toString();
    }

    /** Columns that the text names in a way that the parser does not know, lower case. */
    Set<String> offsets() {
        return offsets;
    }

    List<Span> spans() {
        return spans;
    }

    /** The first word in upper case; empty when there is none. */
    String firstWord() {
        return firstWord == null ? "" : firstWord;
    }

    private void scan() {
        int at = 0;
        while (at < text.length() && finding == null) {
            at = token(at);
        }
        if (finding == null) {
            endAtSemicolon();
        }
        if (finding == null && lexis.has(Habit.PYTHON_TEXTS)) {
            offsets = ArrayWords.hide(masked, words);
        }
    }

    private int token(int at) {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (c == '-' && next == '-' && commentFollows(at)) {
            return lineComment(at);
        } else if (c == '#' && lexis.has(Habit.HASH_COMMENTS)) {
            return lineComment(at);
        } else if (c == '/' && next == '*') {
            return blockComment(at);
        } else if (Character.isWhitespace(c)) {
            return at + 1;
        } else if (++tokens > maxTokens) {
            refuse("QUERY_TOO_LONG", Check.SAFETY, "The query has more than " + maxTokens + " words and signs", at);
            return text.length();
        } else if (c == '\'' || c == '"' || c == '`') {
            return quoted(at, at);
        } else if (c == '[' && lexis.has(Habit.BRACKETS)) {
            return bracketed(at);
        } else if (c == '$' && lexis.has(Habit.DOLLAR_QUOTES)) {
            return dollarQuoted(at);
        } else if (Character.isLetter(c) || c == '_') {
            return word(at);
        } else if (Character.isDigit(c)) {
            return numberEnd(at);
        }
        return symbol(at, c);
    }

    /** Where a database takes two dashes for two signs, a text with them is refused: the parser would not read it so. */
    private boolean commentFollows(int at) {
        boolean blank = at + 2 >= text.length() || text.charAt(at + 2) <= ' ';
        if (lexis.has(Habit.DASHES_NEED_A_BLANK) && !blank) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "Two dashes start a comment only before a blank; write '-- '", at);
        }
        return true;
    }

    private int symbol(int at, char c) {
        if (c == '(' || c == '[' || c == '{') {
            deeper(at);
        } else if (c == ')' || c == ']' || c == '}') {
            depth--;
        } else if (c == ';') {
            semicolons.add(at);
        } else if (Character.isISOControl(c) || c > '\u007f'
                && (!Character.isUnicodeIdentifierPart(c) || Character.isIdentifierIgnorable(c))) {
            refuse("ILLEGAL_CHARACTER", Check.SYNTAX, String.format("The query has the character U+%04X outside of quotes",
                    (int) c), at);
        }
        return at + 1;
    }

    private void deeper(int at) {
        if (++depth > MAX_DEPTH) {
            refuse("QUERY_TOO_DEEP", Check.SAFETY, "The query nests deeper than " + MAX_DEPTH + " levels", at);
        }
    }

    private int lineComment(int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        blank(at, end);
        return end;
    }

    private int blockComment(int at) {
        int level = 1;
        int end = at + 2;
        while (end < text.length() && level > 0) {
            if (text.startsWith("*/", end)) {
                level--;
                end += 2;
            } else if (lexis.has(Habit.NESTED_COMMENTS) && text.startsWith("/*", end)) {
                level++;
                end += 2;
            } else {
                end++;
            }
        }
        if (level > 0) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A comment is not closed", at);
        } else if (text.startsWith("/*!", at) || text.startsWith("/*M!", at) || text.startsWith("/*m!", at)) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A comment that some databases run as a statement", at);
        } else if (!lexis.has(Habit.NESTED_COMMENTS) && text.substring(at + 2, end).contains("/*")
                && lexis.has(Habit.HASH_COMMENTS)) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A comment within a comment, which versions read differently", at);
        }
        blank(at, end);
        return end;
    }

    private void blank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                masked.setCharAt(i, ' ');
            }
        }
    }

    private int bracketed(int at) {
        int close = text.indexOf(']', at);
        int nul = text.indexOf('\0', at);
        if (close < 0 || nul >= 0 && nul < close) {
            return unclosed(at);
        }
        spans.add(new Span(at, close + 1));
        return close + 1;
    }

    /**
     * A text or name in quotes.
     *
     * @param start where it begins, with a prefix such as {@code E}
     * @param open  where its first quote is
     */
    private int quoted(int start, int open) {
        char quote = text.charAt(open);
        boolean python = lexis.has(Habit.PYTHON_TEXTS);
        boolean literal = quote == '\'' || quote == '"' && lexis.has(Habit.DOUBLE_QUOTED_TEXTS);
        if (python && literal) {
            return new PythonText(text, masked).read(start, open, spans, this::unclosed);
        }
        boolean escapes = python || start < open && lexis.has(Habit.ESCAPE_STRINGS) && "eE".indexOf(text.charAt(start)) >= 0;
        int end = open + 1;
        while (end < text.length() && text.charAt(end) != 0) {
            char c = text.charAt(end);
            if (c == '\\' && escapes) {
                end += 2;
            } else if (c == quote && !python && end + 1 < text.length() && text.charAt(end + 1) == quote) {
                end += 2;
            } else if (c == quote) {
                return close(start, open, end, literal, escapes);
            } else {
                end++;
            }
        }
        return unclosed(start);
    }

    private int close(int start, int open, int end, boolean literal, boolean escapes) {
        if (literal && lexis.has(Habit.PERHAPS_BACKSLASHES) && escapesQuote(open + 1, end + 1)) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A backslash before a quote means different things in different sessions; "
                    + "write the quote twice", start);
        }
        if (literal) {
            hideBackslashes(open, end, escapes);
        }
        if (literal && text.charAt(open) == '"') {
            singleQuotes(masked, open, end);
        }
        spans.add(new Span(start, end + 1));
        return end + 1;
    }

    /** The parser has rules of its own for backslashes. */
    private void hideBackslashes(int open, int end, boolean escapes) {
        for (int i = open + 1; i < end; i++) {
            if (text.charAt(i) == '\\') {
                masked.setCharAt(i, '_');
                if (escapes) {
                    masked.setCharAt(++i, '_');
                }
            }
        }
    }

    /** Shows the parser a text in double quotes as one in single quotes. */
    static void singleQuotes(StringBuilder masked, int open, int end) {
        for (int i = open + 1; i < end; i++) {
            if (masked.charAt(i) == '\'' || masked.charAt(i) == '"') {
                masked.setCharAt(i, '_');
            }
        }
        masked.setCharAt(open, '\'');
        masked.setCharAt(end, '\'');
    }

    /** Whether an odd number of backslashes stands before a quote. */
    private boolean escapesQuote(int start, int end) {
        int backslashes = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c == '\'' || c == '"') && backslashes % 2 == 1) {
                return true;
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }
        return false;
    }

    private int unclosed(int at) {
        refuse("SYNTAX_ERROR", Check.SYNTAX, "A quote is not closed", at);
        return text.length();
    }

    private int dollarQuoted(int at) {
        int tagEnd = text.indexOf('$', at + 1);
        String tag = tagEnd < 0 ? "" : text.substring(at, tagEnd + 1);
        if (tag.isEmpty() || !tag.substring(1, tag.length() - 1).chars().allMatch(Character::isUnicodeIdentifierPart)) {
            return at + 1;
        }
        int close = text.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            return unclosed(at);
        }
        spans.add(new Span(at, close + tag.length()));
        return close + tag.length();
    }

    private int word(int at) {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_'
                || text.charAt(end) == '$')) {
            end++;
        }
        String word = text.substring(at, end).toUpperCase(Locale.ROOT);
        char next = end < text.length() ? text.charAt(end) : 0;
        if (word.equals("U") && next == '&' && end + 1 < text.length()
                && (text.charAt(end + 1) == '\'' || text.charAt(end + 1) == '"')) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "Text and names in Unicode escapes are not read; write them plainly", at);
        }
        if (next == '\'' && word.length() == 1 && "EBXN".contains(word) || PythonText.prefix(word, next, lexis)) {
            return quoted(at, end);
        }
        if (word.equals("CASE")) {
            deeper(at);
        } else if (word.equals("END")) {
            depth--;
        }
        if (firstWord == null) {
            firstWord = word;
        }
        if (lexis.has(Habit.PYTHON_TEXTS)) {
            words.add(new ArrayWords.Word(at, end, word));
        }
        return end;
    }

    private int numberEnd(int at) {
        int end = at;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void endAtSemicolon() {
        for (int semicolon : semicolons) {
            for (int i = semicolon + 1; i < masked.length(); i++) {
                char c = masked.charAt(i);
                if (c != ';' && !Character.isWhitespace(c)) {
                    refuse("MULTIPLE_STATEMENTS", Check.SAFETY, "Only one statement may be run", i);
                    return;
                }
            }
            masked.setCharAt(semicolon, ' ');
        }
    }

    private void refuse(String code, Check check, String message, int at) {
        if (finding == null) {
            finding = new Finding(code, check, Severity.ERROR, message, Position.of(text, at), null);
        }
    }
}
