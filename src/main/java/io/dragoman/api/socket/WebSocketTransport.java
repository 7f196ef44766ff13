package io.dragoman.api.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket: a packet is a text message. */
final class WebSocketTransport extends Endpoint implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);
    private static final long CLOSING_MS = 1_000;

    private final EngineSession session;
    private final StringBuilder received = new StringBuilder();
    private volatile Session socket;

    WebSocketTransport(EngineSession session) {
        this.session = session;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        socket = opened;
        opened.setMaxIdleTimeout(0);
        opened.getUserProperties().put("org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", CLOSING_MS);
        opened.getUserProperties().put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", CLOSING_MS);
        opened.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::receive);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) (bytes, last) -> session.binary());
        session.opened(this);
    }

    /** Takes a piece of a message; one that grows too long ends the connection before it is all there. */
    private void receive(String piece, boolean last) {
        if (received.length() + piece.length() > session.maxPayload()) {
            received.setLength(0);
            close(CloseCodes.TOO_BIG);
            return;
        }
        received.append(piece);
        if (last) {
            String packet = received.toString();
            received.setLength(0);
            received.trimToSize();
            session.receive(this, packet);
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        session.gone(this);
    }

    @Override
    public void onError(Session failed, Throwable why) {
        LOG.debug("A WebSocket failed", why);
        session.gone(this);
    }

    @Override
    public boolean ready() {
        return socket != null;
    }

    @Override
    public boolean takesMany() {
        return false;
    }

    @Override
    public void write(List<String> packets, Consumer<Boolean> done) {
        try {
            socket.getAsyncRemote().sendText(packets.get(0), result -> done.accept(result.isOK()));
        } catch (RuntimeException e) {
            LOG.debug("A WebSocket ended before it was written to", e);
            done.accept(false);
        }
    }

    @Override
    public void close() {
        close(CloseCodes.NORMAL_CLOSURE);
    }

    private void close(CloseCodes code) {
        Session open = socket;
        if (open != null && open.isOpen()) {
            try {
                open.close(new CloseReason(code, null));
            } catch (IOException | RuntimeException e) {
                LOG.debug("A WebSocket was gone before it was closed", e);
            }
        }
    }
}
