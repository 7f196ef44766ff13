package io.dragoman.api.jms;

import io.dragoman.failure.Failure;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsConstants;
import org.springframework.stereotype.Component;

/** Writes dead letters: the text of the request with the reason in properties, without whatever showed who asked. */
@Component("jmsDeadLetters")
final class DeadLetters {

    private static final String FAILURE = "failure";

    /** Makes the failed request the body; the failure that was the body is put aside. */
    public void write(Exchange exchange) {
        JmsRequest request = JmsRequest.of(exchange);
        Message message = exchange.getMessage();
        Failure failure = message.getBody(Failure.class);
        exchange.setProperty(FAILURE, failure);
        message.removeHeaders("*");
        request.fields().forEach(message::setHeader);
        message.setHeader(JmsConstants.JMS_HEADER_CORRELATION_ID, request.correlationId());
        message.setHeader(JmsConstants.JMS_HEADER_PRIORITY, request.priority());
        message.setHeader("dragoman_code", failure.code().name());
        message.setHeader("dragoman_reason", failure.message());
        message.setHeader("dragoman_queue", request.queue());
        message.setHeader("dragoman_deliveries", request.deliveries());
        message.setHeader("dragoman_message_id", request.messageId());
        message.setHeader("dragoman_trace_id", request.traceId());
        message.setHeader("dragoman_failed_at", Instant.now().toString());
        String text = exchange.getProperty(Inbox.TEXT, String.class);
        message.setBody(text == null ? "" : text);
    }

    /** Makes the failure the body again. */
    public void written(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(exchange.getProperty(FAILURE));
    }
}
