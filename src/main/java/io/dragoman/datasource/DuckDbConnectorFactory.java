package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Connects to DuckDB files that exist. Nothing is ever created, and a URL can carry no parameters. */
@Component
class DuckDbConnectorFactory implements ConnectorFactory {

    static final String PREFIX = "jdbc:duckdb:";

    private static final DatabaseFile FILE = new DatabaseFile("DuckDB", PREFIX, "duckdb", 8, "DUCK");

    private final DragomanProperties properties;
    private final QueryWatchdog watchdog;

    DuckDbConnectorFactory(DragomanProperties properties, QueryWatchdog watchdog) {
        this.properties = properties;
        this.watchdog = watchdog;
    }

    @Override
    public String dialect() {
        return "duckdb";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        return FILE.address(url, options);
    }

    /** The driver takes what is before a colon for a kind of database; an absolute path has none. */
    static Path file(DataSourceDefinition definition) {
        return Path.of(definition.url().substring(PREFIX.length())).toAbsolutePath();
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        return new DuckDbConnector(definition, properties, watchdog);
    }
}
