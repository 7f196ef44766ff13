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
import javax.net.ssl.SSLSocketFactory;
import org.springframework.stereotype.Component;

/** Opens connectors for q: to kdb+ ({@code kdb://host:port}, with TLS {@code kdbs://host:port}), and to the embedded sandbox ({@code kdb-sandbox:markets}). */
@Component
public class KdbConnectorFactory implements ConnectorFactory {

    private static final String KDB = "kdb:";
    private static final String KDBS = "kdbs:";

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
        Address address = ConnectionUrl.parse(url, secured(url) ? KDBS : KDB).allowingOnly(Set.of());
        hostAndPort(address.url());
        return address;
    }

    private static boolean secured(String url) {
        return url.regionMatches(true, 0, KDBS, 0, KDBS.length());
    }

    /** Whether the protocol, which sends {@code user:password} up to a zero, cannot say this. */
    private static boolean unsendable(String user, String password) {
        return user != null && user.indexOf(':') >= 0 || control(user) || control(password);
    }

    private static boolean control(String text) {
        return text != null && text.chars().anyMatch(Character::isISOControl);
    }

    /** The two parts of the address, which must have no others. */
    private static String[] hostAndPort(String url) {
        String[] parts = url.substring(url.indexOf(':') + 1).split(":", -1);
        boolean port = parts.length == 2 && parts[1].length() <= 5 && !parts[1].isEmpty()
                && parts[1].chars().allMatch(c -> c >= '0' && c <= '9');
        if (!port || !parts[0].startsWith("//") || parts[0].length() < 3 || parts[0].indexOf('/', 2) > 0
                || Integer.parseInt(parts[1]) > 65_535 || Integer.parseInt(parts[1]) == 0) {
            throw ConnectionUrl.invalid("The URL must read kdb://host:port, kdbs://host:port for TLS, or "
                    + SandboxConnector.PREFIX + "markets");
        }
        return new String[] {parts[0].substring(2), parts[1]};
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
        if (unsendable(definition.user(), secrets.password())) {
            throw new Connector.UnavailableException("The datasource '" + definition.name() + "' cannot be signed in to: a user of"
                    + " kdb+ has no colon, and neither user nor password has control characters", null);
        }
        String[] parts = hostAndPort(definition.url());
        return new KdbConnector(definition, new KdbConnector.Target(parts[0], Integer.parseInt(parts[1]),
                secured(definition.url()) ? (SSLSocketFactory) SSLSocketFactory.getDefault() : null, definition.user(),
                secrets.password()), properties);
    }
}
