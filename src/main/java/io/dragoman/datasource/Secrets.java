package io.dragoman.datasource;

import java.util.Map;

/**
 * What of a datasource must not be shown. It prints as nothing.
 *
 * @param password null for none
 * @param options  the connector's secret options, never null
 */
public record Secrets(String password, Map<String, String> options) {

    /** No secrets at all. */
    public static final Secrets NONE = new Secrets(null, Map.of());

    /** Copies the options and replaces null by none. */
    public Secrets {
        options = options == null ? Map.of() : Map.copyOf(options);
    }

    /** Whether there is nothing to keep. */
    boolean empty() {
        return password == null && options.isEmpty();
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
