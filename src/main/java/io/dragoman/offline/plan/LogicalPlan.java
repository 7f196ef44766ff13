package io.dragoman.offline.plan;

import java.util.List;

/**
 * A read-only query as a dialect-free tree, in the order of relational algebra: join, filter, group, filter groups,
 * project, combine, order, limit. It serialises to JSON, so that a follow-up question can start from it.
 *
 * @param from         at least one; the first has no join type, each later one joins to one before it
 * @param where        null for no filter
 * @param groupBy      empty for no grouping; with aggregates in {@code select} and no grouping there is one row
 * @param having       filter over groups; null for none
 * @param select       the output columns in order, at least one
 * @param distinct     whether equal output rows are given once
 * @param setOperation another plan whose rows are combined with these before ordering; null for none
 * @param orderBy      empty for no order
 * @param limit        the most rows to give; null for no limit of the question's own
 */
public record LogicalPlan(List<Source> from, Predicate where, List<Expression> groupBy, Predicate having,
        List<OutputColumn> select, boolean distinct, SetOperation setOperation, List<Ordering> orderBy,
        Integer limit) {

    /** Copies the lists. */
    public LogicalPlan {
        from = List.copyOf(from);
        groupBy = groupBy == null ? List.of() : List.copyOf(groupBy);
        select = List.copyOf(select);
        orderBy = orderBy == null ? List.of() : List.copyOf(orderBy);
    }

    /**
     * A table and how it is joined to those before it.
     *
     * @param definition the schema definition (database) of the table
     * @param table      the table's name
     * @param alias      unique within the plan and its subqueries; column references use it
     * @param join       null for the first source
     * @param on         the column pairs to be equal; for {@link JoinType#AS_OF} the last pair is the time
     */
    public record Source(String definition, String table, String alias, JoinType join, List<JoinCondition> on) {

        /** Copies the list and replaces null by the empty list. */
        public Source {
            on = on == null ? List.of() : List.copyOf(on);
        }
    }

    /** How a source is joined. */
    public enum JoinType {
        INNER, LEFT,
        /** kdb+'s {@code aj}: equal on all pairs but the last, latest not after on the last. */
        AS_OF
    }

    /** Two columns that must be equal: {@code left} of an earlier source, {@code right} of the joined one. */
    public record JoinCondition(Expression.Column left, Expression.Column right) {
    }

    /**
     * An output column.
     *
     * @param expression what it shows
     * @param name       its heading, a plain identifier; null takes the column's own name
     */
    public record OutputColumn(Expression expression, String name) {
    }

    /** One key of the order. Nulls come last. */
    public record Ordering(Expression expression, boolean descending) {
    }

    /** Rows of this plan combined with those of {@code other}; both have as many output columns. */
    public record SetOperation(Kind kind, LogicalPlan other) {

        /** The set operators; equal rows are given once, but for {@link #UNION_ALL}. */
        public enum Kind { UNION, UNION_ALL, INTERSECT, EXCEPT }
    }
}
