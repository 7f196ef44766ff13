package io.dragoman.dialect.sql;

import io.dragoman.dialect.QueryLimits;
import io.dragoman.dialect.sql.Lexis.Habit;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** SQLite. */
@Component
public final class SqliteDialect extends SqlDialect {

    /** Makes the dialect with the limits that hold when nothing is configured. */
    public SqliteDialect() {
        this(QueryLimits.DEFAULT);
    }

    /** Makes the dialect; it has no state. */
    @Autowired
    public SqliteDialect(QueryLimits limits) {
        super("sqlite", new SqliteSyntax(), Lexis.of(Habit.BRACKETS), limits,
                new SafetyRules(new SyntaxTree("sql-nodes.txt"), new FunctionList("sqlite-functions.txt"), Set.of(),
                        Set.of("sqlite_", "pragma_"), Set.of("dbstat", "bytecode", "tables_used", "fsdir", "zipfile",
                        "completion", "fts5vocab", "generate_series", "carray"), Set.of(), false, false),
                new NameRules(false, false, true, NameRules.Headings.WHERE_AND_HAVING, false, Set.of("rowid", "oid", "_rowid_")));
    }
}
