package io.dragoman.api.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Envelopes;
import io.dragoman.failure.Failure;
import io.dragoman.security.CurrentCall;

/**
 * What a caller sent, on its way through the routes.
 *
 * @param connection it came from
 * @param name       of the event
 * @param data       its first argument; missing when there is none
 * @param ack        the number that the caller wants an answer under; null when it wants none
 * @param call       who sent it
 */
record SocketEvent(SocketConnection connection, String name, JsonNode data, Long ack, CurrentCall call) {

    /** Answers, when the caller wants an answer. */
    void answer(Object data) {
        if (ack != null) {
            connection.send(Outbox.Message.kept(SocketPacket.acknowledged(ack, Envelopes.success(data))));
        }
    }

    /** Tells what was wrong, as an event and as the answer when the caller wants one. */
    void fail(Failure failure) {
        connection.fail(failure, call.traceId(), text("query_id"), text("request_id"));
        if (ack != null) {
            connection.send(Outbox.Message.kept(SocketPacket.acknowledged(ack, Envelopes.failure(failure, call.traceId()))));
        }
    }

    /** A field of the data, for repeating it to the caller; null when it is no short text. */
    private String text(String field) {
        JsonNode value = data.path(field);
        return value.isTextual() && value.textValue().length() <= SocketRun.LONGEST_REQUEST_ID ? value.textValue() : null;
    }

}
