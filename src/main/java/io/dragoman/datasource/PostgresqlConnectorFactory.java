package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.FailureException;
import java.util.Map;
import java.util.Set;
import org.postgresql.Driver;
import org.springframework.stereotype.Component;

/**
 * Connects to PostgreSQL. The option {@code schema} names the schema that unqualified table names are looked up in,
 * {@code public} when not set; with it set, only that schema is introspected.
 */
@Component
class PostgresqlConnectorFactory implements ConnectorFactory {

    static final String SCHEMA_OPTION = "schema";

    /** Parameters that change neither what code is loaded nor what files are read. */
    private static final Set<String> URL_PARAMETERS = Set.of("ssl", "sslmode", "ApplicationName", "connectTimeout",
            "loginTimeout", "socketTimeout", "tcpKeepAlive", "targetServerType", "loadBalanceHosts", "channelBinding");
    private static final int LONGEST_NAME = 63;

    private final DragomanProperties properties;
    private final QueryWatchdog watchdog;

    PostgresqlConnectorFactory(DragomanProperties properties, QueryWatchdog watchdog) {
        this.properties = properties;
        this.watchdog = watchdog;
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        Address address = ConnectionUrl.parse(url, "jdbc:postgresql:").allowingOnly(URL_PARAMETERS);
        if (Driver.parseURL(address.url(), null) == null) {
            throw ConnectionUrl.invalid("The URL must read jdbc:postgresql://host:port/database");
        }
        options.forEach((name, value) -> {
            if (!name.equals(SCHEMA_OPTION)) {
                throw FailureException.invalid("options." + name, "PostgreSQL has the option 'schema' only");
            }
            if (value.isBlank() || value.length() > LONGEST_NAME) {
                throw FailureException.invalid("options." + name, "A schema's name has 1 to 63 characters");
            }
        });
        return address;
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        return new PostgresqlConnector(definition, secrets, properties, watchdog);
    }
}
