package io.dragoman.datasource;

import java.util.Map;
import java.util.UUID;

/**
 * A datasource as it is shown: without its password.
 *
 * @param id      the stored id
 * @param name    unique
 * @param dialect the query language, a {@link io.dragoman.dialect.Dialect#name()}
 * @param url     a JDBC URL, or {@code kdb://host:port}; without credentials
 * @param user    null for none
 * @param options the connector's own options, without secrets, never null
 * @param description what the database is; null when nobody said
 */
public record DataSourceDefinition(UUID id, String name, String dialect, String url, String user,
        Map<String, String> options, String description) {

    /** Copies the options and replaces null by none. */
    public DataSourceDefinition {
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
