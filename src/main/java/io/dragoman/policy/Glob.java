package io.dragoman.policy;

import java.util.List;

/**
 * A name with {@code *} for any characters, compared without regard to case. The parts between the stars are looked for from
 * left to right, each once, so that no text takes long.
 */
final class Glob {

    private final String text;
    private final List<String> parts;

    Glob(String text) {
        this.text = fold(text);
        this.parts = List.of(this.text.split("\\*+", -1));
    }

    /** Whether the glob is one star. */
    boolean any() {
        return text.equals("*");
    }

    /** Whether there is no star in it. */
    boolean exact() {
        return parts.size() == 1;
    }

    boolean matches(String value) {
        String folded = fold(value);
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        if (exact()) {
            return folded.equals(first);
        }
        if (folded.length() < first.length() + last.length() || !folded.startsWith(first) || !folded.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = folded.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = folded.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    /** Whether it can match a text that begins so. */
    boolean mayBegin(String prefix) {
        String folded = fold(prefix);
        String first = parts.get(0);
        return first.startsWith(folded) || !exact() && folded.startsWith(first);
    }

    /** Folds each character by itself, so that the length stays. */
    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(Character.toLowerCase(Character.toUpperCase(text.charAt(i))));
        }
        return folded.toString();
    }
}
