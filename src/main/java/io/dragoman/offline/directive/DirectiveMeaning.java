package io.dragoman.offline.directive;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Predicate;
import java.util.List;

/** What a directive's expression means over a schema group. The alias of each column is the name of its table. */
public sealed interface DirectiveMeaning {

    /**
     * A value, such as {@code sum(price*size)/sum(size)}.
     *
     * @param expression over columns whose alias is their table's name
     * @param aggregate  whether it is of a group of rows; else it is of each row
     * @param tables     the names of the tables it needs, in the order they are named
     */
    record Measure(Expression expression, boolean aggregate, List<String> tables) implements DirectiveMeaning {

        /** Copies the list. */
        public Measure {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A condition, such as {@code status = 'active' and amount > 100}.
     *
     * @param predicate over columns whose alias is their table's name
     * @param aggregate whether it is of a group of rows; else it is of each row
     * @param tables    the names of the tables it needs, in the order they are named
     */
    record Condition(Predicate predicate, boolean aggregate, List<String> tables) implements DirectiveMeaning {

        /** Copies the list. */
        public Condition {
            tables = List.copyOf(tables);
        }
    }

    /**
     * The expression cannot be read.
     *
     * @param message    what is wrong and what to do about it, for the curator who wrote it
     * @param offset     where in the expression, from 0
     * @param suggestion what to write instead; null when not known
     */
    record Invalid(String message, int offset, String suggestion) implements DirectiveMeaning {
    }
}
