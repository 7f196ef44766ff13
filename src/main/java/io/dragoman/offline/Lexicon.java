package io.dragoman.offline;

import java.util.List;

/**
 * What words can mean in one question: the lexicons of the tables that are considered, and how these join.
 *
 * @param tables the lexicons, in the group's order
 * @param graph  the group's joins
 */
record Lexicon(List<TableLexicon> tables, JoinGraph graph) {
}
