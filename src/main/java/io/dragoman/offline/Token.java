package io.dragoman.offline;

/**
 * A word, number, quoted string or mark of a question.
 *
 * @param text    as written; for quoted strings what stands between the quotes; for numbers digits with a point
 * @param lower   the text in lower case
 * @param stem    the word's form without plural ending; the same as {@code lower} for everything but words
 * @param start   offset of the first character in the question
 * @param end     offset after the last character
 * @param kind    what it is
 * @param capital whether a word starts with an upper-case letter
 */
record Token(String text, String lower, String stem, int start, int end, Kind kind, boolean capital) {

    /** What a token is. */
    enum Kind { WORD, NUMBER, QUOTED, MARK }

    boolean is(String word) {
        return kind != Kind.QUOTED && lower.equals(word);
    }

    boolean word() {
        return kind == Kind.WORD;
    }

    /** Whether it can be part of a name or a value. */
    boolean content() {
        return kind != Kind.MARK;
    }
}
