package io.dragoman.pipeline;

import java.util.Locale;

/**
 * Puts another value in a query's literals, outside of names and comments. What comes out is a draft like any other: it is
 * checked before it runs.
 */
final class QueryLiterals {

    private final String query;
    private final boolean q;
    private final String from;
    private final String to;
    private final boolean number;
    private final StringBuilder out = new StringBuilder();
    private int position;
    private int replaced;

    private QueryLiterals(String query, boolean q, String from, String to) {
        this.query = query;
        this.q = q;
        this.from = from;
        this.to = to;
        this.number = Character.isDigit(from.charAt(0));
    }

    /**
     * The query with one value for another.
     *
     * @param dialect the query's language
     * @param from    a number, a date or a text, as the query has it in any case
     * @param to      of the same kind
     * @return null where the query does not have the value, has a number more than once, or cannot have the other one safely
     */
    static String replaced(String query, String dialect, String from, String to) {
        boolean safe = from.chars().allMatch(QueryLiterals::harmless) && to.chars().allMatch(QueryLiterals::harmless);
        if (from.isEmpty() || to.isEmpty() || !safe || query.indexOf('\\') >= 0) {
            return null;
        }
        QueryLiterals literals = new QueryLiterals(query, dialect.equals("q"), from, to);
        literals.run();
        boolean once = literals.replaced == 1 || !literals.number && literals.replaced > 0;
        return once ? literals.out.toString() : null;
    }

    private static boolean harmless(int c) {
        return Character.isLetterOrDigit(c) || " .,:/&+-_'%@#()".indexOf(c) >= 0;
    }

    private void run() {
        while (position < query.length()) {
            char c = query.charAt(position);
            if (!q && query.startsWith("--", position)) {
                copyTo(query.indexOf('\n', position));
            } else if (!q && query.startsWith("/*", position)) {
                int end = query.indexOf("*/", position + 2);
                copyTo(end < 0 ? -1 : end + 2);
            } else if (c == '\'' && !q || c == '"' && q) {
                text(c);
            } else if (c == '"' || c == '`' && !q) {
                int end = query.indexOf(c, position + 1);
                copyTo(end < 0 ? -1 : end + 1);
            } else if (c == '`') {
                symbol();
            } else if (Character.isLetterOrDigit(c) || c == '_') {
                word();
            } else {
                out.append(c);
                position++;
            }
        }
    }

    private void copyTo(int end) {
        int stop = end < 0 ? query.length() : end;
        out.append(query, position, stop);
        position = stop;
    }

    private void text(char quote) {
        int end = position + 1;
        while (end < query.length() && (query.charAt(end) != quote || end + 1 < query.length() && query.charAt(end + 1) == quote && !q)) {
            end += query.charAt(end) == quote ? 2 : 1;
        }
        if (end >= query.length()) {
            copyTo(-1);
            return;
        }
        String content = query.substring(position + 1, end);
        String bare = content.replace("''", "'");
        boolean pattern = bare.startsWith("%") || bare.endsWith("%");
        String core = pattern ? strip(bare) : bare;
        if (!core.equalsIgnoreCase(from) || pattern && to.indexOf('%') >= 0) {
            copyTo(end + 1);
            return;
        }
        String written = inCaseOf(core);
        out.append(quote).append(pattern && bare.startsWith("%") ? "%" : "").append(q ? written : written.replace("'", "''"))
                .append(pattern && bare.endsWith("%") ? "%" : "").append(quote);
        position = end + 1;
        replaced++;
    }

    private static String strip(String pattern) {
        int start = pattern.startsWith("%") ? 1 : 0;
        int end = pattern.length() - (pattern.endsWith("%") && pattern.length() > start ? 1 : 0);
        return pattern.substring(start, Math.max(start, end));
    }

    private void symbol() {
        int end = position + 1;
        while (end < query.length() && (Character.isLetterOrDigit(query.charAt(end)) || "._:".indexOf(query.charAt(end)) >= 0)) {
            end++;
        }
        boolean plain = to.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '_');
        if (query.substring(position + 1, end).equalsIgnoreCase(from) && plain) {
            out.append('`').append(to);
            position = end;
            replaced++;
        } else {
            copyTo(end);
        }
    }

    private void word() {
        int end = position + 1;
        boolean digits = Character.isDigit(query.charAt(position));
        while (end < query.length() && (Character.isLetterOrDigit(query.charAt(end)) || query.charAt(end) == '_'
                || digits && ".:".indexOf(query.charAt(end)) >= 0)) {
            end++;
        }
        if (number && query.substring(position, end).equals(from)) {
            out.append(to);
            position = end;
            replaced++;
        } else {
            copyTo(end);
        }
    }

    /** The new value in the case of the old one, as in {@code lower(city) = 'austin'}. */
    private String inCaseOf(String old) {
        if (old.equals(from)) {
            return to;
        }
        return old.equals(old.toLowerCase(Locale.ROOT)) ? to.toLowerCase(Locale.ROOT)
                : old.equals(old.toUpperCase(Locale.ROOT)) ? to.toUpperCase(Locale.ROOT) : to;
    }
}
