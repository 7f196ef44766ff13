package io.dragoman.api.jms;

import io.dragoman.broker.Broker;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;

/**
 * Takes messages from one queue, each in a transaction of the broker. It tells the {@link Broker} whether it is there, which
 * logs that once (the container's own log, with a line an attempt, is switched off), and the {@link RequestLedger} which
 * replies were sent.
 */
final class RequestContainer extends DefaultJmsMessageListenerContainer {

    private static final long RECONNECT_MS = 1_000;

    private final Broker broker;
    private final RequestLedger ledger;

    RequestContainer(JmsEndpoint endpoint, Broker broker, RequestLedger ledger) {
        super(endpoint);
        this.broker = broker;
        this.ledger = ledger;
    }

    @Override
    public void initialize() {
        setRecoveryInterval(RECONNECT_MS);
        super.initialize();
    }

    @Override
    protected Connection createConnection() throws JMSException {
        broker.await();
        try {
            Connection connection = super.createConnection();
            broker.reached();
            return connection;
        } catch (JMSException e) {
            broker.lost(e);
            throw e;
        }
    }

    @Override
    protected void doExecuteListener(Session session, Message message) throws JMSException {
        try {
            super.doExecuteListener(session, message);
            ledger.committed();
        } finally {
            ledger.ended();
        }
    }
}
