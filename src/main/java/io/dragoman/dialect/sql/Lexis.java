package io.dragoman.dialect.sql;

import java.util.EnumSet;
import java.util.Set;

/** How a database splits a text into comments, constants and names. */
record Lexis(Set<Habit> habits) {

    /** What databases do differently. */
    enum Habit {
        /** Comments may stand in comments. */
        NESTED_COMMENTS,
        /** A {@code #} starts a comment. */
        HASH_COMMENTS,
        /** Two dashes start a comment only before a blank. */
        DASHES_NEED_A_BLANK,
        /** {@code E'…'} has escapes. */
        ESCAPE_STRINGS,
        /** Every text may have escapes, or not, as the session says: only texts that end at the same place pass. */
        PERHAPS_BACKSLASHES,
        /** Every text has escapes, and three quotes may surround it, and {@code r} before it takes the escapes away. */
        PYTHON_TEXTS,
        /** Double quotes surround a text, not a name. */
        DOUBLE_QUOTED_TEXTS,
        /** Names may stand in square brackets. */
        BRACKETS,
        /** {@code $tag$ … $tag$} is a text. */
        DOLLAR_QUOTES,
        /** A query may begin with FROM. */
        FROM_FIRST
    }

    static Lexis of(Habit first, Habit... others) {
        return new Lexis(EnumSet.of(first, others));
    }

    boolean has(Habit habit) {
        return habits.contains(habit);
    }
}
