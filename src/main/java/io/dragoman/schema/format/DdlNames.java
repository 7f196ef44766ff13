package io.dragoman.schema.format;

import java.util.Locale;

/** Names as the database will know them. */
final class DdlNames {

    private final boolean folds;

    /** @param folds whether names without quotes are lower case, whatever the script writes */
    DdlNames(boolean folds) {
        this.folds = folds;
    }

    /** The name without its quotes. */
    String plain(String name) {
        if (name.length() >= 2) {
            char first = name.charAt(0);
            char last = name.charAt(name.length() - 1);
            if (first == last && (first == '"' || first == '`')) {
                String quote = String.valueOf(first);
                return name.substring(1, name.length() - 1).replace(quote + quote, quote);
            }
        }
        return folds ? name.toLowerCase(Locale.ROOT) : name;
    }
}
