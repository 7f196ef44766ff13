package io.dragoman.api;

import io.dragoman.failure.Failure;
import io.dragoman.failure.Failures;
import io.dragoman.security.AuditLog;
import io.dragoman.security.CurrentCall;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens around every REST route. Before: the body becomes the bytes that were sent, and the properties
 * {@value #TRACE_ID} and {@value #PAGE} are set. After: whatever the route left in the body becomes the reply, in the
 * envelope; no header of the request is echoed.
 */
final class RestCall implements Processor {

    /** The exchange property with the request's trace id. */
    static final String TRACE_ID = "traceId";

    /** The exchange property with the {@link Page} that the request asks for. */
    static final String PAGE = "page";

    /** The exchange property with the path of what the request made, for the header {@code Location}. */
    static final String LOCATION = "location";

    private static final Logger LOG = LoggerFactory.getLogger(RestCall.class);
    private static final List<String> SECRETS = List.of("Authorization", "X-API-Key");
    private static final String JSON = "application/json;charset=UTF-8";

    private final Processor route;
    private final EndpointRoles.Access access;
    private final Failures failures;
    private final AuditLog audit;

    RestCall(Processor route, EndpointRoles.Access access, Failures failures, AuditLog audit) {
        this.route = route;
        this.access = access;
        this.failures = failures;
        this.audit = audit;
    }

    @Override
    public void process(Exchange exchange) {
        GuardedRequest guarded = GuardedRequest.of(exchange.getIn());
        CurrentCall call = new CurrentCall(guarded.caller(), access.call(), guarded.traceId(), guarded.getRemoteAddr());
        HttpServletResponse response = exchange.getIn().getHeader(Exchange.HTTP_SERVLET_RESPONSE, HttpServletResponse.class);
        call.run(() -> {
            work(exchange, guarded);
            int status = reply(exchange, guarded, response);
            if (!access.anyone()) {
                audit.called(call, guarded.getRequestURI().substring(RequestGuard.BASE_PATH.length()), status, Map.of());
            }
        });
    }

    private void work(Exchange exchange, GuardedRequest guarded) {
        Message request = exchange.getIn();
        SECRETS.forEach(request::removeHeader);
        exchange.setProperty(TRACE_ID, guarded.traceId());
        request.setBody(guarded.body());
        try {
            access.check(guarded.caller());
            exchange.setProperty(PAGE,
                    Page.of(guarded.request().getParameter("limit"), guarded.request().getParameter("offset")));
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    /** Replies with what the route left; gives the HTTP status. */
    private int reply(Exchange exchange, GuardedRequest guarded, HttpServletResponse response) {
        String traceId = guarded.traceId();
        Message message = exchange.getMessage();
        Object body = message.getBody();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (exchange.getException() != null) {
            body = failures.of(exchange.getException(), traceId);
            exchange.setException(null);
        }
        exchange.setRollbackOnly(false);
        message.removeHeaders("*");
        if (body instanceof Raw raw) {
            write(raw, response, traceId);
            message.setBody(null);
            return response.getStatus();
        }
        if (body instanceof Failure failure) {
            answer(message, failure.code().httpStatus(), JSON, Json.write(Envelope.error(failure, traceId)));
            if (failure.details().get("retry_after_s") instanceof Number seconds) {
                message.setHeader("Retry-After", seconds.toString());
            }
            return failure.code().httpStatus();
        }
        String location = exchange.getProperty(LOCATION, String.class);
        if (location != null) {
            message.setHeader("Location", location);
        }
        answer(message, status, JSON, Json.write(Envelope.success(body)));
        return status == null ? 200 : status;
    }

    /** Whether the caller got a reply already: it was streamed, or the request ran out of time meanwhile. */
    static boolean answered(HttpServletResponse response) {
        try {
            return response.isCommitted();
        } catch (IllegalStateException e) {
            LOG.debug("The request ended before its reply was there", e);
            return true;
        }
    }

    private void write(Raw raw, HttpServletResponse response, String traceId) {
        response.setContentType(raw.contentType());
        try {
            raw.writer().write(response.getOutputStream());
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("The caller of request {} hung up", traceId, e);
        } catch (RuntimeException e) {
            Failure failure = failures.of(e, traceId);
            if (!answered(response)) {
                refuse(response, failure, traceId);
            }
        }
    }

    /** Nothing of the body was sent yet, so that the reply can still be an error. */
    private static void refuse(HttpServletResponse response, Failure failure, String traceId) {
        try {
            response.resetBuffer();
            RequestGuard.write(response, failure, traceId);
            response.flushBuffer();
        } catch (IOException e) {
            LOG.debug("The caller of request {} hung up", traceId, e);
        }
    }

    private static void answer(Message message, Integer status, String contentType, Object body) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status == null ? 200 : status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setBody(body);
    }
}
