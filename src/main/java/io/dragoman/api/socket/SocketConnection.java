package io.dragoman.api.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.Credentials;
import io.dragoman.security.CurrentCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One Socket.IO connection: who calls, and the events that come, one after the other. What the caller showed is looked at
 * again with each event, so that whoever was shut out since is. Thread-safe.
 */
final class SocketConnection implements EngineSession.Receiver {

    private static final int MOST_PACKETS = 1_000;
    private static final int LONGEST_NAME = 100;
    private static final String LEAVING = String.valueOf(SocketPacket.DISCONNECT);
    private static final Set<String> EVENTS = Set.of("generate_query", "cancel_query", "attach");

    /**
     * Where a connection comes from.
     *
     * @param address         its other end
     * @param fromThisMachine whether that is this machine, and not a proxy on it
     * @param credential      the key or token of its first request; null when it had none
     */
    record Origin(String address, boolean fromThisMachine, String credential) {
    }

    private final String id;
    private final EngineSession session;
    private final Origin origin;
    private final SocketDoor door;
    private final Lane lane;
    private final Set<SocketRun> runs = ConcurrentHashMap.newKeySet();
    private final Queue<String> inbox = new ArrayDeque<>();
    private int inboxSize;
    private boolean working;
    private boolean over;
    private String credential;
    private volatile Caller caller;
    private volatile long usedAt = System.nanoTime();

    SocketConnection(String id, EngineSession session, Origin origin, SocketDoor door) {
        this.id = id;
        this.session = session;
        this.origin = origin;
        this.door = door;
        this.lane = door.lane();
    }

