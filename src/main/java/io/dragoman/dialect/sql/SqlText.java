package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    private int depth;
    private String firstWord;
    private Finding finding;

    /** A quoted part of the text, quotes included. */
    record Span(int start, int end) {
    }

    /** How a database splits text. */
    record Lexis(boolean nestedComments, boolean hashComments, boolean escapeStrings, boolean brackets,
            boolean dollarQuotes) {
    }

    private SqlText(String text, Lexis lexis) {
        this.text = text;
        this.lexis = lexis;
        this.masked = new StringBuilder(text);
    }

    static SqlText scan(String text, Lexis lexis) {
        SqlText scanned = new SqlText(text, lexis);
        scanned.scan();
        return scanned;
    }

    /** What the text breaks; null when it can be parsed. */
    Finding finding() {
        return finding;
    }

    /** The text with comments and trailing semicolons blanked, as long as the original. */
    String masked() {
        return masked.toString();
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
    }

    private int token(int at) {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        if (c == '-' && next == '-' || lexis.hashComments() && c == '#') {
            return lineComment(at);
        } else if (c == '/' && next == '*') {
            return blockComment(at);
        } else if (c == '\'' || c == '"' || c == '`') {
            return quoted(at, at, c, false);
        } else if (c == '[' && lexis.brackets()) {
            return quoted(at, at, ']', false);
        } else if (c == '$' && lexis.dollarQuotes()) {
            return dollarQuoted(at);
        } else if (Character.isLetter(c) || c == '_') {
            return word(at);
        } else if (Character.isDigit(c)) {
            return numberEnd(at);
        }
        return symbol(at, c);
    }

    private int symbol(int at, char c) {
        if (c == '(' || c == '[' || c == '{') {
            deeper(at);
        } else if (c == ')' || c == ']' || c == '}') {
            depth--;
        } else if (c == ';') {
            semicolons.add(at);
        } else if (Character.isISOControl(c) && !Character.isWhitespace(c)) {
            refuse("ILLEGAL_CHARACTER", Check.SYNTAX, "The query has a control character", at);
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
            } else if (lexis.nestedComments() && text.startsWith("/*", end)) {
                level++;
                end += 2;
            } else {
                end++;
            }
        }
        if (level > 0) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A comment is not closed", at);
        } else if (text.startsWith("/*!", at)) {
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A comment that some databases run as a statement", at);
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

    private int quoted(int start, int open, char close, boolean escapes) {
        int end = open + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == 0) {
                break;
            } else if (escapes && c == '\\') {
                end += 2;
            } else if (c == close && end + 1 < text.length() && text.charAt(end + 1) == close && close != ']') {
                end += 2;
            } else if (c == close) {
                spans.add(new Span(start, end + 1));
                return end + 1;
            } else {
                end++;
            }
        }
        refuse("SYNTAX_ERROR", Check.SYNTAX, "A quote is not closed", start);
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
            refuse("SYNTAX_ERROR", Check.SYNTAX, "A quote is not closed", at);
            return text.length();
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
        if (next == '\'' && word.length() == 1 && "EBXN".contains(word)) {
            return quoted(at, end, '\'', word.equals("E") && lexis.escapeStrings());
        }
        if (word.equals("CASE")) {
            deeper(at);
        } else if (word.equals("END")) {
            depth--;
        }
        if (firstWord == null) {
            firstWord = word;
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
