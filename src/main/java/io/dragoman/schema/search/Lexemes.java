package io.dragoman.schema.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives the lexemes of words as PostgreSQL's full text search has them ({@code english_stem}), and keeps the answers, so
 * that a question costs a round trip only for words that were never seen. Thread-safe.
 */
class Lexemes {

    private static final int KEPT = 200_000;
    private static final int LONGEST_WORD = 64;
    private static final String STOP_WORD = "";

    private final JdbcTemplate database;
    private final Cache<String, String> known = Caffeine.newBuilder().maximumSize(KEPT).build();

    Lexemes(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Looks words up.
     *
     * @param words in lower case
     * @return the lexeme by word; stop words are left out
     */
    Map<String, String> of(Collection<String> words) {
        Map<String, String> lexemes = new HashMap<>(known.getAllPresent(words));
        words.stream().filter(Lexemes::number).forEach(number -> lexemes.put(number, number));
        Set<String> unknown = words.stream().filter(word -> !lexemes.containsKey(word) && word.length() <= LONGEST_WORD)
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            Map<String, String> found = stem(unknown);
            known.putAll(found);
            lexemes.putAll(found);
        }
        lexemes.values().removeIf(STOP_WORD::equals);
        return lexemes;
    }

    /** Numbers have no stem, and every question could bring a new one. */
    private static boolean number(String word) {
        return word.length() <= LONGEST_WORD && word.chars().allMatch(Character::isDigit);
    }

    private Map<String, String> stem(Set<String> words) {
        Map<String, String> found = new HashMap<>();
        database.query("select word, coalesce((ts_lexize('english_stem', word))[1], '') from unnest(?::text[]) word",
                row -> {
                    found.put(row.getString(1), row.getString(2));
                }, (Object) words.toArray(String[]::new));
        return found;
    }

    /** The lexemes of a text in order, without its stop words. */
    List<String> of(String text) {
        List<String> words = Words.of(text);
        Map<String, String> lexemes = of(words);
        return words.stream().map(lexemes::get).filter(lexeme -> lexeme != null).toList();
    }
}
