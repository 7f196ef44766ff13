package io.dragoman.broker;

import io.dragoman.config.BrokerProperties;
import io.dragoman.storage.DataFolder;
import java.nio.file.Path;

/**
 * Who may connect to the embedded broker.
 *
 * @param user           of clients
 * @param password       of clients
 * @param file           that keeps the password; null when it was configured
 * @param serverPassword of the server itself, made up at each start
 */
record BrokerLogins(String user, String password, Path file, String serverPassword) {

    /** The server's own user. */
    static final String SERVER = "dragoman-server";

    private static final String FILE = "broker.password";

    /** What is configured, or kept in the data folder. */
    static BrokerLogins of(BrokerProperties settings, DataFolder folder) {
        return settings.password().isBlank()
                ? new BrokerLogins(settings.user(), folder.secret(FILE), folder.path().resolve(FILE), DataFolder.newSecret())
                : new BrokerLogins(settings.user(), settings.password(), null, DataFolder.newSecret());
    }

    @Override
    public String toString() {
        return "BrokerLogins[" + user + "]";
    }
}
