package io.dragoman.api;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.Failures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Replies in the envelope to requests that reached no route: unknown path, wrong method, wrong format, out of time. Callers
 * who hung up get no reply.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HttpErrors implements HandlerExceptionResolver {

    private final Failures failures;

    HttpErrors(Failures failures) {
        this.failures = failures;
    }

    @Override
    public ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response, Object handler,
            Exception thrown) {
        if (!(request.getAttribute(RequestGuard.TRACE_ATTRIBUTE) instanceof String traceId)) {
            return null;
        }
        if (thrown instanceof AsyncRequestNotUsableException) {
            // The caller hung up: there is nobody to reply to.
            return new ModelAndView();
        }
        try {
            if (thrown instanceof HttpRequestMethodNotSupportedException e && e.getSupportedMethods() != null) {
                response.setHeader("Allow", String.join(", ", e.getSupportedMethods()));
            }
            RequestGuard.write(response, failure(request, thrown, traceId), traceId);
        } catch (IOException e) {
            return null;
        }
        return new ModelAndView();
    }

    private Failure failure(HttpServletRequest request, Exception thrown, String traceId) {
        if (thrown instanceof HttpRequestMethodNotSupportedException) {
            return new Failure(ErrorCode.METHOD_NOT_ALLOWED, request.getMethod() + " is not possible here.", Map.of());
        }
        if (thrown instanceof HttpMediaTypeNotSupportedException) {
            return new Failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "This call does not take a body of that Content-Type.",
                    Map.of());
        }
        if (thrown instanceof HttpMediaTypeNotAcceptableException) {
            return new Failure(ErrorCode.NOT_ACCEPTABLE, "This call cannot reply in a format that Accept names.",
                    Map.of());
        }
        if (thrown instanceof AsyncRequestTimeoutException || thrown instanceof TimeoutException) {
            return new Failure(ErrorCode.TIMEOUT, "The request took longer than the server allows.",
                    Map.of("stage", "request"));
        }
        if (thrown instanceof NoResourceFoundException) {
            return new Failure(ErrorCode.NOT_FOUND, "There is nothing at this path.", Map.of());
        }
        return failures.of(thrown, traceId);
    }
}