    @Override
    public void message(String text) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (inbox.size() < MOST_PACKETS && inboxSize + text.length() <= session.maxPayload()) {
                inbox.add(text);
                inboxSize += text.length();
                if (!working) {
                    working = true;
                    door.later(this::work);
                }
                return;
            }
        }
        session.close("it sent faster than is taken");
    }

    @Override
    public void binary() {
        fail(new Failure(ErrorCode.VALIDATION_FAILED, "Binary data is not taken.", Map.of()), trace(), null, null);
        shutOut();
    }

    /** Takes one packet, then makes room for other connections. */
    private void work() {
        String text;
        synchronized (this) {
            text = inbox.poll();
            if (text == null || over) {
                working = false;
                return;
            }
            inboxSize -= text.length();
        }
        CompletableFuture<Void> turn = null;
        try {
            turn = take(text);
        } catch (RuntimeException e) {
            String traceId = trace();
            fail(door.failure(e, traceId), traceId, null, null);
        }
        if (turn == null) {
            door.later(this::work);
        } else {
            turn.whenComplete((done, failure) -> door.later(this::work));
        }
    }

    /** Takes a packet: null when that is done, else what it waits for. */
    private CompletableFuture<Void> take(String text) {
        Optional<SocketPacket> packet = SocketPacket.parse(text);
        if (packet.isEmpty()) {
            session.close("what came is not Socket.IO 5");
            return null;
        }
        return switch (packet.get().type()) {
            case SocketPacket.CONNECT -> connect(packet.get());
            case SocketPacket.DISCONNECT -> {
                left();
                yield null;
            }
            case SocketPacket.EVENT -> event(packet.get());
            case SocketPacket.BINARY_EVENT, SocketPacket.BINARY_ACK -> {
                binary();
                yield null;
            }
            // The server asks for no answers; other types are not for callers to send.
            case SocketPacket.ACK -> null;
            default -> {
                session.close("what came is not Socket.IO 5");
                yield null;
            }
        };
    }

    private CompletableFuture<Void> connect(SocketPacket packet) {
        if (!packet.namespace().equals(SocketPacket.ROOT)) {
            refuse(packet.namespace(), Map.of("message", "Invalid namespace"));
            return null;
        }
        if (caller != null) {
            session.close("it connected twice");
            return null;
        }
        return door.turn(Caller.NOBODY, origin.address(), () -> signIn(packet),
                refusal -> refuse(refusal, trace()));
    }

    private void signIn(SocketPacket packet) {
        try {
            String shown = shown(packet);
            if (shown == null) {
                throw new FailureException(SocketDoor.UNAUTHENTICATED);
            }
            Caller found = door.authenticate(shown, origin.fromThisMachine());
            door.admit(found);
            synchronized (this) {
                if (over) {
                    door.leave(found);
                    return;
                }
                credential = shown;
                caller = found;
            }
            send(Outbox.Message.kept(SocketPacket.connected(id)));
        } catch (IOException | RuntimeException e) {
            String traceId = trace();
            refuse(door.failure(e, traceId), traceId);
        }
    }

    /** The key or token of the handshake; null when there is none. */
    private String shown(SocketPacket packet) throws IOException {
        JsonNode token = packet.json().isEmpty() ? MissingNode.getInstance() : packet.read().path("token");
        if (!token.isTextual() || token.textValue().isBlank()) {
            return origin.credential();
        }
        return Credentials.shown(token.textValue().strip());
    }

    /** Tells why nobody was let in. */
    private void refuse(Failure failure, String traceId) {
        Map<String, Object> why = new LinkedHashMap<>();
        why.put("message", failure.message());
        why.put("data", SocketRun.Problem.of(failure, traceId, null, null));
        refuse(SocketPacket.ROOT, why);
    }

    private void refuse(String namespace, Map<String, Object> why) {
        send(Outbox.Message.kept(SocketPacket.refused(namespace, why)));
    }

    private CompletableFuture<Void> event(SocketPacket packet) {
        Caller before;
        String shown;
        synchronized (this) {
            before = caller;
            shown = credential;
        }
        if (before == null || !packet.namespace().equals(SocketPacket.ROOT)) {
            session.close("it sent events while it was not connected");
            return null;
        }
        usedAt = System.nanoTime();
        String traceId = trace();
        Caller now;
        try {
            now = door.authenticate(shown, origin.fromThisMachine());
        } catch (RuntimeException e) {
            Failure failure = door.failure(e, traceId);
            refuse(packet, before, traceId, failure);
            if (failure.code() == ErrorCode.UNAUTHENTICATED) {
                shutOut();
            }
            return null;
        }
        return door.turn(now, origin.address(), () -> dispatch(packet, now, traceId),
                refusal -> refuse(packet, now, traceId, refusal));
    }

    /** Refuses an event that was not looked at. */
    private void refuse(SocketPacket packet, Caller who, String traceId, Failure refusal) {
        new SocketEvent(this, "", MissingNode.getInstance(), packet.ack(),
                new CurrentCall(who, null, traceId, origin.address())).fail(refusal);
    }

    private void dispatch(SocketPacket packet, Caller now, String traceId) {
        String name = "";
        JsonNode data = MissingNode.getInstance();
        Failure malformed = null;
        try {
            JsonNode event = packet.read();
            if (event.isArray() && event.path(0).isTextual() && event.path(0).textValue().length() <= LONGEST_NAME) {
                name = event.path(0).textValue();
                data = event.path(1);
            } else {
                malformed = new Failure(ErrorCode.VALIDATION_FAILED, "An event is an array of its name and its data.", Map.of());
            }
        } catch (JsonProcessingException e) {
            malformed = door.failure(e, traceId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SocketEvent event = new SocketEvent(this, name, data, packet.ack(),
                new CurrentCall(now, EVENTS.contains(name) ? "SOCKET " + name : null, traceId, origin.address()));
        if (malformed != null) {
            event.fail(malformed);
        } else {
            door.dispatch(event);
        }
    }

    /**
     * Takes a question: it runs when it is its turn among those of this connection.
     *
     * @throws FailureException {@code RATE_LIMITED} when too many run or wait
     */
    void ask(SocketRun run) {
        hear(run);
        try {
            lane.add(run);
        } catch (RuntimeException e) {
            runs.remove(run);
            run.leave(this);
            throw e;
        }
    }

    /** Hears of a run from now on. */
    void hear(SocketRun run) {
        runs.add(run);
        run.attach(this);
        if (run.isEnded()) {
            runs.remove(run);
        }
        synchronized (this) {
            if (!over) {
                return;
            }
        }
        run.leave(this);
    }

    /** A run that it heard of ended. */
    void forget(SocketRun run) {
        runs.remove(run);
    }

    /** Sends, soon. */
    void send(Outbox.Message message) {
        session.send(message);
    }

    /** Tells of an error; what is null is not known. */
    void fail(Failure failure, String traceId, String queryId, String requestId) {
        send(Outbox.Message.kept(SocketRun.Problem.packet(failure, traceId, queryId, requestId)));
    }

    private void shutOut() {
        send(Outbox.Message.kept(SocketPacket.disconnected()));
        session.closeSoon();
    }

    /** The caller left on purpose: nobody waits for what it asked. */
    private void left() {
        runs.forEach(run -> run.leave(this));
        runs.forEach(SocketRun::cancelUnheard);
        runs.clear();
        gone();
    }

    @Override
    public void closed(String why) {
        boolean onPurpose;
        synchronized (this) {
            over = true;
            onPurpose = inbox.contains(LEAVING);
            inbox.clear();
        }
        gone();
        door.closed(session);
        // On a thread that holds no run, as whoever finds a connection broken may.
        door.later(onPurpose ? this::left : () -> runs.forEach(run -> run.leave(this)));
    }

    private void gone() {
        Caller who;
        synchronized (this) {
            who = caller;
            caller = null;
            credential = null;
        }
        if (who != null) {
            door.leave(who);
        }
    }

    @Override
    public boolean signedIn() {
        return caller != null;
    }

    /** Asks no run: whoever holds one may be waiting for the session that asks this. */
    @Override
    public boolean idle(long now) {
        if (caller == null) {
            return true;
        }
        return lane.isEmpty() && runs.isEmpty() && now - usedAt > door.idleNanos();
    }

    private static String trace() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
