package io.dragoman.schema.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question's words, prepared for the lookups of a search.
 *
 * @param words    all words in order, lower case
 * @param lexemes  the lexeme of each word by position; null for stop words
 * @param distinct each lexeme once, with the first word it came from
 */
record Question(List<String> words, List<String> lexemes, Map<String, String> distinct) {

    /** The longest phrase looked up, in words. */
    static final int LONGEST_PHRASE = 6;

    /** What requests say whatever they are about, beyond PostgreSQL's stop words. */
    private static final Set<String> REQUESTING = Set.of("show", "list", "find", "give", "tell", "return", "get", "display",
            "present", "many", "much", "please", "want", "know", "let", "us", "also", "whose", "every", "among", "along",
            "different", "distinct");

    /** What questions about data say whatever they are about. A table can say it too, but need not. */
    private static final Set<String> MEASURING = Set.of("number", "numbers", "count", "total", "average", "mean", "median",
            "sum", "maximum", "minimum", "highest", "lowest", "largest", "smallest", "biggest", "most", "least", "top",
            "bottom", "first", "last", "per", "order", "ordered", "sort", "sorted", "ascending", "descending",
            "alphabetical", "greater", "less", "fewer", "higher", "lower", "common", "exactly", "equal", "unique", "id",
            "ids", "name", "names", "value", "values", "information", "details", "corresponding", "together", "percentage",
            "yesterday", "today", "tomorrow", "day", "days", "week", "weeks", "month", "months", "quarter", "quarters", "year",
            "years", "hour", "hours", "past", "previous", "best", "worst", "cheap", "cheaper", "cheapest", "expensive", "old", "older",
            "oldest", "new", "newer", "newest", "young", "younger", "youngest", "early", "earlier", "earliest", "late", "later",
            "latest", "long", "longer", "longest", "short", "shorter", "shortest", "large", "larger", "small", "smaller", "big",
            "bigger", "high", "low", "popular", "current", "recent", "recently", "since", "between", "date", "time");

    static Question of(String text, Lexemes dictionary) {
        List<String> words = Words.of(text);
        Map<String, String> known = dictionary.of(words);
        List<String> lexemes = new ArrayList<>();
        Map<String, String> distinct = new LinkedHashMap<>();
        for (String word : words) {
            String lexeme = REQUESTING.contains(word) ? null : known.get(word);
            lexemes.add(lexeme);
            if (lexeme != null) {
                distinct.putIfAbsent(lexeme, word);
            }
        }
        return new Question(words, lexemes, distinct);
    }

    /** Whether a lexeme that no table says makes the question less likely to be about these tables. */
    boolean telling(String lexeme) {
        return !MEASURING.contains(distinct.get(lexeme));
    }

    /**
     * A run of words.
     *
     * @param from  the position of the first
     * @param words how many
     * @param text  the words with one space between
     */
    record Phrase(int from, int words, String text) {
    }

    /** Every run of up to {@link #LONGEST_PHRASE} words that is not made of stop words alone. */
    List<Phrase> wordPhrases() {
        List<Phrase> phrases = new ArrayList<>();
        for (int from = 0; from < words.size(); from++) {
            StringBuilder text = new StringBuilder();
            boolean telling = false;
            for (int to = from; to < words.size() && to - from < LONGEST_PHRASE; to++) {
                text.append(to == from ? "" : " ").append(words.get(to));
                telling |= lexemes.get(to) != null;
                if (telling) {
                    phrases.add(new Phrase(from, to - from + 1, text.toString()));
                }
            }
        }
        return phrases;
    }

    /** Every run of up to {@link #LONGEST_PHRASE} lexemes, stop words being passed over. */
    List<Phrase> lexemePhrases() {
        List<String> present = lexemes.stream().filter(lexeme -> lexeme != null).toList();
        List<Phrase> phrases = new ArrayList<>();
        for (int from = 0; from < present.size(); from++) {
            StringBuilder text = new StringBuilder();
            for (int to = from; to < present.size() && to - from < LONGEST_PHRASE; to++) {
                text.append(to == from ? "" : " ").append(present.get(to));
                phrases.add(new Phrase(from, to - from + 1, text.toString()));
            }
        }
        return phrases;
    }
}
