package io.dragoman.pipeline;

/**
 * Published as an application event when a run that had stopped went on and ended: a person decided on it, or it was resumed.
 *
 * @param run as it ended, with its rows
 */
public record RunEnded(QueryState run) {
}
