package io.dragoman.dialect;

import java.util.List;
import java.util.Locale;

/**
 * What a query is made of, for policies: which tables and columns it reads, its tokens by kind, and how complex it is. Where
 * the text alone cannot tell which table a column is of, every table that it could be of is listed.
 *
 * @param tables     each table that is read, once
 * @param columns    each column that is read, once a table
 * @param tokens     in the order of the text; comments are no tokens
 * @param complexity counted in the tree
 */
public record QueryFeatures(List<TableRead> tables, List<ColumnRead> columns, List<Token> tokens, Complexity complexity) {

    /** Of a query that could not be read or is not safe. */
    public static final QueryFeatures NONE = new QueryFeatures(List.of(), List.of(), List.of(), new Complexity(0, 0, 0, 0));

    /** Copies the lists. */
    public QueryFeatures {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
        tokens = List.copyOf(tokens);
    }

    /**
     * A table that is read.
     *
     * @param written as the query names it, without quotes
     * @param name    as the schema group spells it; null when the group does not know it or there is no group
     * @param columns the columns that the group knows; null when it does not know the table
     * @param offset  where it is named first, from 0
     */
    public record TableRead(String written, String name, List<String> columns, int offset) {

        /** The name as the schema group spells it, else as the query does. */
        public String shown() {
            return name == null ? written : name;
        }
    }

    /**
     * A column that is read.
     *
     * @param table  the table that it is of, or may be of
     * @param column in lower case; {@link #ALL} when the whole row is read
     * @param offset where it is named first, from 0
     */
    public record ColumnRead(TableRead table, String column, int offset) {

        /** Stands for all columns of the table. */
        public static final String ALL = "*";

        /** Whether the whole row is read. */
        public boolean all() {
            return ALL.equals(column);
        }
    }

    /**
     * A token.
     *
     * @param text   as written; names without quotes, strings without quotes and with their escapes read
     * @param offset where it starts, from 0
     */
    public record Token(Kind kind, String text, int offset) {

        /** What a token is. A word that stands where a name stands is an identifier, whatever else it may mean. */
        public enum Kind { KEYWORD, IDENTIFIER, STRING, NUMBER, SYMBOL }
    }

    /**
     * How complex a query is.
     *
     * @param joins         joins, also by comma
     * @param subqueries    queries within the query, those of WITH included
     * @param setOperations UNION, INTERSECT and EXCEPT
     * @param depth         how deep queries nest; 1 when there is none within
     */
    public record Complexity(int joins, int subqueries, int setOperations, int depth) {

        private static final int JOIN = 2;
        private static final int SUBQUERY = 3;
        private static final int SET_OPERATION = 3;
        private static final int LEVEL = 5;

        /** The one number: 1 + 2 a join + 3 a subquery + 3 a set operation + 5 for each level below the first. */
        public int score() {
            return 1 + JOIN * joins + SUBQUERY * subqueries + SET_OPERATION * setOperations
                    + LEVEL * Math.max(0, depth - 1);
        }

        /** The same in words, such as {@code 8 (1 + 2 joins × 2 + 1 subquery × 3)}. */
        public String explained() {
            StringBuilder text = new StringBuilder(score() + " (1");
            part(text, joins, "join", JOIN);
            part(text, subqueries, "subquery", SUBQUERY);
            part(text, setOperations, "set operation", SET_OPERATION);
            part(text, Math.max(0, depth - 1), "level", LEVEL);
            return text.append(')').toString();
        }

        private static void part(StringBuilder text, int count, String thing, int weight) {
            if (count > 0) {
                text.append(String.format(Locale.ROOT, " + %d %s%s × %d", count,
                        thing.endsWith("y") && count > 1 ? thing.substring(0, thing.length() - 1) : thing,
                        count == 1 ? "" : thing.endsWith("y") ? "ies" : "s", weight));
            }
        }
    }
}
