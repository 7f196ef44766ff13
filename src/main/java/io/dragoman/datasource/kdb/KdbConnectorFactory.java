package io.dragoman.datasource.kdb;

import io.dragoman.config.DragomanProperties;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.ConnectorFactory;
import io.dragoman.datasource.ConnectionUrl;
import io.dragoman.datasource.DataSourceDefinition;
import io.dragoman.datasource.Secrets;
import io.dragoman.datasource.sandbox.SandboxConnector;
import io.dragoman.failure.FailureException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Opens connectors for q: to kdb+ ({@code kdb://host:port}), and to the embedded sandbox ({@code kdb-sandbox:markets}). */
@Component
public class KdbConnectorFactory implements ConnectorFactory {

    private static final String KDB = "kdb:";

    private final DragomanProperties properties;

    /** Prepares connectors with these limits. */
    public KdbConnectorFactory(DragomanProperties properties) {
        this.properties = properties;
    }

    @Override
    public String dialect() {
        return "q";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        if (!options.isEmpty()) {
            throw FailureException.invalid("options." + options.keySet().iterator().next(), "kdb+ has no options");
        }
        if (url.startsWith(SandboxConnector.PREFIX)) {
            return sandbox(url);
        }
        Address address = ConnectionUrl.parse(url, KDB).allowingOnly(Set.of());
        String[] hostAndPort = address.url().substring(KDB.length()).split(":", -1);
        boolean port = hostAndPort.length == 2 && hostAndPort[1].length() <= 5 && !hostAndPort[1].isEmpty()
                && hostAndPort[1].chars().allMatch(c -> c >= '0' && c <= '9');
        if (!port || !hostAndPort[0].startsWith("//") || hostAndPort[0].length() < 3 || hostAndPort[0].indexOf('/', 2) > 0
                || Integer.parseInt(hostAndPort[1]) > 65_535) {
            throw ConnectionUrl.invalid("The URL must read kdb://host:port, or " + SandboxConnector.PREFIX + "markets");
        }
        return address;
    }

    private static Address sandbox(String url) {
        if (!SandboxConnector.WORLDS.contains(url.substring(SandboxConnector.PREFIX.length()))) {
            throw ConnectionUrl.invalid("There is no such sandbox; there is "
                    + String.join(", ", SandboxConnector.WORLDS.stream().map(SandboxConnector.PREFIX::concat).toList()));
        }
        return new Address(url, null, null);
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        if (definition.url().startsWith(SandboxConnector.PREFIX)) {
            return new SandboxConnector(properties, Clock.systemUTC());
        }
        throw new Connector.UnavailableException("The datasource '" + definition.name() + "' (" + definition.url()
                + ") is not connected: this version writes and checks q but has no kdb+ connector yet. Run the query in "
                + "your own q session", null);
    }
}
