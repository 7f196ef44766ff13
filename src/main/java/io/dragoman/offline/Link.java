package io.dragoman.offline;

/**
 * A candidate meaning of a span of the question: a table, a column, a value, or a word of the question's grammar.
 *
 * @param start  the first token
 * @param end    the token after the last
 * @param kind   what the span is taken for
 * @param table  the table of tables, columns and values; else null
 * @param column the column of columns and values; else null
 * @param text   the value, the number, the operator ({@code >=}, {@code AVG}, {@code DESC} …) or the word itself
 * @param word   the adjective of superlatives and comparatives, such as {@code old}; else null
 * @param score  how good the match is, growing with the number of words that it explains
 */
record Link(int start, int end, Kind kind, TableNode table, ColumnNode column, String text, String word, double score) {

    /** What a span can be. */
    enum Kind {
        TABLE, COLUMN, VALUE, NUMBER, TEXT, TIME, DIRECTIVE,
        COUNT, AGGREGATE, SUPERLATIVE, COMPARISON, BETWEEN, LIKE, NOT, NULL, EACH, SORT, DIRECTION, TOP, DISTINCT,
        EVERYTHING, BOTH, EITHER, AND, OR, COMMA, CLAUSE, PREPOSITION, HAVE, BE, ASK, STOP, POSSESSIVE, EXCEPT, WORD
    }

    static Link word(int at, String text) {
        return new Link(at, at + 1, Kind.WORD, null, null, text, null, 0);
    }

    static Link operator(int start, int end, Kind kind, String text, String word, double score) {
        return new Link(start, end, kind, null, null, text, word, score);
    }

    /** Whether it stands for a part of the schema. */
    boolean schema() {
        return table != null;
    }

    boolean is(Kind... kinds) {
        for (Kind k : kinds) {
            if (kind == k) {
                return true;
            }
        }
        return false;
    }

    boolean overlaps(Link other) {
        return start < other.end && other.start < end;
    }

    @Override
    public String toString() {
        return kind + "[" + start + "-" + end + " " + (column != null ? column : table != null ? table : "")
                + (text != null ? " " + text : "") + (word != null ? " " + word : "") + String.format(" %.2f", score) + "]";
    }
}
