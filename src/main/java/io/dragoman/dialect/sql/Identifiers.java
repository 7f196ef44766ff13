package io.dragoman.dialect.sql;

import java.util.Locale;
import java.util.Set;

/**
 * Writes names, in quotes only where the database would otherwise read them differently.
 *
 * @param reserved   words that need quotes, lower case
 * @param quote      the quoting character, doubled inside
 * @param foldsCase  whether unquoted names are folded to lower case, so that upper case needs quotes
 * @param qualified  whether a dot in a table's name parts a schema from the table
 */
record Identifiers(Set<String> reserved, char quote, boolean foldsCase, boolean qualified) {

    /** A column, alias or heading. */
    String name(String name) {
        return needsQuotes(name) ? quoted(name) : name;
    }

    /** A table, with its schema where it has one. */
    String table(String name) {
        if (!qualified || name.indexOf('.') < 0) {
            return name(name);
        }
        StringBuilder parts = new StringBuilder();
        for (String part : name.split("\\.", -1)) {
            parts.append(parts.isEmpty() ? "" : ".").append(name(part));
        }
        return parts.toString();
    }

    private String quoted(String name) {
        return quote + name.replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote;
    }

    private boolean needsQuotes(String name) {
        if (name.isEmpty() || reserved.contains(name.toLowerCase(Locale.ROOT))) {
            return true;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c == '_' || c >= 'a' && c <= 'z' || !foldsCase && c >= 'A' && c <= 'Z'
                    || i > 0 && c >= '0' && c <= '9';
            if (!plain) {
                return true;
            }
        }
        return false;
    }
}
