package io.dragoman.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.dragoman.dialect.QueryFeatures.Token;
import io.dragoman.dialect.QueryFeatures.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A sequence of tokens that may not stand in a query. Its elements are parted by blanks; each stands for one token, and they
 * have to stand side by side somewhere in the query. Comments are no tokens.
 * <ul>
 * <li>a word: a keyword or a name, in any case, {@code *} in it for any characters: {@code CROSS}, {@code pg_*}
 * <li>a text in single quotes: a string constant with that content, {@code *} in it for any characters: {@code '*@*'}
 * <li>{@code <keyword>}, {@code <name>}, {@code <string>}, {@code <number>}, {@code <any>}: any token of that kind
 * <li>{@code ...}: any number of tokens, also none
 * <li>anything else, also a star by itself: that symbol or number
 * </ul>
 * Elements between two {@code ...} are looked for once, from left to right, so that the time is at most that of the tokens
 * times the elements; there are no alternatives and no repetition to go back for.
 */
public final class TokenPattern {

    private static final int LONGEST = 500;
    private static final int MOST_ELEMENTS = 30;
    private static final int MOST_STARS = 10;
    private static final String GAP = "...";
    private static final Map<String, Predicate<Token>> KINDS = Map.of(
            "<keyword>", token -> token.kind() == Kind.KEYWORD,
            "<name>", token -> token.kind() == Kind.IDENTIFIER,
            "<string>", token -> token.kind() == Kind.STRING,
            "<number>", token -> token.kind() == Kind.NUMBER,
            "<any>", token -> true);

    private final String text;
    private final List<List<Predicate<Token>>> segments;

    private TokenPattern(String text, List<List<Predicate<Token>>> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    static TokenPattern of(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("has to have from 1 to " + LONGEST + " characters");
        }
        if (text.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new IllegalArgumentException("has more than " + MOST_STARS + " stars");
        }
        List<List<Predicate<Token>>> segments = new ArrayList<>(List.of(new ArrayList<>()));
        int elements = 0;
        for (String element : elements(text)) {
            if (element.equals(GAP)) {
                segments.add(new ArrayList<>());
            } else {
                segments.get(segments.size() - 1).add(element(element));
            }
            if (++elements > MOST_ELEMENTS) {
                throw new IllegalArgumentException("has more than " + MOST_ELEMENTS + " elements");
            }
        }
        segments.removeIf(List::isEmpty);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("has no element but '...', so that it would match every query");
        }
        return new TokenPattern(text, segments);
    }

    /** Splits at blanks outside of single quotes. */
    private static List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (char c : (text + " ").toCharArray()) {
            quoted ^= c == '\'';
            if (!quoted && Character.isWhitespace(c)) {
                if (!element.isEmpty()) {
                    elements.add(element.toString());
                }
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("has a quote that is not closed");
        }
        return elements;
    }

    private static Predicate<Token> element(String element) {
        if (element.startsWith("<") && element.endsWith(">") && element.length() > 2) {
            Predicate<Token> kind = KINDS.get(element.toLowerCase(Locale.ROOT));
            if (kind == null) {
                throw new IllegalArgumentException("has '" + element + "', which is none of <keyword>, <name>, <string>,"
                        + " <number> and <any>");
            }
            return kind;
        }
        if (element.startsWith("'")) {
            if (element.length() < 2 || !element.endsWith("'")) {
                throw new IllegalArgumentException("has '" + element + "', which begins with a quote but does not end with one");
            }
            Glob content = new Glob(element.substring(1, element.length() - 1).replace("''", "'"));
            return token -> token.kind() == Kind.STRING && content.matches(token.text());
        }
        if (element.chars().anyMatch(Character::isLetter) || element.startsWith("_")) {
            Glob word = new Glob(element);
            return token -> (token.kind() == Kind.KEYWORD || token.kind() == Kind.IDENTIFIER) && word.matches(token.text());
        }
        return token -> (token.kind() == Kind.SYMBOL || token.kind() == Kind.NUMBER) && token.text().equals(element);
    }

    /** The first token of what the pattern matches; null when it matches nothing. */
    Token find(List<Token> tokens) {
        int from = 0;
        Token first = null;
        for (List<Predicate<Token>> segment : segments) {
            int found = find(segment, tokens, from);
            if (found < 0) {
                return null;
            }
            first = first == null ? tokens.get(found) : first;
            from = found + segment.size();
        }
        return first;
    }

    private static int find(List<Predicate<Token>> segment, List<Token> tokens, int from) {
        for (int start = from; start + segment.size() <= tokens.size(); start++) {
            int matched = 0;
            while (matched < segment.size() && segment.get(matched).test(tokens.get(start + matched))) {
                matched++;
            }
            if (matched == segment.size()) {
                return start;
            }
        }
        return -1;
    }

    /** The pattern as it was written. */
    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
