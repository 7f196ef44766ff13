package io.dragoman.dialect.q;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.QueryLimits;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** q, the language of kdb+. */
@Component
public final class QDialect implements Dialect {

    private final QueryLimits limits;

    /** Makes the dialect with the limits that hold when nothing is configured. */
    public QDialect() {
        this(QueryLimits.DEFAULT);
    }

    /** Makes the dialect; it has no state. */
    @Autowired
    public QDialect(QueryLimits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "q";
    }

    @Override
    public String render(LogicalPlan plan) {
        return render(plan, null);
    }

    @Override
    public String render(LogicalPlan plan, SchemaGroup schema) {
        return new QRenderer(new QColumnTypes(schema)).render(plan);
    }

    @Override
    public Inspection inspect(String query, SchemaGroup schema) {
        return QInspection.inspect(query, schema, limits);
    }

    @Override
    public String limit(String query, int limit, int offset) {
        return QLimit.apply(QParse.of(query, limits), limit, offset);
    }
}
