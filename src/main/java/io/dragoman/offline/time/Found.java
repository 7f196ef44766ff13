package io.dragoman.offline.time;

/** A meaning that was read, and the index of the first token behind it. */
record Found(TimeMeaning meaning, int next, boolean certain) {
}
