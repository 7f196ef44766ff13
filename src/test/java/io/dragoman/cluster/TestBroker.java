package io.dragoman.cluster;

import io.dragoman.testing.FreePort;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker that belongs to none of the servers, on a port of this machine. */
final class TestBroker implements AutoCloseable {

    private final EmbeddedActiveMQ broker;
    private final String url;

    private TestBroker(EmbeddedActiveMQ broker, String url) {
        this.broker = broker;
        this.url = url;
    }

    static TestBroker start() throws Exception {
        String url = "tcp://127.0.0.1:" + FreePort.find();
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                .setName("broker-of-several").addAcceptorConfiguration("tcp", url));
        broker.start();
        return new TestBroker(broker, url);
    }

    String url() {
        return url;
    }

    Client client() throws JMSException {
        return new Client(url);
    }

    @Override
    public void close() throws Exception {
        broker.stop();
    }

    /** Sends requests, and hears their replies. */
    static final class Client implements AutoCloseable {

        private final ActiveMQConnectionFactory factory;
        private final Connection connection;
        private final Session session;
        private final Queue replyTo;
        private final Map<String, List<String>> replies = new ConcurrentHashMap<>();

        private Client(String url) throws JMSException {
            factory = new ActiveMQConnectionFactory(url);
            connection = factory.createConnection();
            session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Session listening = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            replyTo = listening.createTemporaryQueue();
            listening.createConsumer(replyTo).setMessageListener(message -> {
                try {
                    replies.computeIfAbsent(message.getJMSCorrelationID(), id -> new CopyOnWriteArrayList<>())
                            .add(message.getBody(String.class));
                } catch (JMSException e) {
                    throw new IllegalStateException(e);
                }
            });
            connection.start();
        }

        void send(String queue, String id, String key, String body) throws JMSException {
            TextMessage message = session.createTextMessage(body);
            message.setJMSCorrelationID(id);
            message.setJMSReplyTo(replyTo);
            message.setStringProperty("api_key", key);
            try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
                producer.send(message);
            }
        }

        /** How many requests have a reply. */
        int answered() {
            return replies.size();
        }

        /** The replies by request. */
        Map<String, List<String>> replies() {
            return replies;
        }

        @Override
        public void close() throws JMSException {
            connection.close();
            factory.close();
        }
    }
}
