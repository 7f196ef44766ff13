package io.dragoman.dialect.q;

/**
 * A token of q.
 *
 * @param text   as written
 * @param offset where it starts
 * @param spaced whether white space, a comment or nothing stands before it
 */
record QToken(Kind kind, String text, int offset, boolean spaced) {

    /** The kinds of token. */
    enum Kind { NUMBER, STRING, SYMBOL, NAME, OPERATOR, ADVERB, OPEN, CLOSE, SEMICOLON, SYSTEM, END }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    int end() {
        return offset + text.length();
    }
}
