package io.dragoman.dialect;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.Expression.Literal;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.JoinCondition;
import io.dragoman.offline.plan.LogicalPlan.JoinType;
import io.dragoman.offline.plan.LogicalPlan.Ordering;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.SetOperation;
import io.dragoman.offline.plan.LogicalPlan.Source;
import io.dragoman.offline.plan.Predicate;
import io.dragoman.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/** Writes plans shortly, for tests. */
public final class PlanBuilder {

    private final List<Source> from = new ArrayList<>();
    private final List<Predicate> where = new ArrayList<>();
    private final List<Expression> groupBy = new ArrayList<>();
    private final List<OutputColumn> select = new ArrayList<>();
    private final List<Ordering> orderBy = new ArrayList<>();
    private Predicate having;
    private boolean distinct;
    private SetOperation setOperation;
    private Integer limit;

    public static PlanBuilder from(String table, String alias) {
        PlanBuilder plan = new PlanBuilder();
        plan.from.add(new Source("db", table, alias, null, List.of()));
        return plan;
    }

    public PlanBuilder join(JoinType type, String table, String alias, Column... pairs) {
        List<JoinCondition> on = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            on.add(new JoinCondition(pairs[i], pairs[i + 1]));
        }
        from.add(new Source("db", table, alias, type, on));
        return this;
    }

    public PlanBuilder where(Predicate predicate) {
        where.add(predicate);
        return this;
    }

    public PlanBuilder groupBy(Expression... keys) {
        groupBy.addAll(List.of(keys));
        return this;
    }

    public PlanBuilder having(Predicate predicate) {
        having = predicate;
        return this;
    }

    public PlanBuilder select(Expression expression) {
        return select(expression, null);
    }

    public PlanBuilder select(Expression expression, String name) {
        select.add(new OutputColumn(expression, name));
        return this;
    }

    public PlanBuilder distinct() {
        distinct = true;
        return this;
    }

    public PlanBuilder combine(SetOperation.Kind kind, LogicalPlan other) {
        setOperation = new SetOperation(kind, other);
        return this;
    }

    public PlanBuilder asc(Expression expression) {
        orderBy.add(new Ordering(expression, false));
        return this;
    }

    public PlanBuilder desc(Expression expression) {
        orderBy.add(new Ordering(expression, true));
        return this;
    }

    public PlanBuilder limit(int rows) {
        limit = rows;
        return this;
    }

    public LogicalPlan plan() {
        Predicate condition = where.isEmpty() ? null : where.size() == 1 ? where.get(0) : new Predicate.And(where);
        return new LogicalPlan(from, condition, groupBy, having, select, distinct, setOperation, orderBy, limit);
    }

    public static Column column(String path, DataType type) {
        return new Column(path.substring(0, path.indexOf('.')), path.substring(path.indexOf('.') + 1), type);
    }

    public static Literal text(String text) {
        return new Literal(text, DataType.TEXT);
    }

    public static Literal number(String text) {
        return new Literal(text, text.contains(".") ? DataType.DECIMAL : DataType.INTEGER);
    }

    public static Literal date(String text) {
        return new Literal(text, DataType.DATE);
    }

    public static Aggregate count() {
        return new Aggregate(Aggregate.Function.COUNT, null, false, null);
    }

    public static Aggregate aggregate(Aggregate.Function function, Expression argument) {
        return new Aggregate(function, argument, false, null);
    }

    public static Predicate compare(Expression left, String operator, Expression right) {
        return new Predicate.Comparison(switch (operator) {
            case "=" -> Predicate.Comparison.Operator.EQ;
            case "<>" -> Predicate.Comparison.Operator.NE;
            case "<" -> Predicate.Comparison.Operator.LT;
            case "<=" -> Predicate.Comparison.Operator.LE;
            case ">" -> Predicate.Comparison.Operator.GT;
            default -> Predicate.Comparison.Operator.GE;
        }, left, right);
    }
}
