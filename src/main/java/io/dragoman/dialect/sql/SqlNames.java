package io.dragoman.dialect.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads names as the database does: quotes taken off, and case folded where they were not quoted. */
final class SqlNames {

    private SqlNames() {
    }

    /** One part of a name, without its quotes. */
    static String unquoted(String part) {
        if (part == null || part.length() < 2) {
            return part;
        }
        char first = part.charAt(0);
        char last = part.charAt(part.length() - 1);
        if (first == '[' && last == ']') {
            return part.substring(1, part.length() - 1);
        }
        if (first == last && (first == '"' || first == '`' || first == '\'')) {
            String quote = String.valueOf(first);
            return part.substring(1, part.length() - 1).replace(quote + quote, quote);
        }
        return part;
    }

    static boolean quoted(String part) {
        return !unquoted(part).equals(part);
    }

    /** The part as names are compared without regard to case. */
    static String folded(String part) {
        return unquoted(part).toLowerCase(Locale.ROOT);
    }

    /** The parts of a dotted name, quotes kept. */
    static List<String> parts(String dotted) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            if (quote == 0 && c == '.') {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (quote == 0 && (c == '"' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            part.append(c);
        }
        parts.add(part.toString());
        return parts;
    }
}
