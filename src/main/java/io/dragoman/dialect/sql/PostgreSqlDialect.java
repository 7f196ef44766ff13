package io.dragoman.dialect.sql;

import java.util.Set;
import org.springframework.stereotype.Component;

/** PostgreSQL. */
@Component
public final class PostgreSqlDialect extends SqlDialect {

    /** Makes the dialect; it has no state. */
    public PostgreSqlDialect() {
        super("postgresql", new PostgreSqlSyntax(), new SqlText.Lexis(true, false, true, false, true),
                new SafetyRules(new FunctionList("postgresql-functions.txt"), Set.of("pg_"),
                        Set.of("information_schema"), Set.of("user", "current_user", "session_user", "system_user",
                        "current_role", "current_catalog", "current_schema"), true),
                new NameRules(true, true, false, Set.of("ctid", "tableoid")));
    }
}
