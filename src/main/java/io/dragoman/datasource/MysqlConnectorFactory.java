package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.FailureException;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Connects to MySQL, and to MariaDB, which speaks the same protocol. */
@Component
class MysqlConnectorFactory implements ConnectorFactory {

    static final String PREFIX = "jdbc:mysql:";

    /** Parameters that neither load code, read files nor let a query do more. */
    private static final Set<String> URL_PARAMETERS = Set.of("sslMode", "allowPublicKeyRetrieval", "tcpKeepAlive",
            "connectTimeout");
    private static final int LONGEST_NAME = 64;

    private final DragomanProperties properties;
    private final QueryWatchdog watchdog;

    MysqlConnectorFactory(DragomanProperties properties, QueryWatchdog watchdog) {
        this.properties = properties;
        this.watchdog = watchdog;
    }

    @Override
    public String dialect() {
        return "mysql";
    }

    /** The driver's URLs may also hold several hosts, each with any of its parameters: here it is one plain host. */
    @Override
    public Address address(String url, Map<String, String> options) {
        Address address = ConnectionUrl.parse(url, PREFIX).allowingOnly(URL_PARAMETERS);
        String rest = address.url().substring(PREFIX.length());
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/', 2);
        if (!place.startsWith("//") || slash < 0 || !host(place.substring(2, slash)) || !name(place.substring(slash + 1))) {
            throw ConnectionUrl.invalid("The URL must read jdbc:mysql://host:port/database");
        }
        if (question >= 0 && !rest.substring(question).chars().allMatch(c -> plain(c) || c == '?' || c == '=' || c == '&')) {
            throw ConnectionUrl.invalid("The URL's parameters are plain words and numbers");
        }
        if (!options.isEmpty()) {
            throw FailureException.invalid("options." + options.keySet().iterator().next(), "MySQL has no options");
        }
        return address;
    }

    private static boolean host(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end > 1 && text.substring(1, end).chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':')
                    && (end == text.length() - 1 || text.charAt(end + 1) == ':' && port(text.substring(end + 2)));
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return !name.isEmpty() && name.chars().allMatch(MysqlConnectorFactory::plain)
                && (colon < 0 || port(text.substring(colon + 1)));
    }

    private static boolean port(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(text) <= 65_535;
    }

    private static boolean name(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME
                && text.chars().allMatch(c -> plain(c) && c != '.' || c == '$');
    }

    private static boolean plain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        return new MysqlConnector(definition, secrets, properties, watchdog);
    }
}
