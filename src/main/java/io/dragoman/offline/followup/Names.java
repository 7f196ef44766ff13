package io.dragoman.offline.followup;

import java.util.Locale;

/** Names of tables and columns as words in lower case. */
final class Names {

    private Names() {
    }

    /** {@code unit_price} and {@code unitPrice} are "unit price". */
    static String words(String name) {
        StringBuilder words = new StringBuilder();
        String plain = name.substring(name.lastIndexOf('.') + 1);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            boolean hump = i > 0 && Character.isUpperCase(c) && Character.isLowerCase(plain.charAt(i - 1));
            if (!Character.isLetterOrDigit(c) || hump) {
                words.append(' ');
            }
            if (Character.isLetterOrDigit(c)) {
                words.append(c);
            }
        }
        return words.toString().toLowerCase(Locale.ROOT).trim().replaceAll(" +", " ");
    }

    /** The words with each in the singular. */
    static String singular(String words) {
        StringBuilder singular = new StringBuilder();
        for (String word : words.trim().split(" +")) {
            String one = word.length() > 4 && word.endsWith("ies") ? word.substring(0, word.length() - 3) + "y"
                    : word.length() > 4 && (word.endsWith("sses") || word.endsWith("uses")) ? word.substring(0, word.length() - 2)
                    : word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")
                            ? word.substring(0, word.length() - 1) : word;
            singular.append(singular.isEmpty() ? "" : " ").append(one);
        }
        return singular.toString();
    }
}
