package io.dragoman.offline;

import java.util.ArrayList;
import java.util.List;

/** A condition of the frame, still without joins. */
final class Condition {

    /** What a condition says. */
    enum Kind { COMPARE, LIKE, BETWEEN, NULL, RELATED, SUBQUERY, DEFINED, TIME }

    final Kind kind;
    /** Null for {@link Kind#RELATED}, and for {@link Kind#TIME} until the whole question is read. */
    Measure left;
    /** {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}; null for others than comparisons. */
    final String operator;
    /** Values; for LIKE the pattern; for BETWEEN two. */
    final List<String> values = new ArrayList<>();
    /** For SUBQUERY, what is compared with: an aggregate over all rows that pass {@link #inner}. */
    Measure right;
    /** For RELATED, the table that must, or must not, have a row; also the scope of a negation. */
    TableNode related;
    final List<Condition> inner = new ArrayList<>();
    /** Conditions on the same row that belong to this one, such as the last name to the first. */
    final List<Condition> companions = new ArrayList<>();
    boolean negated;
    /** Joined to the condition before by <i>or</i>. */
    boolean alternative;
    /** Must hold for another row than the condition before: <i>both A and B</i>. */
    boolean intersect;
    boolean quoted;
    /** Of the row itself that is shown, never of rows related to it. */
    boolean ownRow;
    /** For SUBQUERY: the value that occurs most often, or least often when false; null for an aggregate. */
    Boolean mostCommon;

    /** For SUBQUERY: the other side is of the row that this relationship leads to; null for none. */
    JoinGraph.Edge through;
    /** For SUBQUERY: the other side is taken over the rows that have the same value here as the row itself; null for all rows. */
    ColumnNode within;
    /** For TIME: when. */
    Frame.TimeUse time;
    /** For SUBQUERY: compared with the value of the row that comes first in this order; null for none. */
    Frame.Order pick;
    /** So many first rows are meant. */
    int picked = 1;

    Condition(Kind kind, Measure left, String operator) {
        this.kind = kind;
        this.left = left;
        this.operator = operator;
    }

    /** Whether it compares for equality with the values of other rows, of which there may be several. */
    boolean sameAsRows() {
        return "=".equals(operator) && mostCommon == null && !right.aggregate() && !inner.isEmpty();
    }

    Condition value(String value) {
        values.add(value);
        return this;
    }

    ColumnNode column() {
        return left == null ? null : left.column();
    }

    @Override
    public String toString() {
        return (alternative ? "OR " : "") + (intersect ? "INTERSECT " : "") + (negated ? "NOT " : "") + kind + " " + left + " "
                + operator + " " + values + (right != null ? " " + right : "") + (related != null ? " " + related + inner : "");
    }
}
