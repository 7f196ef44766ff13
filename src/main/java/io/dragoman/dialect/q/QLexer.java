package io.dragoman.dialect.q;

import io.dragoman.dialect.q.QToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits q into tokens. White space matters: it tells comments from adverbs, and negative numbers from subtraction. */
final class QLexer {

    private final String text;
    private final List<QToken> tokens = new ArrayList<>();
    private int at;
    private boolean spaced = true;

    private QLexer(String text) {
        this.text = text;
    }

    static List<QToken> tokens(String text) throws QSyntaxException {
        QLexer lexer = new QLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.tokens.add(new QToken(Kind.END, "", text.length(), true));
        return lexer.tokens;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    private boolean lineStart() {
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    private void next() throws QSyntaxException {
        char c = text.charAt(at);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            at++;
            spaced = true;
        } else if (c == '/' && spaced) {
            comment();
        } else if (c == '\\' && (lineStart() || tokens.isEmpty())) {
            take(Kind.SYSTEM, lineEnd());
        } else if (c == '"') {
            take(Kind.STRING, stringEnd());
        } else if (c == '`') {
            take(Kind.SYMBOL, symbolEnd());
        } else if (digit(c) || c == '.' && digit(peek(1)) && !afterNoun()
                || c == '-' && (digit(peek(1)) || peek(1) == '.' && digit(peek(2))) && !afterNoun()) {
            number();
        } else if (letter(c) || c == '.' && letter(peek(1)) && (spaced || !afterNoun())) {
            take(Kind.NAME, nameEnd());
        } else {
            symbol(c);
        }
    }

    private void take(Kind kind, int end) {
        tokens.add(new QToken(kind, text.substring(at, end), at, spaced));
        at = end;
        spaced = false;
    }

    /** Whether a noun ends right before this character. */
    private boolean afterNoun() {
        if (spaced || tokens.isEmpty()) {
            return false;
        }
        Kind kind = tokens.get(tokens.size() - 1).kind();
        return kind == Kind.NUMBER || kind == Kind.STRING || kind == Kind.SYMBOL || kind == Kind.NAME || kind == Kind.CLOSE;
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void comment() {
        boolean block = lineStart() && text.substring(at, lineEnd()).strip().equals("/");
        at = lineEnd();
        while (block && at < text.length()) {
            at++;
            String line = text.substring(at, lineEnd()).strip();
            at = lineEnd();
            block = !line.equals("\\");
        }
        spaced = true;
    }

    private int stringEnd() throws QSyntaxException {
        for (int end = at + 1; end < text.length(); end++) {
            char c = text.charAt(end);
            if (c == '\\') {
                end++;
            } else if (c == '"') {
                return end + 1;
            }
        }
        throw new QSyntaxException("A string is not closed", at);
    }

    private int symbolEnd() {
        int end = at + 1;
        boolean handle = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            handle |= c == ':';
            boolean part = letter(c) || digit(c) || c == '.' || c == ':' || c == '_' && end > at + 1
                    || handle && c == '/';
            if (!part) {
                break;
            }
            end++;
        }
        return end;
    }

    private int nameEnd() {
        int end = at + 1;
        while (end < text.length() && (letter(text.charAt(end)) || digit(text.charAt(end)) || text.charAt(end) == '_'
                || text.charAt(end) == '.' && end + 1 < text.length() && letter(text.charAt(end + 1)))) {
            end++;
        }
        return end;
    }

    private void number() throws QSyntaxException {
        if ("012".indexOf(text.charAt(at)) >= 0 && peek(1) == ':' && !digit(peek(2))) {
            take(Kind.OPERATOR, at + 2);
            return;
        }
        int end = at + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean exponent = (c == '-' || c == '+') && (text.charAt(end - 1) == 'e') && end + 1 < text.length()
                    && digit(text.charAt(end + 1)) && !text.startsWith("0x", at);
            boolean colon = c == ':' && end + 1 < text.length() && digit(text.charAt(end + 1));
            if (!digit(c) && !letter(c) && c != '.' && !colon && !exponent) {
                break;
            }
            end++;
        }
        if (!QLiteral.valid(text.substring(at, end))) {
            throw new QSyntaxException("Not a number or time: " + text.substring(at, Math.min(end, at + 40)), at);
        }
        take(Kind.NUMBER, end);
    }

    private void symbol(char c) throws QSyntaxException {
        if (c == ';') {
            take(Kind.SEMICOLON, at + 1);
        } else if ("([{".indexOf(c) >= 0) {
            take(Kind.OPEN, at + 1);
        } else if (")]}".indexOf(c) >= 0) {
            take(Kind.CLOSE, at + 1);
        } else if ("'/\\".indexOf(c) >= 0) {
            take(Kind.ADVERB, at + (peek(1) == ':' ? 2 : 1));
        } else if ("+-*%&|^=<>~!#_,.@?$:".indexOf(c) >= 0) {
            operator(c);
        } else {
            throw new QSyntaxException("The character '" + c + "' is not q", at);
        }
    }

    private void operator(char c) {
        int length = c == '<' && (peek(1) == '=' || peek(1) == '>') || c == '>' && peek(1) == '=' ? 2 : 1;
        if (peek(length) == ':' && (c != ':' || length == 1)) {
            length++;
        }
        take(Kind.OPERATOR, at + length);
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
