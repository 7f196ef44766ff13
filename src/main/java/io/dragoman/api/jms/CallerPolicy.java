package io.dragoman.api.jms;

import io.dragoman.api.EndpointRoles;
import io.dragoman.broker.Broker;
import io.dragoman.config.JmsProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.Credentials;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.FirstAccess;
import io.dragoman.security.RateLimits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.stereotype.Component;

/**
 * The steps inside work for whoever shows the request's key, at that caller's turn, if the caller has the role that the same
 * call needs over REST.
 */
@Component("jmsCaller")
final class CallerPolicy implements Policy {

    /** The exchange property with the {@link CurrentCall}, once it is known who asks. */
    static final String CALL = "call";

    private static final String NO_KEY = "none";

    private final Credentials credentials;
    private final EndpointRoles roles;
    private final RateLimits limits;
    private final JmsProperties settings;
    private final Broker broker;
    private final FirstAccess first;

    CallerPolicy(Credentials credentials, EndpointRoles roles, RateLimits limits, JmsProperties settings, Broker broker,
            FirstAccess first) {
        this.credentials = credentials;
        this.roles = roles;
        this.limits = limits;
        this.settings = settings;
        this.broker = broker;
        this.first = first;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing to prepare.
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> {
            JmsRequest request = JmsRequest.of(exchange);
            Caller caller = caller(exchange.removeProperty(Inbox.CREDENTIAL));
            CurrentCall call = new CurrentCall(caller, "JMS " + request.queue(), request.traceId(), null);
            exchange.setProperty(CALL, call);
            String[] rest = request.call().split(" ", 2);
            roles.of(rest[0], rest[1]).check(caller);
            awaitTurn(caller, request.queue());
            call.run(() -> process(steps, exchange));
        };
    }

    private static void process(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    private Caller caller(Object shown) {
        String key = shown == null ? defaultKey() : shown.toString();
        if (key == null) {
            throw new FailureException(ErrorCode.UNAUTHENTICATED,
                    "Say who you are: set the message property 'api_key', or 'Authorization' to 'Bearer …'.");
        }
        return credentials.authenticate(key, broker.embedded()).orElseThrow(() -> new FailureException(
                ErrorCode.UNAUTHENTICATED, "The key or token is not known, has expired or was revoked."));
    }

    /** Whoever got into the embedded broker is on this machine and knows a secret of the data folder, as with the demo key. */
    private String defaultKey() {
        if (settings.defaultKey().isBlank()) {
            return broker.embedded() ? first.demoKey().orElse(null) : null;
        }
        return settings.defaultKey().equals(NO_KEY) ? null : settings.defaultKey();
    }

    private void awaitTurn(Caller caller, String queue) {
        CompletableFuture<Void> turn = limits.turn(caller, "queue " + queue);
        if (turn != null) {
            try {
                turn.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof FailureException refusal) {
                    throw refusal;
                }
                throw e;
            }
        }
    }
}
