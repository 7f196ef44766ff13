package io.dragoman.offline.time;

import java.time.LocalTime;

/**
 * A word, number, date, clock time or mark of a question.
 *
 * @param kind   what it is
 * @param text   in lower case; without the possessive 's
 * @param number the value of a {@code NUMBER} or {@code ORDINAL}, the first year of a {@code DECADE}; -1 for none
 * @param period of a {@code DATE}
 * @param clock  of a {@code CLOCK}
 * @param marked whether a {@code CLOCK} said am or pm
 * @param capital whether the word starts with a capital letter
 */
record Token(Kind kind, String text, int start, int end, int number, Period period, LocalTime clock, boolean marked,
        boolean capital) {

    /** The kinds of tokens. */
    enum Kind { WORD, NUMBER, ORDINAL, DECADE, DATE, CLOCK, MARK, QUOTED, END }

    static final Token END = new Token(Kind.END, "", 0, 0, -1, null, null, false, false);

    static Token word(String text, int start, int end, boolean capital) {
        return new Token(Kind.WORD, text, start, end, -1, null, null, false, capital);
    }

    static Token number(Kind kind, String text, int start, int end, int number) {
        return new Token(kind, text, start, end, number, null, null, false, false);
    }

    static Token date(Period period, int start, int end) {
        return new Token(Kind.DATE, "", start, end, -1, period, null, false, false);
    }

    static Token clock(LocalTime clock, boolean marked, int start, int end) {
        return new Token(Kind.CLOCK, "", start, end, -1, null, clock, marked, false);
    }

    static Token mark(Kind kind, String text, int start, int end) {
        return new Token(kind, text, start, end, -1, null, null, false, false);
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.MARK) && text.equals(word);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isYear() {
        return kind == Kind.NUMBER && text.length() == 4 && number >= 1800 && number < 2200;
    }
}
