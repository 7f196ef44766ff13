package io.dragoman.api.jms;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Envelopes;
import io.dragoman.api.Json;
import io.dragoman.api.Raw;
import io.dragoman.config.JmsProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.security.AuditLog;
import io.dragoman.security.CurrentCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsConstants;
import org.springframework.stereotype.Component;

/** Writes replies in the format of their requests, and addresses them. */
@Component("jmsReplies")
final class Replies {

    private static final int HTTP_OK = 200;

    private final long largest;
    private final AuditLog audit;

    Replies(JmsProperties settings, AuditLog audit) {
        this.largest = settings.maxReply().toBytes();
        this.audit = audit;
    }

    /**
     * Turns what the work gave into the reply.
     *
     * @throws FailureException when the work failed, or the reply is too large
     */
    public void write(Exchange exchange) throws IOException {
        Object result = exchange.getMessage().getBody();
        if (result instanceof Failure failure) {
            throw new FailureException(failure);
        }
        exchange.getMessage().setBody(result instanceof Raw raw ? reply(exchange, raw)
                : envelope(exchange, Json.write(Envelopes.success(result)), null));
        audit(exchange, HTTP_OK);
    }

    private JmsReply reply(Exchange exchange, Raw raw) throws IOException {
        Bounded out = new Bounded(largest);
        raw.writer().write(out);
        return reply(exchange, out.toString(StandardCharsets.UTF_8), "success", null, raw.contentType().split(";")[0]);
    }

    /** Turns the failure in the body into the reply. */
    public void fail(Exchange exchange) throws IOException {
        Failure failure = exchange.getMessage().getBody(Failure.class);
        String traceId = JmsRequest.of(exchange).traceId();
        exchange.getMessage().setBody(envelope(exchange, Json.write(Envelopes.failure(failure, traceId)), failure));
        audit(exchange, failure.code().httpStatus());
    }

    /** Makes the reply in the body the message that is sent. */
    public void address(Exchange exchange) {
        JmsRequest request = JmsRequest.of(exchange);
        JmsReply reply = exchange.getMessage().getBody(JmsReply.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(JmsConstants.JMS_DESTINATION_NAME, request.replyTo());
        message.setHeader(JmsConstants.JMS_HEADER_CORRELATION_ID, request.correlationId());
        message.setHeader(JmsConstants.JMS_HEADER_PRIORITY, request.priority());
        message.setHeader(JmsConstants.JMS_HEADER_DELIVERY_MODE, jakarta.jms.DeliveryMode.PERSISTENT);
        reply.properties().forEach(message::setHeader);
        message.setBody(reply.text());
    }

    private JmsReply envelope(Exchange exchange, byte[] envelope, Failure failure) throws IOException {
        Format format = Format.valueOf(exchange.getProperty(Inbox.FORMAT, String.class).toUpperCase(Locale.ROOT));
        JsonNode tree = Json.read(envelope, JsonNode.class);
        String text = switch (format) {
            case JSON -> new String(envelope, StandardCharsets.UTF_8);
            case XML -> XmlText.write("reply", tree);
            case TEXT -> failure == null ? PlainText.write(tree.path("data")) : failure.code() + ": " + failure.message();
        };
        if (text.length() > largest) {
            throw tooLarge(largest);
        }
        JmsReply reply = reply(exchange, text, tree.path("status").asText(), failure, format.contentType());
        JsonNode queryId = tree.at("/data/query_id");
        if (queryId.isTextual()) {
            reply.properties().put("query_id", queryId.asText());
        }
        return reply;
    }

    private static JmsReply reply(Exchange exchange, String text, String status, Failure failure, String contentType) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("status", status);
        properties.put("content_type", contentType);
        properties.put("trace_id", JmsRequest.of(exchange).traceId());
        if (failure != null) {
            properties.put("code", failure.code().name());
        }
        return new JmsReply(text, properties);
    }

    /** Logs a call that was answered, by somebody who is known. */
    private void audit(Exchange exchange, int status) {
        CurrentCall call = exchange.getProperty(CallerPolicy.CALL, CurrentCall.class);
        if (call != null) {
            audit.called(call, JmsRequest.of(exchange).messageId(), status, Map.of());
        }
    }

    private static FailureException tooLarge(long limit) {
        return new FailureException(ErrorCode.PAYLOAD_TOO_LARGE, "The reply is larger than " + limit
                + " bytes, the most that is sent: ask for fewer rows with 'limit'.", Map.of("limit_bytes", limit));
    }

    /** Holds so many bytes and no more. */
    private static final class Bounded extends ByteArrayOutputStream {

        private final long limit;

        Bounded(long limit) {
            this.limit = limit;
        }

        @Override
        public synchronized void write(int b) {
            check(1);
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            check(length);
            super.write(bytes, offset, length);
        }

        private void check(int more) {
            if (count + (long) more > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
