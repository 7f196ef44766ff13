package io.dragoman.offline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words of general English that questions are made of: those of the grammar, of times, and common ones beside. */
final class English {

    private static final String TIMES = "january february march april june july august september october november december monday tuesday wednesday"
            + " thursday friday saturday sunday today yesterday tomorrow week weeks weekly month months monthly quarter"
            + " quarters quarterly year years yearly annual day days daily hour hours hourly minute minutes second seconds"
            + " morning afternoon evening night noon midnight weekend weekends weekday weekdays last next previous current"
            + " recent during since until ago period past date dates";

    private static final Map<Character, Set<String>> GRAMMAR = new HashMap<>();
    private static final Set<String> KNOWN = new HashSet<>();

    static {
        Operators.words().forEach(English::grammar);
        Words.stopWords().forEach(English::grammar);
        List.of(TIMES.split(" ")).forEach(English::grammar);
        KNOWN.addAll(Coverage.lightWords());
        KNOWN.addAll(Names.abbreviations());
        KNOWN.addAll(common());
        Concepts.words().forEach(word -> {
            grammar(word);
            grammar(Words.plural(word));
        });
    }

    private English() {
    }

    /** Words so common that they are what was meant, wherever they stand. */
    private static List<String> common() {
        try (InputStream words = English.class.getResourceAsStream("/offline/common-words.txt")) {
            return List.of(new String(words.readAllBytes(), StandardCharsets.US_ASCII).trim().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void grammar(String word) {
        KNOWN.add(word);
        GRAMMAR.computeIfAbsent(word.charAt(0), first -> new HashSet<>()).add(word);
    }

    /** Whether it is a word of general English that this engine has heard of. */
    static boolean knows(Token token) {
        return KNOWN.contains(token.lower()) || KNOWN.contains(token.stem()) || inflected(token.lower()) || Words.number(token.lower()) != null
                || Concepts.measures(token.lower());
    }

    /** Whether it is a form of a known verb, such as <i>contacted</i>. */
    private static boolean inflected(String word) {
        for (String ending : List.of("ed", "ing", "er", "ers", "ly")) {
            String base = word.endsWith(ending) ? word.substring(0, word.length() - ending.length()) : "";
            if (base.length() > 4 && (KNOWN.contains(base) || KNOWN.contains(base + "e"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a word of general English that this engine has heard of. */
    static boolean knows(String word) {
        return KNOWN.contains(word);
    }

    /** Whether it is a word of the grammar, such as <i>average</i>. */
    static boolean grammatical(String word) {
        return Operators.words().contains(word);
    }

    /** The words of the grammar that start with a letter. */
    static Set<String> wordsFrom(char first) {
        return GRAMMAR.getOrDefault(first, Set.of());
    }
}
