package io.dragoman.schema.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits identifiers, descriptions and questions into lower-case words. */
final class Words {

    private Words() {
    }

    /**
     * The words of a text in order. Identifiers are split where {@code _}, a change of case or a digit says so:
     * {@code customerID}, {@code Customer_Id} and {@code customer id} give the same words. An apostrophe ends a word and
     * takes a following {@code s} with it.
     */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (start >= 0 && (!inside || boundary(text, i))) {
                words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
            if (inside && start < 0 && !possessive(text, i)) {
                start = i;
            }
        }
        return words;
    }

    /** Whether a new word begins at i, which follows a letter or digit of the same run. */
    private static boolean boundary(String text, int i) {
        char before = text.charAt(i - 1);
        char here = text.charAt(i);
        if (Character.isDigit(before) != Character.isDigit(here)) {
            return true;
        }
        if (!Character.isUpperCase(here)) {
            return false;
        }
        return Character.isLowerCase(before) || Character.isUpperCase(before) && i + 1 < text.length()
                && Character.isLowerCase(text.charAt(i + 1)) && !plural(text, i + 1);
    }

    /** Whether the text goes on with the s of an abbreviation's plural, as in {@code IDs}. */
    private static boolean plural(String text, int i) {
        return text.charAt(i) == 's' && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)));
    }

    private static boolean possessive(String text, int i) {
        return i > 1 && text.charAt(i) == 's' && (text.charAt(i - 1) == '\'' || text.charAt(i - 1) == '\u2019')
                && Character.isLetter(text.charAt(i - 2))
                && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)));
    }
}
