package io.dragoman.datasource;

import io.dragoman.failure.FailureException;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Keeps kdb+ datasources. Questions about them are answered with checked q; running it comes with the kdb+ connector,
 * which is not there yet.
 */
@Component
class KdbConnectorFactory implements ConnectorFactory {

    @Override
    public String dialect() {
        return "q";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        Address address = ConnectionUrl.parse(url, "kdb:").allowingOnly(Set.of());
        String[] hostAndPort = address.url().substring("kdb:".length()).split(":", -1);
        boolean port = hostAndPort.length == 2 && hostAndPort[1].length() <= 5 && !hostAndPort[1].isEmpty()
                && hostAndPort[1].chars().allMatch(c -> c >= '0' && c <= '9');
        if (!port || !hostAndPort[0].startsWith("//") || hostAndPort[0].length() < 3 || hostAndPort[0].indexOf('/', 2) > 0
                || Integer.parseInt(hostAndPort[1]) > 65_535) {
            throw ConnectionUrl.invalid("The URL must read kdb://host:port");
        }
        if (!options.isEmpty()) {
            throw FailureException.invalid("options." + options.keySet().iterator().next(), "kdb+ has no options");
        }
        return address;
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        throw new Connector.UnavailableException("The datasource '" + definition.name() + "' (" + definition.url()
                + ") is not connected: this version writes and checks q but has no kdb+ connector yet. Run the query in "
                + "your own q session", null);
    }
}
