package io.dragoman.pipeline;

/**
 * A query that was found wrong, and what mended it.
 *
 * @param question that it was to answer
 * @param code     of the finding
 * @param message  of the finding
 * @param wrong    the query as it was
 * @param right    the query that passed the checks
 */
record PriorFix(String question, String code, String message, String wrong, String right) {
}
