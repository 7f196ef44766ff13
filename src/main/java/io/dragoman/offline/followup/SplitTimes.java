package io.dragoman.offline.followup;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.TimeUnit;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.offline.plan.Predicate.Comparison;
import io.dragoman.offline.time.Bound;
import io.dragoman.offline.time.TimeMeaning;
import io.dragoman.offline.time.TimePhrase;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Time phrases over tables that keep the day and the time of day in two columns, as tables of ticks do. */
final class SplitTimes {

    private static final Expression TODAY = new Expression.RelativeTime(TimeUnit.DAY, 0, DataType.DATE);

    private SplitTimes() {
    }

    /** The condition on a column, and on its partner column where the phrase says both a day and a time of day. */
    static Optional<Predicate> over(TimePhrase phrase, Expression.Column column, List<Expression.Column> all) {
        Expression.Column partner = partner(column, all);
        if (partner == null) {
            return phrase.toPredicate(column);
        }
        Expression.Column day = column.type() == DataType.DATE ? column : partner;
        Expression.Column time = column.type() == DataType.TIME ? column : partner;
        if (phrase.meaning() instanceof TimeMeaning.TimeOfDay ofDay) {
            Optional<Predicate> predicate = ofDay.over(time);
            return ofDay.today() ? predicate.map(term -> new Predicate.And(List.of(new Comparison(
                    Comparison.Operator.EQ, day, TODAY), term))) : predicate;
        }
        if (phrase.meaning() instanceof TimeMeaning.Window window && (!whole(window.low()) || !whole(window.high()))) {
            return both(window, day, time);
        }
        return phrase.toPredicate(day);
    }

    private static boolean whole(Bound bound) {
        return bound == null || bound.expression() instanceof Expression.Literal literal && literal.type() == DataType.DATE
                || bound.expression() instanceof Expression.RelativeTime relative && relative.type() == DataType.DATE;
    }

    /** A window within one day; empty for others, and for what is relative to the present moment. */
    private static Optional<Predicate> both(TimeMeaning.Window window, Expression.Column day, Expression.Column time) {
        Expression on = window.low() == null ? null : dayOf(window.low());
        boolean today = on != null && on.equals(TODAY);
        boolean sameDay = window.high() != null && on != null && (window.high().at().toLocalDate().equals(
                window.low().at().toLocalDate()));
        if (on == null || !sameDay && !(window.high() == null && today)) {
            return Optional.empty();
        }
        List<Predicate> terms = new ArrayList<>();
        terms.add(new Comparison(Comparison.Operator.EQ, day, on));
        terms.add(new Comparison(Comparison.Operator.GE, time, clock(window.low())));
        if (window.high() != null) {
            terms.add(new Comparison(Comparison.Operator.LT, time, clock(window.high())));
        }
        return Optional.of(new Predicate.And(terms));
    }

    private static Expression dayOf(Bound bound) {
        if (bound.expression() instanceof Expression.RelativeTime relative) {
            int perDay = relative.unit() == TimeUnit.HOUR ? 24 : relative.unit() == TimeUnit.MINUTE ? 24 * 60 : 24 * 60 * 60;
            return relative.startOf() != TimeUnit.DAY ? null
                    : new Expression.RelativeTime(TimeUnit.DAY, Math.floorDiv(relative.offset(), perDay), DataType.DATE);
        }
        return new Expression.Literal(bound.at().toLocalDate().toString(), DataType.DATE);
    }

    private static Expression clock(Bound bound) {
        String text = bound.at().toLocalTime().toString();
        return new Expression.Literal(text.length() == 5 ? text + ":00" : text, DataType.TIME);
    }

    /** The column of the same table that has the other half of the time; null when there is none. */
    private static Expression.Column partner(Expression.Column column, List<Expression.Column> all) {
        DataType other = column.type() == DataType.DATE ? DataType.TIME : column.type() == DataType.TIME ? DataType.DATE : null;
        return other == null ? null : all.stream().filter(one -> one.alias().equals(column.alias()) && one.type() == other)
                .findFirst().orElse(null);
    }
}
