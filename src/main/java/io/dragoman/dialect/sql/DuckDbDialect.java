package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryLimits;
import io.dragoman.dialect.sql.Lexis.Habit;
import io.dragoman.dialect.sql.NameRules.Headings;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** DuckDB. */
@Component
public final class DuckDbDialect extends SqlDialect {

    /** Makes the dialect with the limits that hold when nothing is configured. */
    public DuckDbDialect() {
        this(QueryLimits.DEFAULT);
    }

    /** Makes the dialect; it has no state. */
    @Autowired
    public DuckDbDialect(QueryLimits limits) {
        super("duckdb", new DuckDbSyntax(), Lexis.of(Habit.NESTED_COMMENTS, Habit.ESCAPE_STRINGS, Habit.DOLLAR_QUOTES,
                Habit.FROM_FIRST), limits,
                new SafetyRules(new SyntaxTree("sql-nodes.txt", "duckdb-nodes.txt"),
                        new FunctionList("duckdb-functions.txt"), Set.of(), Set.of("duckdb_", "pg_", "sqlite_", "pragma_"),
                        Set.of("information_schema", "system", "temp"), Set.of("user", "current_user", "session_user",
                        "current_role", "current_catalog", "current_schema", "current_database", "current_query"), false, true),
                new NameRules(false, false, false, Headings.WHERE_AND_HAVING, true, Set.of("rowid", "filename")));
    }
}
