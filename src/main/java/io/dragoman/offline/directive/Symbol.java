package io.dragoman.offline.directive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A token of an expression.
 *
 * @param kind   what it is
 * @param text   as written; a text constant without its quotes
 * @param offset where it starts
 */
record Symbol(Kind kind, String text, int offset) {

    /** The kinds of tokens. */
    enum Kind { NAME, QUOTED_NAME, NUMBER, TEXT, OPERATOR, END }

    /** Whether it is that operator or keyword, ignoring case. */
    boolean is(String other) {
        return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equalsIgnoreCase(other);
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The tokens of an expression, an end token last. */
    static List<Symbol> read(String expression) {
        List<Symbol> symbols = new ArrayList<>();
        int at = 0;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            Symbol symbol = next(expression, at, c);
            symbols.add(symbol);
            at = end(expression, symbol, c);
        }
        symbols.add(new Symbol(Kind.END, "", expression.length()));
        return symbols;
    }

    private static Symbol next(String expression, int at, char c) {
        if (Character.isLetter(c) || c == '_') {
            return new Symbol(Kind.NAME, expression.substring(at, run(expression, at)), at);
        }
        if (Character.isDigit(c) && c < 128) {
            int end = at;
            while (end < expression.length() && (expression.charAt(end) >= '0' && expression.charAt(end) <= '9'
                    || expression.charAt(end) == '.')) {
                end++;
            }
            String number = expression.substring(at, end);
            if (number.endsWith(".") || number.indexOf('.') != number.lastIndexOf('.') || number.length() > 30) {
                throw new InvalidExpressionException("'" + number + "' is no number.", at, null);
            }
            return new Symbol(Kind.NUMBER, number, at);
        }
        if (c == '\'' || c == '"' || c == '`') {
            return quoted(expression, at, c);
        }
        String two = expression.substring(at, Math.min(expression.length(), at + 2));
        if (List.of("<=", ">=", "<>", "!=", "==").contains(two)) {
            return new Symbol(Kind.OPERATOR, two, at);
        }
        if ("+-*/(),=<>.%".indexOf(c) >= 0) {
            return new Symbol(Kind.OPERATOR, String.valueOf(c), at);
        }
        throw new InvalidExpressionException("The character '" + c + "' has no meaning here.", at, null);
    }

    private static Symbol quoted(String expression, int at, char quote) {
        StringBuilder text = new StringBuilder();
        for (int i = at + 1; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == quote && i + 1 < expression.length() && expression.charAt(i + 1) == quote) {
                i++;
            } else if (c == quote) {
                return new Symbol(quote == '\'' ? Kind.TEXT : Kind.QUOTED_NAME, text.toString(), at);
            }
            text.append(c);
        }
        throw new InvalidExpressionException("The quote that opens here is never closed.", at, null);
    }

    private static int end(String expression, Symbol symbol, char first) {
        if (symbol.kind() != Kind.TEXT && symbol.kind() != Kind.QUOTED_NAME) {
            return symbol.offset() + symbol.text().length();
        }
        int at = symbol.offset() + 1;
        while (expression.charAt(at) != first || at + 1 < expression.length() && expression.charAt(at + 1) == first) {
            at += expression.charAt(at) == first ? 2 : 1;
        }
        return at + 1;
    }

    private static int run(String expression, int at) {
        int end = at;
        while (end < expression.length() && (Character.isLetterOrDigit(expression.charAt(end))
                || expression.charAt(end) == '_')) {
            end++;
        }
        return end;
    }
}
