package io.dragoman.offline.time;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Predicate;
import java.util.Optional;

/**
 * Words of a question that speak of time.
 *
 * @param start   where the phrase starts in the question, its preposition included
 * @param end     where it ends, exclusive
 * @param text    the words as the question has them
 * @param meaning what they mean
 * @param certain whether the words can mean nothing else; when not ("annual salary", "a price of 2020"), a table, column
 *                or value that matches the same words comes first
 */
public record TimePhrase(int start, int end, String text, TimeMeaning meaning, boolean certain) {

    /** Whether the phrase narrows the rows down. */
    public boolean filters() {
        return meaning instanceof TimeMeaning.Filter;
    }

    /** Whether no time is in both this window and another. */
    public boolean excludes(TimePhrase other) {
        return meaning instanceof TimeMeaning.Window a && other.meaning instanceof TimeMeaning.Window b && (ends(a, b) || ends(b, a));
    }

    private static boolean ends(TimeMeaning.Window first, TimeMeaning.Window second) {
        return first.high() != null && second.low() != null && !second.low().at().isBefore(first.high().at());
    }

    /** Whether the phrase groups the rows. */
    public boolean groups() {
        return meaning instanceof TimeMeaning.Grouping;
    }

    /**
     * The condition on a column; empty when the phrase is no filter or the column's type cannot carry it, such as a day
     * asked of a time of day.
     */
    public Optional<Predicate> toPredicate(Expression.Column column) {
        return meaning instanceof TimeMeaning.Filter filter ? filter.over(column) : Optional.empty();
    }

    /** The expression to group by; empty when the phrase is no grouping or the column's type cannot carry it. */
    public Optional<Expression> toGrouping(Expression.Column column) {
        return meaning instanceof TimeMeaning.Grouping grouping ? grouping.over(column) : Optional.empty();
    }
}
