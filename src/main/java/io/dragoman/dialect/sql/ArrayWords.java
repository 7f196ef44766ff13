package io.dragoman.dialect.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Hides from the parser what it does not know of BigQuery's arrays: {@code WITH OFFSET AS name} after UNNEST, {@code
 * IGNORE NULLS} in an aggregate, and {@code OFFSET} as the name of a function in brackets. None of it calls or reads
 * anything but the name, which is kept.
 */
final class ArrayWords {

    private static final Set<String> CLAUSES = Set.of("WHERE", "GROUP", "HAVING", "QUALIFY", "WINDOW", "ORDER", "LIMIT",
            "UNION", "INTERSECT", "EXCEPT", "JOIN", "LEFT", "RIGHT", "FULL", "CROSS", "INNER", "ON", "USING");

    private final StringBuilder masked;
    private final List<Word> words;
    private final Set<String> names = new LinkedHashSet<>();

    /** A word outside of quotes and comments, in upper case. */
    record Word(int start, int end, String text) {
    }

    private ArrayWords(StringBuilder masked, List<Word> words) {
        this.masked = masked;
        this.words = words;
    }

    /** Blanks the words and gives the names of offsets, in lower case. */
    static Set<String> hide(StringBuilder masked, List<Word> words) {
        ArrayWords hidden = new ArrayWords(masked, words);
        for (int i = 0; i < words.size(); i++) {
            hidden.word(i);
        }
        return hidden.names;
    }

    private void word(int i) {
        Word word = words.get(i);
        if (word.text().equals("OFFSET") && before(word.start()) == '[' && after(word.end()) == '(') {
            masked.setCharAt(word.end() - 1, '_');
        } else if (word.text().equals("WITH") && is(i + 1, i, "OFFSET")) {
            withOffset(i);
        } else if ((word.text().equals("IGNORE") || word.text().equals("RESPECT")) && is(i + 1, i, "NULLS")) {
            int end = words.get(i + 1).end();
            if (after(end) == ')' || is(i + 2, i + 1, "ORDER") || is(i + 2, i + 1, "LIMIT")) {
                blank(word.start(), end);
            }
        }
    }

    private void withOffset(int i) {
        int last = i + 1;
        String name = "offset";
        int at = is(last + 1, last, "AS") ? last + 2 : last + 1;
        boolean named = at < words.size() && adjacent(at - 1, at) && !CLAUSES.contains(words.get(at).text());
        if (named) {
            last = at;
            name = words.get(at).text().toLowerCase(Locale.ROOT);
        } else if (at == last + 2) {
            return;
        }
        names.add(name);
        blank(words.get(i).start(), words.get(last).end());
    }

    private boolean is(int index, int previous, String text) {
        return index < words.size() && words.get(index).text().equals(text) && adjacent(previous, index);
    }

    private boolean adjacent(int first, int second) {
        for (int at = words.get(first).end(); at < words.get(second).start(); at++) {
            if (!Character.isWhitespace(masked.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private void blank(int start, int end) {
        for (int at = start; at < end; at++) {
            masked.setCharAt(at, ' ');
        }
    }

    private char before(int at) {
        int i = at - 1;
        while (i >= 0 && Character.isWhitespace(masked.charAt(i))) {
            i--;
        }
        return i < 0 ? 0 : masked.charAt(i);
    }

    private char after(int at) {
        int i = at;
        while (i < masked.length() && Character.isWhitespace(masked.charAt(i))) {
            i++;
        }
        return i >= masked.length() ? 0 : masked.charAt(i);
    }
}
