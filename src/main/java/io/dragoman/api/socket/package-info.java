/**
 * The Socket.IO door at {@code /ws}: Engine.IO 4 (WebSocket and long polling) below, Socket.IO 5 above, and the events of
 * {@code routes/websocket.camel.yaml} on top. From below upwards: {@link io.dragoman.api.socket.SocketServlet} takes HTTP,
 * an {@link io.dragoman.api.socket.EngineSession} is one connection over one {@link io.dragoman.api.socket.Transport} after
 * the other, a {@link io.dragoman.api.socket.SocketConnection} knows who calls and takes events, and
 * {@link io.dragoman.api.socket.SocketCalls} does what they ask.
 */
package io.dragoman.api.socket;
