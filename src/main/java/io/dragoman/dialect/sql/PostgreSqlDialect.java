package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryLimits;
import io.dragoman.dialect.sql.Lexis.Habit;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** PostgreSQL. */
@Component
public final class PostgreSqlDialect extends SqlDialect {

    /** Makes the dialect with the limits that hold when nothing is configured. */
    public PostgreSqlDialect() {
        this(QueryLimits.DEFAULT);
    }

    /** Makes the dialect; it has no state. */
    @Autowired
    public PostgreSqlDialect(QueryLimits limits) {
        super("postgresql", new PostgreSqlSyntax(), Lexis.of(Habit.NESTED_COMMENTS, Habit.ESCAPE_STRINGS, Habit.DOLLAR_QUOTES), limits,
                new SafetyRules(new SyntaxTree("sql-nodes.txt"), new FunctionList("postgresql-functions.txt"),
                        Set.of("pg_catalog"), Set.of("pg_"), Set.of("information_schema"), Set.of("user", "current_user",
                        "session_user", "system_user", "current_role", "current_catalog", "current_schema"), true, false),
                new NameRules(true, true, false, NameRules.Headings.NOWHERE, false, Set.of("ctid", "tableoid")));
    }
}
