package io.dragoman.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text in lower case; a semicolon is a word of its own.
 *
 * @param words at most 400
 */
record Sentence(List<String> words) {

    private static final int MOST = 400;

    static Sentence of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length() && words.size() < MOST; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || c == '_' || c == '.' && i + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(i + 1)) && !word.isEmpty()) {
                word.append(c);
            } else if (c != '\'' && c != '’') {
                if (!word.isEmpty()) {
                    words.add(word.toString().toLowerCase(Locale.ROOT));
                    word.setLength(0);
                }
                if (c == ';') {
                    words.add(";");
                }
            }
        }
        return new Sentence(List.copyOf(words));
    }

    int size() {
        return words.size();
    }

    String at(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    /** Whether the words from an index on are those of a phrase; {@code *} stands for any one word. */
    boolean begins(int index, String phrase) {
        int at = index;
        for (String part : phrase.split(" ")) {
            if (at >= words.size() || !part.equals("*") && !part.equals(words.get(at))) {
                return false;
            }
            at++;
        }
        return true;
    }

    boolean beginsAny(int index, List<String> phrases) {
        return phrases.stream().anyMatch(phrase -> begins(index, phrase));
    }

    boolean is(String phrase) {
        return begins(0, phrase) && words.size() == phrase.split(" ").length;
    }

    boolean isAny(List<String> phrases) {
        return phrases.stream().anyMatch(this::is);
    }

    boolean contains(String phrase) {
        for (int i = 0; i < words.size(); i++) {
            if (begins(i, phrase)) {
                return true;
            }
        }
        return false;
    }

    boolean containsAny(List<String> phrases) {
        return phrases.stream().anyMatch(this::contains);
    }

    /** The sentence without its first words. */
    Sentence from(int index) {
        return new Sentence(words.subList(Math.min(index, words.size()), words.size()));
    }
}
