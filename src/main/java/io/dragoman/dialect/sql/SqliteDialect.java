package io.dragoman.dialect.sql;

import org.springframework.stereotype.Component;

/** SQLite. */
@Component
public final class SqliteDialect extends SqlDialect {

    /** Makes the dialect; it has no state. */
    public SqliteDialect() {
        super("sqlite", new SqliteSyntax());
    }
}
