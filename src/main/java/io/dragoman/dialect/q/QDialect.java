package io.dragoman.dialect.q;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import org.springframework.stereotype.Component;

/** q, the language of kdb+. */
@Component
public final class QDialect implements Dialect {

    /** Makes the dialect; it has no state. */
    public QDialect() {
    }

    @Override
    public String name() {
        return "q";
    }

    @Override
    public String render(LogicalPlan plan) {
        return new QRenderer().render(plan);
    }

    @Override
    public Inspection inspect(String query, SchemaGroup schema) {
        return QInspection.inspect(query, schema);
    }

    @Override
    public String limit(String query, int limit, int offset) {
        return QLimit.apply(QParse.of(query), limit, offset);
    }
}
