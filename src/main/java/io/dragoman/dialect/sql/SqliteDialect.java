package io.dragoman.dialect.sql;

import java.util.Set;
import org.springframework.stereotype.Component;

/** SQLite. */
@Component
public final class SqliteDialect extends SqlDialect {

    /** Makes the dialect; it has no state. */
    public SqliteDialect() {
        super("sqlite", new SqliteSyntax(), new SqlText.Lexis(false, false, false, true, false),
                new SafetyRules(new FunctionList("sqlite-functions.txt"), Set.of("sqlite_", "pragma_"),
                        Set.of("dbstat", "bytecode", "tables_used", "fsdir", "zipfile", "completion", "fts5vocab",
                        "generate_series", "carray"), Set.of(), false),
                new NameRules(false, false, true, Set.of("rowid", "oid", "_rowid_")));
    }
}
