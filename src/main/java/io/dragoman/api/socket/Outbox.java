package io.dragoman.api.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits to be sent to one caller, in order. While little waits, everything does. Beyond the limit, tokens are left out
 * and an event of progress takes the place of the one before it of the same stage; what was asked for is always kept, by
 * whoever looks after how much waits altogether. Not thread-safe.
 */
final class Outbox {

    /** What becomes of a message when the reader is slow. */
    enum Kind {
        /** It is sent in any case. */
        KEPT,
        /** A later one of the same key may take its place. */
        MERGED,
        /** It may be left out. */
        PREVIEW
    }

    /**
     * Something to send.
     *
     * @param key for {@link Kind#MERGED}; null for the others
     * @param packet an Engine.IO packet
     */
    record Message(Kind kind, String key, String packet) {

        static Message kept(String packet) {
            return new Message(Kind.KEPT, null, packet);
        }
    }

    private final int limit;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private long size;

    /** @param limit the characters beyond which less is kept */
    Outbox(int limit) {
        this.limit = limit;
    }

    /** Adds a message, or what becomes of it. */
    void add(Message message) {
        if (message.kind() != Kind.KEPT && size + message.packet().length() > limit) {
            remove(Kind.PREVIEW, null);
            if (message.kind() == Kind.PREVIEW) {
                return;
            }
            remove(Kind.MERGED, message.key());
            if (size + message.packet().length() > limit) {
                return;
            }
        }
        waiting.add(message);
        size += message.packet().length();
    }

    private void remove(Kind kind, String key) {
        waiting.removeIf(message -> {
            boolean gone = message.kind() == kind && (key == null || key.equals(message.key()));
            if (gone) {
                size -= message.packet().length();
            }
            return gone;
        });
    }

    /** The next packet, or all of them; none when nothing waits. */
    List<String> take(boolean all) {
        List<String> taken = new ArrayList<>();
        while (!waiting.isEmpty() && (all || taken.isEmpty())) {
            String packet = waiting.poll().packet();
            size -= packet.length();
            taken.add(packet);
        }
        return taken;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many messages wait. */
    int count() {
        return waiting.size();
    }

    /** The characters that wait. */
    long size() {
        return size;
    }

    void clear() {
        waiting.clear();
        size = 0;
    }
}
