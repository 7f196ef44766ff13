package io.dragoman.schema.search;

import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a search looks up in one snapshot of a schema group. A table is known by its position in the snapshot, a database
 * by its number among those that have tables.
 *
 * @param group      the snapshot
 * @param postings   by lexeme, the tables that say it in their names, columns or descriptions
 * @param values     by value (lower-case words), the columns that hold it, in the order of their tables
 * @param terms      by phrase of lexemes, what curators taught: synonyms and directives
 * @param examples   questions that were answered before
 * @param positions  of the tables, by id
 * @param databases  the number of each table's database
 * @param members    the tables of each database
 * @param neighbours the tables that each table has relationships with
 */
record GroupIndex(SchemaGroup group, Map<String, Postings> postings, Map<String, List<ValueOf>> values,
        Map<String, List<Term>> terms, List<Solved> examples, Map<UUID, Integer> positions, int[] databases,
        int[][] members, int[][] neighbours) {

    /**
     * The tables that say a lexeme, in parallel arrays.
     *
     * @param weights from 0 to 1, near 1 where the lexeme is all that the table's name says
     * @param places  the most telling place, such as {@code column city}
     */
    record Postings(int[] tables, float[] weights, String[] places) {
    }

    /** A column that holds a value, once a table and value. */
    record ValueOf(int table, String column, String value) {

        /** The one of a table among those of one value; empty when there is none. */
        static Optional<ValueOf> of(int table, List<ValueOf> byTable) {
            int from = 0;
            int to = byTable.size();
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (byTable.get(middle).table() < table) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from < byTable.size() && byTable.get(from).table() == table ? Optional.of(byTable.get(from)) : Optional.empty();
        }
    }

    /** A taught term that means something of a table; why, such as {@code synonym 'client'}. */
    record Term(int table, String why) {
    }

    /** An example: the lexemes of its question and the tables of its query. */
    record Solved(String question, List<String> lexemes, int[] tables) {
    }

    TableDefinition table(int position) {
        return group.tables().get(position);
    }

    int size() {
        return databases.length;
    }
}
