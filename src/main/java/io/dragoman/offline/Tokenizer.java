package io.dragoman.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a question into tokens: words, numbers (also in words, such as <i>three</i>), quoted strings and marks. */
final class Tokenizer {

    private static final String OPENING = "\"'`“‘";
    private static final String CLOSING = "\"'`”’";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Tokenizer(String text) {
        this.text = text;
    }

    static List<Token> tokenize(String question) {
        Tokenizer tokenizer = new Tokenizer(question);
        tokenizer.run();
        return tokenizer.tokens;
    }

    private void run() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                position++;
            } else if (OPENING.indexOf(c) >= 0 && quoted()) {
                continue;
            } else if (digitStarts()) {
                number();
            } else if (Character.isLetterOrDigit(c)) {
                word();
            } else {
                mark();
            }
        }
    }

    private boolean quoted() {
        int close = OPENING.indexOf(text.charAt(position));
        if (position > 0 && Character.isLetterOrDigit(text.charAt(position - 1))) {
            return false;
        }
        int end = position;
        do {
            end = text.indexOf(CLOSING.charAt(close), end + 1);
            if (end < 0 || end - position > 200) {
                return false;
            }
        } while (end + 1 < text.length() && Character.isLetterOrDigit(text.charAt(end + 1)));
        String content = text.substring(position + 1, end).trim();
        while (content.endsWith(",") || content.endsWith("?")) {
            content = content.substring(0, content.length() - 1).trim();
        }
        if (content.isEmpty()) {
            return false;
        }
        String lower = content.toLowerCase(Locale.ROOT);
        tokens.add(new Token(content, lower, lower, position, end + 1, Token.Kind.QUOTED, false));
        position = end + 1;
        return true;
    }

    private boolean digitStarts() {
        char c = text.charAt(position);
        if (Character.isDigit(c)) {
            return true;
        }
        boolean sign = (c == '-' || c == '.') && position + 1 < text.length() && Character.isDigit(text.charAt(position + 1));
        return sign && (position == 0 || Character.isWhitespace(text.charAt(position - 1)));
    }

    private void number() {
        int start = position;
        int end = position + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean inner = (c == '.' || c == ',' || c == '-' || c == '/' || c == ':') && end + 1 < text.length()
                    && Character.isDigit(text.charAt(end + 1));
            if (!Character.isLetterOrDigit(c) && !inner) {
                break;
            }
            end++;
        }
        String raw = text.substring(start, end);
        String plain = withoutThousands(raw);
        position = end;
        if (numeric(plain)) {
            tokens.add(new Token(plain, raw.toLowerCase(Locale.ROOT), plain, start, end, Token.Kind.NUMBER, false));
        } else {
            String lower = raw.toLowerCase(Locale.ROOT);
            Integer ordinal = ordinal(lower);
            Token.Kind kind = Token.Kind.WORD;
            tokens.add(new Token(raw, lower, ordinal != null ? lower : Words.stem(lower), start, end, kind, true));
        }
    }

    private static Integer ordinal(String lower) {
        int digits = 0;
        while (digits < lower.length() && Character.isDigit(lower.charAt(digits))) {
            digits++;
        }
        String rest = lower.substring(digits);
        return digits > 0 && digits < 6 && List.of("st", "nd", "rd", "th").contains(rest)
                ? Integer.valueOf(lower.substring(0, digits)) : null;
    }

    private static String withoutThousands(String raw) {
        String[] groups = raw.split(",", -1);
        if (groups.length == 1 || groups[0].isEmpty() || groups[0].length() > 3 + (groups[0].startsWith("-") ? 1 : 0)) {
            return raw;
        }
        for (int i = 1; i < groups.length; i++) {
            String group = i == groups.length - 1 ? groups[i].split("\\.", 2)[0] : groups[i];
            if (group.length() != 3) {
                return raw;
            }
        }
        return raw.replace(",", "");
    }

    static boolean numeric(String value) {
        int digits = 0;
        int points = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isDigit(c)) {
                digits++;
            } else if (c == '.') {
                points++;
            } else if (i > 0 || c != '-') {
                return false;
            }
        }
        return digits > 0 && points <= 1;
    }

    private void word() {
        int start = position;
        int end = position + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || joins(end))) {
            end++;
        }
        position = end;
        String raw = text.substring(start, end);
        String lower = raw.toLowerCase(Locale.ROOT).replace('’', '\'');
        if (lower.endsWith("n't")) {
            add(raw.substring(0, raw.length() - 3), start, end - 3);
            tokens.add(new Token("not", "not", "not", end - 3, end, Token.Kind.WORD, false));
        } else if (lower.endsWith("'s")) {
            add(raw.substring(0, raw.length() - 2), start, end - 2);
            tokens.add(new Token("'s", "'s", "'s", end - 2, end, Token.Kind.MARK, false));
        } else {
            add(raw, start, end);
        }
    }

    private boolean joins(int at) {
        char c = text.charAt(at);
        boolean before = Character.isLetterOrDigit(text.charAt(at - 1));
        boolean after = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
        return before && after && (c == '\'' || c == '’' || c == '_' || c == '@' || c == '&' || c == '.');
    }

    private void add(String raw, int start, int end) {
        if (raw.isEmpty()) {
            return;
        }
        String lower = raw.toLowerCase(Locale.ROOT);
        Integer value = Words.number(lower);
        if (value != null) {
            tokens.add(new Token(value.toString(), lower, lower, start, end, Token.Kind.NUMBER, false));
        } else {
            boolean capital = Character.isUpperCase(raw.charAt(0));
            tokens.add(new Token(raw, lower, Words.stem(lower), start, end, Token.Kind.WORD, capital));
        }
    }

    private void mark() {
        char c = text.charAt(position);
        if (c == '\'' && position > 0 && Character.isLetter(text.charAt(position - 1))) {
            tokens.add(new Token("'s", "'s", "'s", position, position + 1, Token.Kind.MARK, false));
            position++;
            return;
        }
        int end = position + 1;
        if ((c == '<' || c == '>' || c == '!') && end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        String raw = text.substring(position, end);
        tokens.add(new Token(raw, raw, raw, position, end, Token.Kind.MARK, false));
        position = end;
    }
}
