package io.dragoman.api.jms;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.Failures;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jms.JmsException;
import org.springframework.stereotype.Component;

/** What becomes of a request that failed. */
@Component("jmsFailures")
final class RequestFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RequestFailures.class);
    private static final Set<ErrorCode> MAY_PASS = Set.of(ErrorCode.INTERNAL_ERROR, ErrorCode.DATASOURCE_UNAVAILABLE,
            ErrorCode.LLM_UNAVAILABLE, ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
    private static final String VERDICT = "verdict";

    private final Failures failures;

    RequestFailures(Failures failures) {
        this.failures = failures;
    }

    /**
     * Makes what was thrown the body, as callers are told of it. The property {@value #VERDICT} becomes {@code again} when
     * the request is to be delivered again, {@code dead} when it failed for good, and {@code told} when its sender made a
     * mistake.
     *
     * @param attempts how often a request is tried whose failure may pass
     */
    public void judge(Exchange exchange, int attempts) {
        Throwable thrown = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        JmsRequest request = JmsRequest.of(exchange);
        if (thrown instanceof RequestLedger.StillWorking) {
            exchange.setProperty(VERDICT, "again");
            return;
        }
        if (request == null || somethingOfOursIsAway(thrown)) {
            LOG.warn("A request from {} cannot be worked on now ({}); it is tried again", request == null ? "a queue"
                    : request.queue(), thrown.getMessage());
            exchange.setProperty(VERDICT, "again");
            return;
        }
        Failure failure = failures.of(thrown, request.traceId());
        boolean passes = MAY_PASS.contains(failure.code());
        boolean unanswerable = "JMSReplyTo".equals(failure.details().get("field"));
        String verdict = passes && request.deliveries() < attempts ? "again" : passes || unanswerable ? "dead" : "told";
        if (!verdict.equals("told")) {
            LOG.warn("Request {} from {} failed at delivery {} with {}; {}", request.traceId(), request.queue(),
                    request.deliveries(), failure.code(), verdict.equals("again") ? "it is tried again" : "it is a dead letter");
        }
        exchange.setProperty(VERDICT, verdict);
        exchange.getMessage().setBody(failure);
    }

    /**
     * For a request that was delivered again and again without an end: the server may have gone down by it, or its reply cannot
     * be sent. When it comes once more, neither can the reply that says so, and it ends without one.
     *
     * @param most deliveries that are tried
     */
    public void giveUp(Exchange exchange, int most) {
        JmsRequest request = JmsRequest.of(exchange);
        if (request.deliveries() > most + 1) {
            exchange.setProperty(JmsRequest.PROPERTY, request.unanswered());
        }
        LOG.warn("Request {} from {} was delivered {} times and never ended; it is a dead letter", request.traceId(),
                request.queue(), request.deliveries());
        exchange.getMessage().setBody(new Failure(ErrorCode.INTERNAL_ERROR,
                "The request was begun " + most + " times and never ended.", null));
    }

    /** Whether the server's own database or the broker cannot be reached. */
    private static boolean somethingOfOursIsAway(Throwable thrown) {
        for (Throwable cause = thrown; cause != null && cause.getCause() != cause; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException || cause instanceof TransientDataAccessException
                    || cause instanceof JmsException) {
                return true;
            }
        }
        return false;
    }
}
