package io.dragoman.answer;

import java.util.Locale;
import java.util.Map;

/** Names of tables and columns as English words. */
final class Nouns {

    private static final Map<String, String> LONG = Map.of("avg", "average", "cnt", "count", "qty", "quantity", "pct",
            "percent", "num", "number of", "min", "lowest", "max", "highest", "sum", "total", "amt", "amount");

    private Nouns() {
    }

    /** {@code avg_unit_price} and {@code avgUnitPrice} are "average unit price". */
    static String words(String name) {
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        String plain = name.substring(name.lastIndexOf('.') + 1);
        for (int i = 0; i <= plain.length() && i < 80; i++) {
            char c = i < plain.length() ? plain.charAt(i) : '_';
            boolean hump = Character.isUpperCase(c) && !word.isEmpty()
                    && Character.isLowerCase(word.charAt(word.length() - 1));
            if (!Character.isLetterOrDigit(c) || hump) {
                if (!word.isEmpty()) {
                    String lower = word.toString().toLowerCase(Locale.ROOT);
                    String said = LONG.getOrDefault(lower, lower);
                    if (!(" " + words).endsWith(" " + said)) {
                        words.append(words.isEmpty() ? "" : " ").append(said);
                    }
                }
                word.setLength(0);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        return words.isEmpty() ? ValueText.text(name) : words.toString();
    }

    /** The noun for so many of them. */
    static String counted(String words, long count) {
        return count == 1 ? singular(words) : plural(words);
    }

    private static String singular(String words) {
        if (words.endsWith("ies") && words.length() > 4) {
            return words.substring(0, words.length() - 3) + "y";
        }
        if (words.endsWith("sses") || words.endsWith("xes") || words.endsWith("ches") || words.endsWith("shes")) {
            return words.substring(0, words.length() - 2);
        }
        return words.endsWith("s") && !words.endsWith("ss") && !words.endsWith("us") && !words.endsWith("is")
                ? words.substring(0, words.length() - 1) : words;
    }

    private static String plural(String words) {
        if (words.endsWith("ss") || words.endsWith("us") || words.endsWith("x") || words.endsWith("ch")
                || words.endsWith("sh")) {
            return words + "es";
        }
        if (words.endsWith("s")) {
            return words;
        }
        boolean consonantY = words.endsWith("y") && words.length() > 1 && "aeiou".indexOf(words.charAt(words.length() - 2)) < 0;
        return consonantY ? words.substring(0, words.length() - 1) + "ies" : words + "s";
    }

    /** The words with a capital first. */
    static String sentence(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
