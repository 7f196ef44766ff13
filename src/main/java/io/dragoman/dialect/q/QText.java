package io.dragoman.dialect.q;

/** Writes texts as q's strings and symbols. */
final class QText {

    private QText() {
    }

    /** A string with its quotes and escapes. A one-letter string is a list, as all others are. */
    static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(switch (c) {
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                case '\t' -> "\\t";
                default -> String.valueOf(c);
            });
        }
        return out.append('"').toString();
    }

    /** The pattern that only this text matches. */
    static String pattern(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append(c == '*' || c == '?' || c == '[' ? "[" + c + "]" : String.valueOf(c));
        }
        return out.toString();
    }

    /** A symbol: with a backtick where its text allows, else cast from a string. */
    static String symbol(String text) {
        boolean plain = text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                || c == '.' || c == '_') && !text.startsWith("_");
        return plain ? "`" + text : "`$" + string(text);
    }

    /** The text of a string literal. */
    static String unescaped(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length()) {
                char next = inner.charAt(++i);
                text.append(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
