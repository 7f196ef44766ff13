package io.dragoman.offline;

import java.util.List;

/**
 * One way to read a question: every token belongs to exactly one link; words that nothing explains are links of kind
 * {@code WORD}.
 *
 * @param units in the question's order
 * @param score how well the words are explained and how closely the tables belong together
 */
record Reading(List<Link> units, double score) {
}
