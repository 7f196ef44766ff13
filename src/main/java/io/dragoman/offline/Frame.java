package io.dragoman.offline;

import io.dragoman.offline.time.TimePhrase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a question asks for, in terms of the schema but without joins: the meaning between grammar and plan. */
final class Frame {

    /** Something to show. {@code entity} rows show their display columns; {@code everything} shows all columns. */
    record Target(Measure measure, TableNode entity, boolean everything) {
    }

    /** A key of the order. */
    record Order(Measure measure, boolean descending) {
    }

    /** A time phrase and the column that it speaks of. */
    record TimeUse(TimePhrase phrase, ColumnNode column) {
    }

    /** Time windows and buckets. */
    final List<TimeUse> times = new ArrayList<>();
    /** The keys of the directives that were used. */
    final Set<String> directives = new LinkedHashSet<>();
    final List<Target> targets = new ArrayList<>();
    final List<Condition> conditions = new ArrayList<>();
    /** Columns to group by; tables stand for their rows. */
    final List<ColumnNode> groupColumns = new ArrayList<>();
    final List<TableNode> groupTables = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    Integer limit;
    /** The same of the rows of another table, to be combined; null for none. */
    TableSets.Other set;
    /** Whether the order and the limit come from a superlative, as in <i>the oldest</i>. */
    boolean superlative;
    /** Whether rows are ranked by how many there are though no noun says what is counted. */
    boolean guessedRank;
    /** Those of {@link #groupColumns} that <i>each</i> or the like named. */
    final Set<ColumnNode> eachColumns = new LinkedHashSet<>();
    boolean distinct;
    /** Whether a time was said that no column can have. */
    boolean timeless;
    /** Whether an aggregate was asked for of something that nothing is known of. */
    boolean unmeasured;
    /** Whether the average of how many there are per group is asked for, one number over all groups. */
    boolean averagedCounts;
    /** Whether the question says that it wants keys, as in <i>manager id</i>. */
    boolean keysSaid;
    /** Tables that were named, in order. */
    final Set<TableNode> mentioned = new LinkedHashSet<>();
    /** Named tables that only a related word, such as a verb, stands for. */
    final Set<TableNode> faint = new LinkedHashSet<>();
    /** The table that the question is about; null when not said. */
    TableNode subject;
    /** Tables whose rows the shown ones are, by the question's noun, though what is shown is kept in another: <i>names of professors</i>. */
    final Set<TableNode> kinds = new LinkedHashSet<>();
    /** Words that no part of the schema is called by, but that a condition or a measure was made of. */
    final Set<Link> explained = new LinkedHashSet<>();
    /** What to ask back before anything is answered; null for nothing. */
    Interpretation.Ambiguous asked;
    /** What was taken for what, for people. */
    final List<String> notes = new ArrayList<>();
    /** Words that carry meaning and that nothing could be made of. */
    final Set<Link> unresolved = new LinkedHashSet<>();
    /** What did not fit together, as a deduction from the reading's score. */
    double penalty;

    /** Whether rows of no named table are counted, as in <i>booked most often</i>. */
    boolean countsRows() {
        return orders.stream().anyMatch(order -> rows(order.measure())) || targets.stream().anyMatch(target -> rows(target.measure()))
                || conditions.stream().anyMatch(condition -> rows(condition.left));
    }

    private static boolean rows(Measure measure) {
        return measure != null && measure.aggregate() && measure.table() == null;
    }

    /** Whether a superlative is asked for within each group, as in <i>the oldest student of each class</i>. */
    boolean extremes() {
        return superlative && limit != null && orders.size() == 1 && !(eachColumns.isEmpty() && groupTables.isEmpty())
                && targets.stream().noneMatch(target -> target.measure() != null && target.measure().aggregate());
    }

    boolean aggregates() {
        return targets.stream().anyMatch(target -> target.measure() != null && target.measure().aggregate());
    }

    @Override
    public String toString() {
        return "targets=" + targets + " where=" + conditions + " group=" + groupColumns + groupTables + " order=" + orders
                + " limit=" + limit + (distinct ? " distinct" : "") + " penalty=" + penalty;
    }
}
