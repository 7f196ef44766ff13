package io.dragoman.dialect.sql;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.dialect.QueryLimits;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import java.util.List;

/** What the databases of the SQL family share. */
abstract class SqlDialect implements Dialect {

    private final String name;
    private final SqlRenderer renderer;
    private final SqlInspection inspection;
    private final Lexis lexis;
    private final QueryLimits limits;

    SqlDialect(String name, SqlSyntax syntax, Lexis lexis, QueryLimits limits, SafetyRules rules, NameRules names) {
        this.name = name;
        this.renderer = new SqlRenderer(syntax);
        this.lexis = lexis;
        this.limits = limits;
        this.inspection = new SqlInspection(lexis, limits, rules, names);
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
        return inspect(query, schema, false);
    }

    @Override
    public final Inspection inspect(String query, SchemaGroup schema, boolean systemCatalogues) {
        return inspection.inspect(query, schema, systemCatalogues);
    }

    @Override
    public final String limit(String query, int limit, int offset) {
        return new SqlLimit(SqlParse.of(query, lexis, limits)).limited(limit, offset);
    }

    @Override
    public final String page(String query, int limit, int offset, List<Integer> columns) {
        return new SqlLimit(SqlParse.of(query, lexis, limits)).page(limit, offset, columns);
    }
}
