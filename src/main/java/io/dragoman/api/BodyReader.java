package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads the body of a request to the API within its limit, after the caller got in: nobody else's is read. */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 50)
final class BodyReader extends OncePerRequestFilter {

    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_UPLOAD = 20 << 20;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getAttribute(RequestGuard.TRACE_ATTRIBUTE) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        GuardedRequest guarded = GuardedRequest.within(request);
        int limit = request.getRequestURI().startsWith(RequestGuard.BASE_PATH + "/schemas/upload") ? MAX_UPLOAD : MAX_BODY;
        if (!guarded.readBody(limit)) {
            RequestGuard.write(response, new Failure(ErrorCode.PAYLOAD_TOO_LARGE,
                    "The body is larger than " + limit + " bytes, the most that this call takes.",
                    Map.of("limit_bytes", limit)), guarded.traceId());
            return;
        }
        chain.doFilter(request, response);
    }
}
