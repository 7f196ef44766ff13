package io.dragoman.offline;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The single words of a table's names and values, by their first letter: what a mistyped word may have been meant to be.
 *
 * @param names  words of the names of the table and its columns
 * @param values words of the values of its columns
 */
record Vocabulary(Map<Character, Set<String>> names, Map<Character, Set<String>> values) {

    static Vocabulary of(Collection<String> names, Collection<String> values) {
        return new Vocabulary(byLetter(names, true), byLetter(values, false));
    }

    private static Map<Character, Set<String>> byLetter(Collection<String> phrases, boolean nouns) {
        Map<Character, Set<String>> words = new HashMap<>();
        for (String phrase : phrases) {
            for (String word : phrase.split(" ")) {
                if (word.length() > 2 && Character.isLetter(word.charAt(0))) {
                    Set<String> sameLetter = words.computeIfAbsent(word.charAt(0), first -> new HashSet<>());
                    sameLetter.add(word);
                    if (nouns) {
                        sameLetter.add(Words.plural(word));
                    }
                }
            }
        }
        return words;
    }

    boolean knows(String word) {
        return names.getOrDefault(word.charAt(0), Set.of()).contains(word) || values.getOrDefault(word.charAt(0), Set.of()).contains(word);
    }
}
