package io.dragoman.dialect.sql;

import org.springframework.stereotype.Component;

/** PostgreSQL. */
@Component
public final class PostgreSqlDialect extends SqlDialect {

    /** Makes the dialect; it has no state. */
    public PostgreSqlDialect() {
        super("postgresql", new PostgreSqlSyntax());
    }
}
