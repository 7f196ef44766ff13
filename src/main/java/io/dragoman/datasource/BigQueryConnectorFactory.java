package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import io.dragoman.failure.FailureException;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Connects to a BigQuery dataset by {@code bigquery://project/dataset}. Options: {@code location}, {@code maximum_bytes_billed}
 * (no more than the server's), and the secrets {@code credentials} (a service account's key, JSON) or {@code access_token}.
 */
@Component
class BigQueryConnectorFactory implements ConnectorFactory {

    static final String PREFIX = "bigquery://";
    static final String LOCATION = "location";
    static final String MAXIMUM_BYTES = "maximum_bytes_billed";
    static final String CREDENTIALS = "credentials";
    static final String ACCESS_TOKEN = "access_token";

    private static final Set<String> OPTIONS = Set.of(LOCATION, MAXIMUM_BYTES);
    private static final int LONGEST_NAME = 1_024;

    private final DragomanProperties properties;

    BigQueryConnectorFactory(DragomanProperties properties) {
        this.properties = properties;
    }

    @Override
    public String dialect() {
        return "bigquery";
    }

    @Override
    public Address address(String url, Map<String, String> options) {
        Address address = ConnectionUrl.parse(url, PREFIX).allowingOnly(Set.of());
        String[] parts = address.url().substring(PREFIX.length()).split("/", -1);
        if (parts.length != 2 || !name(parts[0]) || !name(parts[1])) {
            throw ConnectionUrl.invalid("The URL must read bigquery://project/dataset");
        }
        options.forEach((option, value) -> {
            if (!OPTIONS.contains(option)) {
                throw FailureException.invalid("options." + option, "BigQuery has the options location and "
                        + "maximum_bytes_billed, and the secrets credentials and access_token");
            }
            boolean number = !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
            if (option.equals(MAXIMUM_BYTES) ? !number : !name(value)) {
                throw FailureException.invalid("options." + option, option.equals(MAXIMUM_BYTES)
                        ? "'maximum_bytes_billed' is a number of bytes" : "'location' is a name such as EU or us-east1");
            }
        });
        return address;
    }

    /** Projects, datasets and locations are named by these characters; no other can lead to another address. */
    private static boolean name(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().allMatch(c -> c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    @Override
    public Connector open(DataSourceDefinition definition, Secrets secrets) {
        return new BigQueryConnector(definition, secrets, properties);
    }
}
