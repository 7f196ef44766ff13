package io.dragoman.datasource;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A datasource as it is shown: without its password.
 *
 * @param id      the stored id
 * @param name    unique
 * @param dialect the query language, a {@link io.dragoman.dialect.Dialect#name()}
 * @param url     a JDBC URL, or {@code kdb://host:port}; without credentials
 * @param user    null for none
 * @param options the connector's own options, and {@code cache}; without secrets, never null
 * @param description what the database is; null when nobody said
 */
public record DataSourceDefinition(UUID id, String name, String dialect, String url, String user,
        Map<String, String> options, String description) {

    /** Copies the options and replaces null by none. */
    public DataSourceDefinition {
        options = options == null ? Map.of() : Map.copyOf(options);
    }

    /** The option that says whether rows may be kept for a while: {@code on} or {@code off}. */
    static final String CACHE = "cache";

    /** Whether rows of this database may be kept for a while. */
    public boolean keepsResults() {
        return !"off".equals(options.get(CACHE));
    }

    /** The options that are the connector's own. */
    static Map<String, String> connectorOptions(Map<String, String> options) {
        return options.containsKey(CACHE) ? options.entrySet().stream().filter(one -> !one.getKey().equals(CACHE))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)) : options;
    }
}
