package io.dragoman.dialect.sql;

import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.Inspection;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;

/** What the databases of the SQL family share. */
abstract class SqlDialect implements Dialect {

    private final String name;
    private final SqlRenderer renderer;
    private final SqlInspection inspection;
    private final SqlText.Lexis lexis;

    SqlDialect(String name, SqlSyntax syntax, SqlText.Lexis lexis, SafetyRules rules, NameRules names) {
        this.name = name;
        this.renderer = new SqlRenderer(syntax);
        this.lexis = lexis;
        this.inspection = new SqlInspection(lexis, rules, names);
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
        return inspection.inspect(query, schema);
    }

    @Override
    public final String limit(String query, int limit, int offset) {
        return SqlLimit.apply(SqlParse.of(query, lexis), limit, offset);
    }
}
