package io.dragoman.api;

import io.dragoman.security.Caller;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A request as routes may see it: only known headers, only plainly named parameters, and the body already read, so that
 * nothing sent from outside can steer a route.
 */
final class GuardedRequest extends HttpServletRequestWrapper {

    private static final Set<String> HEADERS = Set.of("accept", "accept-language", "access-control-request-headers",
            "access-control-request-method", "authorization", "content-type", "host", "idempotency-key", "last-event-id", "origin",
            "user-agent", "x-api-key");
    private static final byte[] NOTHING = {};

    private final String traceId;
    private final boolean fromThisMachine;
    private byte[] body = NOTHING;
    private Caller caller = Caller.NOBODY;

    GuardedRequest(HttpServletRequest request, String traceId) {
        super(request);
        this.traceId = traceId;
        this.fromThisMachine = Proximity.fromThisMachine(request);
    }

    /** The guarded request that a message came from. */
    static GuardedRequest of(Message message) {
        return within(message.getHeader(Exchange.HTTP_SERVLET_REQUEST, HttpServletRequest.class));
    }

    /** The guarded request that others may have wrapped. */
    static GuardedRequest within(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper && !(inner instanceof GuardedRequest)) {
            inner = wrapper.getRequest();
        }
        if (inner instanceof GuardedRequest guarded) {
            return guarded;
        }
        throw new IllegalStateException("A route outside " + RequestGuard.BASE_PATH + " is served over HTTP");
    }

    byte[] body() {
        return body;
    }

    /** Reads the body from the connection; false when it is larger than the limit. */
    boolean readBody(int limit) throws IOException {
        byte[] read = getContentLengthLong() > limit ? null : super.getInputStream().readNBytes(limit + 1);
        if (read == null || read.length > limit) {
            return false;
        }
        body = read;
        return true;
    }

    /** Who makes the request; {@link Caller#NOBODY} until that is known. */
    Caller caller() {
        return caller;
    }

    void caller(Caller known) {
        caller = known;
    }

    /** Whether the connection comes from this machine. */
    boolean fromThisMachine() {
        return fromThisMachine;
    }

    String traceId() {
        return traceId;
    }

    HttpServletRequest request() {
        return this;
    }

    @Override
    public String getHeader(String name) {
        return admitted(name) ? super.getHeader(name) : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return admitted(name) ? super.getHeaders(name) : Collections.emptyEnumeration();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(name -> !admitted(name));
        return Collections.enumeration(names);
    }

    private static boolean admitted(String header) {
        return HEADERS.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> plain = new LinkedHashMap<>(super.getParameterMap());
        plain.keySet().removeIf(name -> !plainName(name));
        return Collections.unmodifiableMap(plain);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    /** Whether a name is in snake_case. No header that Camel acts on is: those have capitals, and are read ignoring case. */
    private static boolean plainName(String name) {
        return name.length() <= 64 && !name.startsWith("camel") && !HEADERS.contains(name)
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
    }

    @Override
    public ServletInputStream getInputStream() {
        return new NoBody();
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(Reader.nullReader());
    }

    /** The body is in {@link #body()}; nobody else reads it. */
    private static final class NoBody extends ServletInputStream {

        @Override
        public int read() {
            return -1;
        }

        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body was read already");
        }
    }
}
