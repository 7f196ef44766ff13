package io.dragoman.api.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A packet of Socket.IO 5, revision of its protocol: what is in a message of Engine.IO.
 *
 * @param type      {@link #CONNECT} and so on
 * @param namespace {@code /} for the one that there is
 * @param ack       the number that the caller wants an answer under; null when it wants none
 * @param json      the rest, as it came; empty when there is none
 */
record SocketPacket(char type, String namespace, Long ack, String json) {

    static final char CONNECT = '0';
    static final char DISCONNECT = '1';
    static final char EVENT = '2';
    static final char ACK = '3';
    static final char BINARY_EVENT = '5';
    static final char BINARY_ACK = '6';

    /** The namespace that there is. */
    static final String ROOT = "/";

    private static final int LONGEST_NAMESPACE = 100;
    private static final int MOST_DIGITS = 15;
    private static final String CONNECT_ERROR = "4";

    /** Reads a packet; empty when it is none. The JSON in it is not looked at yet. */
    static Optional<SocketPacket> parse(String text) {
        if (text.isEmpty() || text.charAt(0) < CONNECT || text.charAt(0) > BINARY_ACK) {
            return Optional.empty();
        }
        char type = text.charAt(0);
        if (type == BINARY_EVENT || type == BINARY_ACK) {
            return Optional.of(new SocketPacket(type, ROOT, null, ""));
        }
        int at = 1;
        String namespace = ROOT;
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > LONGEST_NAMESPACE) {
                return Optional.empty();
            }
            namespace = text.substring(at, end);
            int query = namespace.indexOf('?');
            namespace = query < 0 ? namespace : namespace.substring(0, query);
            at = comma < 0 ? end : end + 1;
        }
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at - start > MOST_DIGITS) {
            return Optional.empty();
        }
        Long ack = at == start ? null : Long.valueOf(text.substring(start, at));
        return Optional.of(new SocketPacket(type, namespace, ack, text.substring(at)));
    }

    /**
     * The JSON of the packet.
     *
     * @throws JsonProcessingException when it is none, or nested too deeply
     */
    JsonNode read() throws IOException {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    /** That a caller is connected. */
    static String connected(String id) {
        return EnginePackets.MESSAGE + "0{\"sid\":\"" + id + "\"}";
    }

    /** That a caller is not connected, and why. */
    static String refused(String namespace, Object why) {
        return EnginePackets.MESSAGE + CONNECT_ERROR + (namespace.equals(ROOT) ? "" : namespace + ",") + Json.text(why);
    }

    /** That the server ended it. */
    static String disconnected() {
        return String.valueOf(EnginePackets.MESSAGE) + DISCONNECT;
    }

    /** An event, whose data is JSON already. */
    static String event(String name, String json) {
        return EnginePackets.MESSAGE + "2[\"" + name + "\"," + json + "]";
    }

    /** The answer to an event that wants one. */
    static String acknowledged(long ack, Object answer) {
        return EnginePackets.MESSAGE + "3" + ack + "[" + Json.text(answer) + "]";
    }
}
