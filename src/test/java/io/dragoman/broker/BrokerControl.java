package io.dragoman.broker;

import org.springframework.context.ApplicationContext;

/** The embedded broker of a started server, as whoever runs the server has it. */
public final class BrokerControl {

    private final EmbeddedBroker broker;

    private BrokerControl(EmbeddedBroker broker) {
        this.broker = broker;
    }

    /** The broker in that context. */
    public static BrokerControl of(ApplicationContext server) {
        return new BrokerControl(server.getBean(EmbeddedBroker.class));
    }

    /** Where clients connect. */
    public String url() {
        return broker.url();
    }

    /** The port in {@link #url}. */
    public String port() {
        return url().substring(url().lastIndexOf(':') + 1);
    }

    /** Who clients are. */
    public String user() {
        return broker.logins().user();
    }

    /** What clients show. */
    public String password() {
        return broker.logins().password();
    }

    /** Stops the broker and starts it again. */
    public void restart() {
        stop();
        start();
    }

    /** Stops the broker. */
    public void stop() {
        broker.stop();
    }

    /** Starts the stopped broker. */
    public void start() {
        broker.begin();
        broker.start();
    }
}
