package io.dragoman.broker;

import jakarta.jms.ConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker that this server takes requests from, and whether it is there. Thread-safe. */
public final class Broker {

    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final ConnectionFactory connections;
    private final String url;
    private final EmbeddedBroker embedded;
    private volatile String problem;

    /** @param embedded null when it is another process */
    Broker(ConnectionFactory connections, String url, EmbeddedBroker embedded) {
        this.connections = connections;
        this.url = url;
        this.embedded = embedded;
    }

    /** Opens connections to it, with the server's credentials. */
    public ConnectionFactory connections() {
        return connections;
    }

    /** Where it is, without credentials. */
    public String url() {
        return url;
    }

    /** Whether it runs in this process, so that only this machine reaches it. */
    public boolean embedded() {
        return embedded != null;
    }

    /** Waits until the embedded broker, which starts beside the rest of the server, takes connections. */
    public void await() {
        if (embedded != null) {
            embedded.await();
        }
    }

    /** What is wrong with it; null when nothing is. */
    public String problem() {
        return problem;
    }

    /** A connection was opened. */
    public synchronized void reached() {
        if (problem != null) {
            problem = null;
            LOG.info("The broker at {} is back", url);
        }
    }

    /** A connection broke or could not be opened; logged the first time. */
    public synchronized void lost(Throwable cause) {
        if (problem == null) {
            problem = "It cannot be reached; requests wait in it until it can.";
            LOG.warn("The broker at {} cannot be reached ({}); it is tried again until it can", url, cause.getMessage());
        }
    }
}
