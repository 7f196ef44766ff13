package io.dragoman.api.socket;

import java.util.ArrayList;
import java.util.List;

/** Packets of Engine.IO 4: one character of type, then text. Long polling sends several in one payload. */
final class EnginePackets {

    static final char OPEN = '0';
    static final char CLOSE = '1';
    static final char PING = '2';
    static final char PONG = '3';
    static final char MESSAGE = '4';
    static final char UPGRADE = '5';
    static final char BINARY = 'b';

    /** What a poll is answered with when there is nothing to say. */
    static final String NOTHING = "6";

    private static final char SEPARATOR = '\u001e';

    private EnginePackets() {
    }

    /** The payload of a poll. */
    static String join(List<String> packets) {
        return packets.size() == 1 ? packets.get(0) : String.join(String.valueOf(SEPARATOR), packets);
    }

    /** The packets of a payload. */
    static List<String> split(String payload) {
        List<String> packets = new ArrayList<>();
        int start = 0;
        for (int end = payload.indexOf(SEPARATOR); end >= 0; end = payload.indexOf(SEPARATOR, start)) {
            packets.add(payload.substring(start, end));
            start = end + 1;
        }
        packets.add(payload.substring(start));
        return packets;
    }
}
