package io.dragoman.schema.search;

import java.util.List;

/**
 * What retrieval found for a question.
 *
 * @param hits           best first: the tables above the threshold, then those that joins need (they say so in
 *                       {@link TableHit#why()})
 * @param closest        best first: the best few tables whatever their score, for saying what was nearest when
 *                       {@code hits} is empty
 * @param degraded       whether a part of the search was left out, such as vectors when there is no embedder
 * @param degradedReason why; null when not degraded
 */
public record Retrieval(List<TableHit> hits, List<TableHit> closest, boolean degraded, String degradedReason) {
}
