package io.dragoman.api.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Properties;

/**
 * A legacy system: a program of its own that knows the JMS API and a provider's client, and nothing of this server. It is told
 * what to do in lines of its standard input and says what came of it in lines of its standard output, each a set of
 * properties in base 64.
 */
public final class PlainJmsClient {

    private final Session session;
    private final Destination temporary;
    private final MessageConsumer replies;

    private PlainJmsClient(Session session) throws JMSException {
        this.session = session;
        temporary = session.createTemporaryQueue();
        replies = session.createConsumer(temporary);
    }

    /** @param args the provider's connection factory, the broker's address, user and password */
    public static void main(String[] args) throws Exception {
        ConnectionFactory factory = (ConnectionFactory) Class.forName(args[0]).getConstructor(String.class)
                .newInstance(args[1]);
        Connection connection = factory.createConnection(args[2], args[3]);
        connection.start();
        PlainJmsClient client = new PlainJmsClient(connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(write(client.obey(read(line))));
        }
        connection.close();
    }

    static Properties read(String line) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8)));
        return properties;
    }

    static String write(Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Properties obey(Properties order) {
        Properties told = new Properties();
        try {
            if (order.getProperty("do").equals("receive")) {
                try (MessageConsumer consumer = session.createConsumer(session.createQueue(order.getProperty("queue")))) {
                    tell(consumer.receive(Long.parseLong(order.getProperty("wait"))), told);
                }
            } else {
                send(order, told);
            }
        } catch (Exception e) {
            told.setProperty("error", e.toString());
        }
        return told;
    }

    private void send(Properties order, Properties told) throws JMSException {
        Message message = message(order);
        for (String name : order.stringPropertyNames()) {
            if (name.startsWith("property.")) {
                message.setStringProperty(name.substring("property.".length()), order.getProperty(name));
            }
        }
        message.setJMSCorrelationID(order.getProperty("correlation"));
        String replyTo = order.getProperty("reply_to", "temporary");
        if (replyTo.equals("temporary")) {
            message.setJMSReplyTo(temporary);
        } else if (!replyTo.equals("none")) {
            message.setJMSReplyTo(session.createQueue(replyTo));
        }
        try (MessageProducer producer = session.createProducer(session.createQueue(order.getProperty("queue")))) {
            producer.send(message, jakarta.jms.DeliveryMode.PERSISTENT, Integer.parseInt(order.getProperty("priority", "4")),
                    Long.parseLong(order.getProperty("time_to_live", "0")));
        }
        told.setProperty("message_id", message.getJMSMessageID());
        if (order.containsKey("wait")) {
            tell(replies.receive(Long.parseLong(order.getProperty("wait"))), told);
        }
    }

    private Message message(Properties order) throws JMSException {
        String body = order.getProperty("body", "");
        switch (order.getProperty("kind", "text")) {
            case "bytes":
                BytesMessage bytes = session.createBytesMessage();
                bytes.writeBytes(body.getBytes(StandardCharsets.UTF_8));
                return bytes;
            case "object":
                return session.createObjectMessage(new ArrayList<>(Collections.singleton(body)));
            case "stream":
                StreamMessage stream = session.createStreamMessage();
                stream.writeString(body);
                return stream;
            case "map":
                jakarta.jms.MapMessage map = session.createMapMessage();
                map.setString("query", body);
                return map;
            default:
                return session.createTextMessage(body);
        }
    }

    private static void tell(Message reply, Properties told) throws JMSException {
        if (reply == null) {
            return;
        }
        told.setProperty("correlation", String.valueOf(reply.getJMSCorrelationID()));
        told.setProperty("priority", String.valueOf(reply.getJMSPriority()));
        told.setProperty("kind", reply.getClass().getSimpleName());
        told.setProperty("body", reply instanceof TextMessage text ? text.getText() : "");
        for (Object name : Collections.list(reply.getPropertyNames())) {
            told.setProperty("property." + name, String.valueOf(reply.getObjectProperty(name.toString())));
        }
    }
}
