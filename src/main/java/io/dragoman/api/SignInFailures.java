package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Replies in the envelope to those who did not say who they are, or may not do that. */
final class SignInFailures implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final Failure UNAUTHENTICATED = new Failure(ErrorCode.UNAUTHENTICATED,
            "Say who you are: send a valid API key as 'X-API-Key', or a key or token as 'Authorization: Bearer'.", Map.of());
    private static final Failure FORBIDDEN = new Failure(ErrorCode.FORBIDDEN, "You may not do this.", Map.of());

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        RequestGuard.write(response, UNAUTHENTICATED, traceId(request));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        RequestGuard.write(response, FORBIDDEN, traceId(request));
    }

    private static String traceId(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(RequestGuard.TRACE_ATTRIBUTE));
    }
}
