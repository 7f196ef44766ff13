package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first to see a request to the API: gives it a trace id, refuses what cannot be read, and hides what routes must not
 * see. The body is read by {@link BodyReader}, once it is known who sends it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestGuard extends OncePerRequestFilter {

    /** Where the API is. */
    static final String BASE_PATH = "/api/v1";

    /** The header with the trace id, on every reply. */
    static final String TRACE_HEADER = "X-Trace-Id";

    /** The request attribute with the trace id. */
    static final String TRACE_ATTRIBUTE = RequestGuard.class.getName() + ".traceId";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !(path.equals(BASE_PATH) || path.startsWith(BASE_PATH + "/"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String traceId = traceId(request.getHeader(TRACE_HEADER));
        request.setAttribute(TRACE_ATTRIBUTE, traceId);
        response.setHeader(TRACE_HEADER, traceId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        Failure refused = refuse(request);
        if (refused != null) {
            write(response, refused, traceId);
            return;
        }
        chain.doFilter(new GuardedRequest(request, traceId), response);
    }

    /** Writes an error reply. */
    static void write(HttpServletResponse response, Failure failure, String traceId) throws IOException {
        byte[] body = Json.write(Envelope.error(failure, traceId));
        response.setStatus(failure.code().httpStatus());
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Failure refuse(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Compressed bodies are not taken.", Map.of());
        }
        String type = request.getContentType();
        if (type == null) {
            return null;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("multipart/")) {
            return new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Multipart bodies are not taken.", Map.of());
        }
        int charset = lower.indexOf("charset=");
        if (charset >= 0) {
            String name = lower.substring(charset + "charset=".length()).replace("\"", "").strip();
            if (!name.equals("utf-8") && !name.equals("utf8") && !name.equals("us-ascii")) {
                return new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Bodies have to be in UTF-8.", Map.of());
            }
        }
        return null;
    }

    /** The caller's trace id when it is harmless, else a new one. */
    private static String traceId(String given) {
        boolean harmless = given != null && given.length() >= 8 && given.length() <= 64
                && given.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                        || c == '-');
        return harmless ? given : UUID.randomUUID().toString().replace("-", "");
    }
}
