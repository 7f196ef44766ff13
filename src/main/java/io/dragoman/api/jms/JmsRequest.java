package io.dragoman.api.jms;

import java.util.Map;
import org.apache.camel.Exchange;

/**
 * A message that was taken from a queue, without its secrets.
 *
 * @param queue         it was taken from
 * @param call          the REST call whose rights it needs, such as {@code POST /api/v1/query}
 * @param traceId       new for each delivery
 * @param messageId     the sender's id of the message, or the broker's when there is none; never null
 * @param brokerId      the broker's own number of the message, the same at each delivery
 * @param timestamp     when it was sent, milliseconds since 1970; 0 when it does not say
 * @param moved         whether an operator moved it back to its queue; the broker's number is another one since
 * @param correlationId of the reply; never null
 * @param priority      0 to 9
 * @param deliveries    how often it was delivered, this time included
 * @param replyTo       the queue where the reply goes; null for nowhere
 * @param fields        the properties with plain names, as texts
 */
record JmsRequest(String queue, String call, String traceId, String messageId, long brokerId, long timestamp,
        boolean moved, String correlationId, int priority, int deliveries, String replyTo, Map<String, String> fields) {

    /** The exchange property that holds the request. */
    static final String PROPERTY = "request";

    /** The same request, which nobody is told about. */
    JmsRequest unanswered() {
        return new JmsRequest(queue, call, traceId, messageId, brokerId, timestamp, moved, correlationId, priority, deliveries, null,
                fields);
    }

    /** The request that an exchange is about. */
    static JmsRequest of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, JmsRequest.class);
    }
}
