package io.dragoman.offline.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A condition on a row or a group. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Predicate.Comparison.class, name = "comparison"),
    @JsonSubTypes.Type(value = Predicate.Between.class, name = "between"),
    @JsonSubTypes.Type(value = Predicate.In.class, name = "in"),
    @JsonSubTypes.Type(value = Predicate.InSubquery.class, name = "in_subquery"),
    @JsonSubTypes.Type(value = Predicate.Exists.class, name = "exists"),
    @JsonSubTypes.Type(value = Predicate.Like.class, name = "like"),
    @JsonSubTypes.Type(value = Predicate.IsNull.class, name = "is_null"),
    @JsonSubTypes.Type(value = Predicate.And.class, name = "and"),
    @JsonSubTypes.Type(value = Predicate.Or.class, name = "or"),
    @JsonSubTypes.Type(value = Predicate.Not.class, name = "not")})
public sealed interface Predicate {

    /** {@code left operator right}; false when either is null. */
    record Comparison(Operator operator, Expression left, Expression right) implements Predicate {

        /** The operators. */
        public enum Operator { EQ, NE, LT, LE, GT, GE }
    }

    /** Inclusive at {@code low}, and at {@code high} unless {@code highExclusive} (time windows). */
    record Between(Expression expression, Expression low, Expression high, boolean highExclusive)
            implements Predicate {
    }

    /** Whether the value is one of a list of constants. */
    record In(Expression expression, List<Expression.Literal> values) implements Predicate {
    }

    /** Whether the value is in the single output column of a plan. Null-safe: nulls in the plan's rows do not matter. */
    record InSubquery(Expression expression, LogicalPlan plan) implements Predicate {
    }

    /** Whether a plan, which may refer to aliases of the outer plan, gives any row. */
    record Exists(LogicalPlan plan) implements Predicate {
    }

    /**
     * Whether a text matches a pattern, ignoring case.
     *
     * @param pattern with {@code %} for any run and {@code _} for any one character
     */
    record Like(Expression expression, String pattern) implements Predicate {
    }

    /** Whether the value is missing. */
    record IsNull(Expression expression) implements Predicate {
    }

    /** All hold; at least two terms. */
    record And(List<Predicate> terms) implements Predicate {
    }

    /** Any holds; at least two terms. */
    record Or(List<Predicate> terms) implements Predicate {
    }

    /** The term does not hold. */
    record Not(Predicate term) implements Predicate {
    }
}
