package io.dragoman.api.socket;

import io.dragoman.api.Json;
import io.dragoman.config.SocketProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO connection, over one transport after the other. Sending returns at once: what the caller's side does not take
 * waits in the {@link Outbox}, and no thread waits with it. Thread-safe.
 */
final class EngineSession {

    /** The most that a connection may send at once, as a request may. */
    static final int MOST_PAYLOAD = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);
    private static final int MOST_WAITING = 5_000;
    private static final int MOST_BEFORE_SIGN_IN = 16 << 10;

    /** What waits in all connections together. */
    interface Buffered {

        /** So many characters more or less wait. */
        void changed(long characters);

        /** Ends what should not go on, without waiting for it. */
        void end(Transport transport);
    }

    /** What happens above. */
    interface Receiver {

        /** A message came. It has to return quickly. */
        void message(String text);

        /** Something came that is not text. */
        void binary();

        /** The connection ended; nothing can be sent any more. */
        void closed(String why);

        /** Whether it is known who sends. */
        boolean signedIn();

        /** Whether the connection may be closed for not being used, by that time in nanoseconds. */
        boolean idle(long now);
    }

    private enum Ping { NONE, WAITING, SENT }

    private final String id;
    private final SocketProperties limits;
    private final Buffered buffered;
    private final Outbox outbox;
    private final AtomicInteger pumping = new AtomicInteger();
    private final long openedAt = System.nanoTime();

    private volatile Receiver receiver;
    private Transport transport;
    private WebSocketTransport probed;
    private long probedAt;
    private boolean writing;
    private long beingWritten;
    private boolean pingBeingWritten;
    private long writingSince;
    private Ping ping = Ping.NONE;
    private long pingAt = openedAt;
    private boolean closing;
    private long closingAt;
    private boolean closed;

    EngineSession(String id, SocketProperties limits, Buffered buffered) {
        this.id = id;
        this.limits = limits;
        this.buffered = buffered;
        this.outbox = new Outbox((int) Math.min(Integer.MAX_VALUE, limits.buffer().toBytes()));
    }

    String id() {
        return id;
    }

    /** Opens the connection over its first transport. */
    void begin(Transport first, Receiver above) {
        synchronized (this) {
            receiver = above;
            transport = first;
        }
        Map<String, Object> handshake = new LinkedHashMap<>();
        handshake.put("sid", id);
        handshake.put("upgrades", first instanceof PollingTransport ? List.of("websocket") : List.of());
        handshake.put("pingInterval", limits.pingInterval().toMillis());
        handshake.put("pingTimeout", limits.pingTimeout().toMillis());
        handshake.put("maxPayload", MOST_PAYLOAD);
        send(Outbox.Message.kept(EnginePackets.OPEN + Json.text(handshake)));
    }

    /** How much may be sent at once; little while it is not known who sends. */
    int maxPayload() {
        return receiver != null && receiver.signedIn() ? MOST_PAYLOAD : MOST_BEFORE_SIGN_IN;
    }

    /** The transport of long polling; null when the connection has another. */
    synchronized PollingTransport polling() {
        return transport instanceof PollingTransport polling && !closed ? polling : null;
    }

    /** Whether a WebSocket may take over. */
    synchronized boolean canUpgrade() {
        return polling() != null && probed == null && !closing;
    }

    /** A WebSocket opened: as the first transport, or to take over. */
    void opened(WebSocketTransport socket) {
        boolean refused;
        synchronized (this) {
            refused = closed || transport != socket && !canUpgrade();
            if (!refused && transport != socket) {
                probed = socket;
                probedAt = System.nanoTime();
            }
        }
        if (refused) {
            socket.close();
        } else {
            pump();
        }
    }

    /** A packet came over a WebSocket. */
    void receive(WebSocketTransport from, String packet) {
        boolean current;
        synchronized (this) {
            current = from == transport;
        }
        if (current) {
            receive(packet);
        } else {
            probe(from, packet);
        }
    }

    private void probe(WebSocketTransport from, String packet) {
        if (packet.equals(EnginePackets.PING + "probe")) {
            from.write(List.of(EnginePackets.PONG + "probe"), sent -> {
            });
            send(Outbox.Message.kept(EnginePackets.NOTHING));
        } else if (packet.equals(String.valueOf(EnginePackets.UPGRADE))) {
            takeOver(from);
        } else {
            from.close();
        }
    }

    private void takeOver(WebSocketTransport socket) {
        Transport before;
        synchronized (this) {
            if (closed || probed != socket) {
                return;
            }
            before = transport;
            transport = socket;
            probed = null;
        }
        if (before.ready()) {
            before.write(List.of(EnginePackets.NOTHING), sent -> {
            });
        }
        pump();
    }

    /** A packet came. */
    void receive(String packet) {
        char type = packet.isEmpty() ? ' ' : packet.charAt(0);
        switch (type) {
            case EnginePackets.MESSAGE -> receiver.message(packet.substring(1));
            case EnginePackets.PONG -> ponged();
            case EnginePackets.CLOSE -> close("the caller closed it");
            case EnginePackets.BINARY -> receiver.binary();
            case EnginePackets.UPGRADE, '6' -> LOG.debug("Connection {} said nothing", id);
            default -> close("what came is not Engine.IO 4");
        }
    }

    /** Bytes came over a WebSocket. */
    void binary() {
        receiver.binary();
    }

    private synchronized void ponged() {
        ping = Ping.NONE;
        pingAt = System.nanoTime();
    }

    /** Sends, soon. */
    void send(Outbox.Message message) {
        long added;
        boolean tooMany;
        synchronized (this) {
            if (closed || closing) {
                return;
            }
            long before = outbox.size();
            outbox.add(message);
            added = outbox.size() - before;
            tooMany = outbox.count() > MOST_WAITING;
        }
        buffered.changed(added);
        if (tooMany) {
            close("the caller reads less than it asks for");
        } else {
            pump();
        }
    }

    /** The characters that wait, those that are being sent included. */
    synchronized long waiting() {
        return closed ? 0 : outbox.size() + beingWritten;
    }

    /** A poll came or something was added: sends what can be sent. One thread does it at a time; others return at once. */
    void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int asked = 1;
        do {
            Transport to = null;
            List<String> packets = List.of();
            synchronized (this) {
                if (!closed && !writing && transport != null && transport.ready() && !outbox.isEmpty()) {
                    long before = outbox.size();
                    packets = outbox.take(transport.takesMany());
                    beingWritten = before - outbox.size();
                    writing = true;
                    writingSince = System.nanoTime();
                    pingBeingWritten = ping == Ping.WAITING && packets.contains(String.valueOf(EnginePackets.PING));
                    to = transport;
                }
            }
            if (to != null) {
                to.write(packets, this::written);
            }
            asked = pumping.addAndGet(-asked);
        } while (asked != 0);
    }

    private void written(boolean sent) {
        boolean end;
        long done;
        synchronized (this) {
            writing = false;
            done = closed ? 0 : beingWritten;
            beingWritten = 0;
            if (pingBeingWritten) {
                pingBeingWritten = false;
                ping = Ping.SENT;
                pingAt = System.nanoTime();
            }
            end = closing && outbox.isEmpty();
        }
        buffered.changed(-done);
        if (!sent) {
            close("it broke off");
        } else if (end) {
            close("the server closed it");
        } else {
            pump();
        }
    }

    /** Looks after time limits; closes the connection when one is over. */
    void look(long now) {
        String why;
        boolean pingNow = false;
        boolean pollOn = false;
        WebSocketTransport late = null;
        synchronized (this) {
            if (closed || receiver == null) {
                return;
            }
            why = overdue(now);
            if (why == null && ping == Ping.NONE && now - pingAt > limits.pingInterval().toNanos()) {
                ping = Ping.WAITING;
                pingAt = now;
                pingNow = true;
            }
            if (probed != null && now - probedAt > limits.connectTimeout().toNanos()) {
                late = probed;
                probed = null;
            }
            pollOn = probed != null && outbox.isEmpty() && !writing && transport.ready();
        }
        if (why != null) {
            close(why);
        } else if (pingNow) {
            send(Outbox.Message.kept(String.valueOf(EnginePackets.PING)));
        } else if (pollOn) {
            // The caller may have polled again before it saw that the WebSocket answers, and takes that over when the poll ends.
            send(Outbox.Message.kept(EnginePackets.NOTHING));
        }
        if (late != null) {
            buffered.end(late);
        }
    }

    private String overdue(long now) {
        if (writing && now - writingSince > limits.slowReader().toNanos()) {
            return "the caller reads too slowly";
        }
        if (!writing && ping != Ping.NONE && now - pingAt > limits.pingTimeout().toNanos()) {
            return "a ping was not answered";
        }
        if (closing && now - closingAt > limits.connectTimeout().toNanos()) {
            return "the server closed it";
        }
        if (!receiver.signedIn() && now - openedAt > limits.connectTimeout().toNanos() && receiver.idle(now)) {
            return "nobody signed in";
        }
        return receiver.signedIn() && receiver.idle(now) ? "it was not used" : null;
    }

    /** Closes the connection once everything before was sent. */
    void closeSoon() {
        boolean now;
        synchronized (this) {
            closing = true;
            closingAt = System.nanoTime();
            now = outbox.isEmpty() && !writing;
        }
        if (now) {
            close("the server closed it");
        }
    }

    /** That transport ended; so does the connection, unless it was another one's. */
    void gone(Transport which) {
        boolean current;
        synchronized (this) {
            current = which == transport;
            if (which == probed) {
                probed = null;
            }
        }
        if (current) {
            close("the connection was lost");
        }
    }

    /** Ends the connection. */
    void close(String why) {
        Transport last;
        WebSocketTransport other;
        long dropped;
        synchronized (this) {
            if (closed) {
                return;
            }
            dropped = waiting();
            closed = true;
            outbox.clear();
            last = transport;
            other = probed;
        }
        buffered.changed(-dropped);
        LOG.debug("Connection {} ended: {}", id, why);
        if (receiver != null) {
            receiver.closed(why);
        }
        if (last != null) {
            buffered.end(last);
        }
        if (other != null) {
            buffered.end(other);
        }
    }
}
