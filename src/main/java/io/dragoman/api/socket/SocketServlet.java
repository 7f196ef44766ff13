package io.dragoman.api.socket;

import io.dragoman.api.Envelopes;
import io.dragoman.api.Json;
import io.dragoman.api.Proximity;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.security.Credentials;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Engine.IO 4 over HTTP: handshakes, long polling, and the upgrade to WebSocket. */
final class SocketServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** What is wrong with a request, by the numbers that Engine.IO gives it. */
    private enum Wrong {
        TRANSPORT(0, 400, "Transport unknown"), SESSION(1, 400, "Session ID unknown"), METHOD(2, 400, "Bad handshake method"),
        REQUEST(3, 400, "Bad request"), FORBIDDEN(4, 403, "Forbidden"), VERSION(5, 400, "Unsupported protocol version"),
        TOO_MANY(4, 503, "Too many connections"), TOO_LARGE(3, 413, "Payload too large");

        private final int code;
        private final int status;
        private final String message;

        Wrong(int code, int status, String message) {
            this.code = code;
            this.status = status;
            this.message = message;
        }
    }

    private final transient SocketDoor door;
    private final List<String> origins;
    private final long longestPollMs;

    /**
     * @param origins       whose pages may connect, besides the server's own
     * @param longestPollMs after which a poll ends whatever happened
     */
    SocketServlet(SocketDoor door, List<String> origins, long longestPollMs) {
        this.door = door;
        this.origins = origins;
        this.longestPollMs = longestPollMs;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        MultiValueMap<String, String> parameters = UriComponentsBuilder.newInstance().query(request.getQueryString()).build()
                .getQueryParams();
        String transport = parameters.getFirst("transport");
        String sid = parameters.getFirst("sid");
        boolean polling = "polling".equals(transport);
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        boolean get = request.getMethod().equals("GET");
        if (!fromKnownOrigin(request)) {
            refuse(response, Wrong.FORBIDDEN);
        } else if (!polling && !"websocket".equals(transport)) {
            refuse(response, Wrong.TRANSPORT);
        } else if (!"4".equals(parameters.getFirst("EIO"))) {
            refuse(response, Wrong.VERSION);
        } else if (polling == upgrade || !get && !(polling && request.getMethod().equals("POST"))) {
            refuse(response, Wrong.REQUEST);
        } else if (sid == null && !get) {
            refuse(response, Wrong.METHOD);
        } else if (sid == null) {
            begin(request, response, polling);
        } else {
            goOn(door.find(sid), request, response, polling, get);
        }
    }

    private void goOn(EngineSession session, HttpServletRequest request, HttpServletResponse response, boolean polling,
            boolean get) throws ServletException, IOException {
        PollingTransport transport = session == null ? null : session.polling();
        if (session == null) {
            refuse(response, Wrong.SESSION);
        } else if (!polling) {
            if (session.canUpgrade()) {
                upgrade(request, response, new WebSocketTransport(session));
            } else {
                refuse(response, Wrong.REQUEST);
            }
        } else if (transport == null) {
            refuse(response, Wrong.REQUEST);
        } else if (get) {
            poll(session, transport, request, response);
        } else if (request.getContentLengthLong() > session.maxPayload()) {
            refuse(response, Wrong.TOO_LARGE);
            session.close("it sent more than is taken at once");
        } else {
            new PostedPayload(session, request).read();
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, boolean polling)
            throws ServletException, IOException {
        SocketConnection.Origin origin = new SocketConnection.Origin(request.getRemoteAddr(),
                Proximity.fromThisMachine(request),
                Credentials.shown(request.getHeader("X-API-Key"), request.getHeader("Authorization")));
        try {
            if (origin.credential() != null) {
                door.authenticate(origin.credential(), origin.fromThisMachine());
            }
        } catch (RuntimeException e) {
            String traceId = UUID.randomUUID().toString().replace("-", "");
            Failure failure = door.failure(e, traceId);
            if (failure.code() == ErrorCode.UNAUTHENTICATED) {
                response.setHeader("WWW-Authenticate", "Bearer");
            }
            write(response, failure.code().httpStatus(), Envelopes.failure(failure, traceId));
            return;
        }
        EngineSession session = door.open();
        if (session == null) {
            response.setHeader("Retry-After", "5");
            refuse(response, Wrong.TOO_MANY);
        } else if (polling) {
            PollingTransport transport = new PollingTransport();
            session.begin(transport, door.receiver(session, origin));
            poll(session, transport, request, response);
        } else {
            WebSocketTransport transport = new WebSocketTransport(session);
            session.begin(transport, door.receiver(session, origin));
            upgrade(request, response, transport);
        }
    }

    private void poll(EngineSession session, PollingTransport transport, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync();
        context.setTimeout(longestPollMs);
        if (transport.hold(context)) {
            session.pump();
        } else {
            refuse(response, Wrong.REQUEST);
            context.complete();
            session.close("it polled twice at once");
        }
    }

    private void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketTransport transport)
            throws ServletException, IOException {
        ServerContainer container = (ServerContainer) getServletContext().getAttribute(ServerContainer.class.getName());
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(WebSocketTransport.class, "/ws")
                .configurator(new OneEndpoint(transport)).build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    /** Gives the endpoint that there is. Nothing is compressed: it would cost memory for each connection. */
    private static final class OneEndpoint extends ServerEndpointConfig.Configurator {

        private final WebSocketTransport endpoint;

        OneEndpoint(WebSocketTransport endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(endpoint);
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }

    /** Whether the request comes from no page, from a page of this server, or from one of a known origin. */
    private boolean fromKnownOrigin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || origins.contains(origin)) {
            return true;
        }
        String host = request.getHeader("Host");
        try {
            String authority = URI.create(origin).getRawAuthority();
            return host != null && authority != null && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuse(HttpServletResponse response, Wrong wrong) throws IOException {
        write(response, wrong.status, Map.of("code", wrong.code, "message", wrong.message));
    }

    private static void write(HttpServletResponse response, int status, Object body) throws IOException {
        byte[] json = Json.text(body).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
