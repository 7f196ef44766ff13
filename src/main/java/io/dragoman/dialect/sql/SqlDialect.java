package io.dragoman.dialect.sql;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;

/** What the databases of the SQL family share. */
abstract class SqlDialect implements Dialect {

    private final String name;
    private final SqlRenderer renderer;

    SqlDialect(String name, SqlSyntax syntax) {
        this.name = name;
        this.renderer = new SqlRenderer(syntax);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String render(LogicalPlan plan) {
        return renderer.render(plan);
    }

    @Override
    public final Inspection inspect(String query, SchemaGroup schema) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final String limit(String query, int limit, int offset) {
        throw new UnsupportedOperationException();
    }
}
