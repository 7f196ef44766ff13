package io.dragoman.datasource;

import io.dragoman.failure.FailureException;
import java.util.Map;

/** Opens connectors to the databases of one query language. Adding a database is one such bean and its connector. */
public interface ConnectorFactory {

    /** The query language whose databases it connects to, a {@link io.dragoman.dialect.Dialect#name()}. */
    String dialect();

    /**
     * Checks an address against the allow-list of its kind, and takes the credentials out of it.
     *
     * @param url     as the caller wrote it, perhaps with credentials
     * @param options as the caller wrote them, without secrets
     * @throws FailureException when the URL or an option is none that may be used; the message has no secrets
     */
    Address address(String url, Map<String, String> options);

    /**
     * A connector. Nothing is connected before its first use.
     *
     * @throws Connector.UnavailableException when it is known without trying that the database cannot be reached
     */
    Connector open(DataSourceDefinition definition, Secrets secrets);

    /**
     * An address whose credentials were taken out.
     *
     * @param url      without credentials
     * @param user     that the URL carried; null when none
     * @param password that the URL carried; null when none
     */
    record Address(String url, String user, String password) {

        @Override
        public String toString() {
            return "Address[" + url + "]";
        }
    }
}
