package io.dragoman.datasource;

import java.util.Map;

/**
 * What a caller wants a datasource to be. For a change, null fields stay as they are. It prints without secrets.
 *
 * @param name        unique; 1–100 letters, digits, {@code _ - .}
 * @param dialect     the query language
 * @param url         a JDBC URL, or {@code kdb://host:port}
 * @param user        null for none
 * @param password    kept encrypted and never given back; null for none
 * @param options     the connector's options; those whose name speaks of a secret are kept as the password is
 * @param description what the database is
 */
public record DataSourceRequest(String name, String dialect, String url, String user, String password,
        Map<String, String> options, String description) {

    @Override
    public String toString() {
        return "DataSourceRequest[" + name + ", " + dialect + "]";
    }
}
