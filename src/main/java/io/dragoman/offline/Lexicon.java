package io.dragoman.offline;

import java.util.List;

/**
 * What words can mean in one question: the lexicons of the tables that are considered, and how these join.
 *
 * @param tables   the lexicons, in the group's order
 * @param graph    the group's joins
 * @param glossary the group's directives
 * @param temporal whether any of the tables has a column of a date or time type
 */
record Lexicon(List<TableLexicon> tables, JoinGraph graph, Glossary glossary, boolean temporal) {

    Lexicon(List<TableLexicon> tables, JoinGraph graph, Glossary glossary) {
        this(tables, graph, glossary, tables.stream().anyMatch(lexicon -> lexicon.table.columns.stream()
                .anyMatch(column -> column.type.temporal())));
    }
}
