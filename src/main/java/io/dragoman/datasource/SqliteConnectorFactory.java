package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Connects to SQLite files that exist. Nothing is ever created, and a URL can carry no parameters. */
@Component
class SqliteConnectorFactory implements ConnectorFactory {

    static final String PREFIX = "jdbc:sqlite:";

    private static final DatabaseFile FILE = new DatabaseFile("SQLite", PREFIX, "sqlite", 0, "SQLite format 3\0");

    private final DragomanProperties properties;
    private final QueryWatchdog watchdog;

    SqliteConnectorFactory(DragomanProperties properties, QueryWatchdog watchdog) {
        this.properties = properties;
        this.watchdog = watchdog;
    }

    @Override
    public String dialect() {
        return "sqlite";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        return FILE.address(url, options);
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        return new SqliteConnector(definition, properties, watchdog);
    }
}
