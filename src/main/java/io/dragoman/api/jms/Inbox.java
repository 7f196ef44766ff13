package io.dragoman.api.jms;

import io.dragoman.config.JmsProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Credentials;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.FilterConstants;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.support.DefaultMessage;
import org.springframework.stereotype.Component;

/**
 * Reads messages. What goes on into the route is a text and what {@link JmsRequest} says, and nothing else that was sent;
 * the properties with plain names are fields of a request in plain text.
 */
@Component("jmsInbox")
final class Inbox {

    /** The exchange property with the format: {@code json}, {@code xml} or {@code text}. */
    static final String FORMAT = "format";

    /** The exchange property with the credential that the message shows. */
    static final String CREDENTIAL = "credential";

    /** The exchange property with the text as it was sent. */
    static final String TEXT = "text";

    private static final List<String> KEYS = List.of("api_key", "X-API-Key");
    private static final List<String> AUTHORIZATIONS = List.of("Authorization", "authorization");
    private static final List<String> CONTENT_TYPES = List.of("content_type", "content-type", "JMS_AMQP_ContentType");
    /** Where the broker keeps the ids that AMQP's clients, and those of ActiveMQ Classic, gave their messages. */
    private static final List<String> FOREIGN_IDS = List.of(FilterConstants.NATIVE_MESSAGE_ID, "__HDR_MESSAGE_ID");
    private static final int LONGEST_NAME = 64;
    private static final int MOST_FIELDS = 50;

    private final JmsProperties settings;
    private final ReplyQueues replyQueues;

    Inbox(JmsProperties settings, ReplyQueues replyQueues) {
        this.settings = settings;
        this.replyQueues = replyQueues;
    }

    /**
     * Turns the JMS message of an exchange into a request. Its properties are set also when it then turns out not to be
     * readable, so that it can be answered.
     *
     * @param call the REST call whose rights it needs
     * @throws FailureException when it cannot be read
     */
    public void receive(Exchange exchange, String queue, String call) throws JMSException {
        Message message = ((JmsMessage) exchange.getIn()).getJmsMessage();
        exchange.setIn(new DefaultMessage(exchange.getContext()));
        Destination replyTo = message.getJMSReplyTo();
        ClientMessage core = ((ActiveMQMessage) message).getCoreMessage();
        long brokerId = core.getMessageID();
        boolean moved = core.containsProperty(org.apache.activemq.artemis.api.core.Message.HDR_ORIG_MESSAGE_ID);
        String messageId = messageId(message, brokerId);
        String correlationId = correlationId(message);
        JmsRequest request = new JmsRequest(queue, call, UUID.randomUUID().toString().replace("-", ""), messageId, brokerId,
                message.getJMSTimestamp(), moved, correlationId == null ? messageId : correlationId, message.getJMSPriority(),
                Math.max(1, number(message, "JMSXDeliveryCount")), replyQueues.of(replyTo), fields(message));
        exchange.setProperty(JmsRequest.PROPERTY, request);
        exchange.setProperty("traceId", request.traceId());
        exchange.setProperty("deliveries", request.deliveries());
        exchange.setProperty("expired",
                message.getJMSExpiration() > 0 && message.getJMSExpiration() < System.currentTimeMillis());
        exchange.setProperty(CREDENTIAL, credential(message));
        exchange.setProperty(FORMAT, "json");
        String text = text(message);
        Format format = Format.of(first(message, CONTENT_TYPES), text);
        exchange.setProperty(FORMAT, format.name().toLowerCase(Locale.ROOT));
        exchange.setProperty(TEXT, text);
        exchange.getIn().setBody(text.getBytes(StandardCharsets.UTF_8));
        if (replyTo != null && request.replyTo() == null) {
            throw FailureException.invalid("JMSReplyTo", "Replies go to temporary queues, and to queues that are not the server's "
                    + "own and whose names begin with " + String.join(" or ", settings.replyQueues())
                    + " (* is any). Letters, digits and ._-: make their names.");
        }
    }

    private String text(Message message) throws JMSException {
        long limit = settings.maxBody().toBytes();
        if (message instanceof TextMessage texts) {
            String text = texts.getText() == null ? "" : texts.getText();
            if (text.length() > limit || text.getBytes(StandardCharsets.UTF_8).length > limit) {
                throw tooLarge(limit);
            }
            return text;
        }
        if (message instanceof BytesMessage bytes) {
            if (bytes.getBodyLength() > limit) {
                throw tooLarge(limit);
            }
            byte[] content = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(content);
            return utf8(content);
        }
        throw new FailureException(ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "A request has to be a text message, or a bytes message of UTF-8.");
    }

    private static String utf8(byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new FailureException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The bytes of the message are not UTF-8.");
        }
    }

    private static FailureException tooLarge(long limit) {
        return new FailureException(ErrorCode.PAYLOAD_TOO_LARGE,
                "The body is larger than " + limit + " bytes, the most that is taken.", Map.of("limit_bytes", limit));
    }

    /** That of AMQP and of ActiveMQ Classic is in a property, while its JMS id is another one; those of STOMP have none. */
    private static String messageId(Message message, long brokerId) throws JMSException {
        String foreign = first(message, FOREIGN_IDS);
        if (foreign != null) {
            return foreign;
        }
        return message.getJMSMessageID() == null ? "ID:" + brokerId : message.getJMSMessageID();
    }

    private static String correlationId(Message message) {
        try {
            return message.getJMSCorrelationID();
        } catch (JMSException e) {
            return null;
        }
    }

    /** The key or token that the message shows; null when it shows none. */
    private static String credential(Message message) throws JMSException {
        return Credentials.shown(first(message, KEYS), first(message, AUTHORIZATIONS));
    }

    private static Map<String, String> fields(Message message) throws JMSException {
        Map<String, String> fields = new LinkedHashMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements() && fields.size() < MOST_FIELDS) {
            String name = names.nextElement().toString();
            if (plain(name) && !KEYS.contains(name) && !AUTHORIZATIONS.contains(name)) {
                Object value = message.getObjectProperty(name);
                if (value != null && !(value instanceof byte[])) {
                    fields.put(name, value.toString());
                }
            }
        }
        return fields;
    }

    private static boolean plain(String name) {
        return name.length() <= LONGEST_NAME && !name.isEmpty() && Character.isLowerCase(name.charAt(0))
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
    }

    private static String first(Message message, List<String> names) throws JMSException {
        for (String name : names) {
            Object value = message.propertyExists(name) ? message.getObjectProperty(name) : null;
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }

    private static int number(Message message, String property) throws JMSException {
        return message.propertyExists(property) ? message.getIntProperty(property) : 0;
    }
}
