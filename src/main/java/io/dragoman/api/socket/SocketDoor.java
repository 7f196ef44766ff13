package io.dragoman.api.socket;

import io.dragoman.config.SocketProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.failure.Failures;
import io.dragoman.security.AuditLog;
import io.dragoman.security.Caller;
import io.dragoman.security.Credentials;
import io.dragoman.security.RateLimits;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What connections need of the rest of the server: who somebody is, whose turn it is, and the routes. Thread-safe. */
@Component
final class SocketDoor {

    static final Failure UNAUTHENTICATED = new Failure(ErrorCode.UNAUTHENTICATED,
            "Say who you are: connect with a valid API key as 'token' of 'auth', or in the header 'X-API-Key' or 'Authorization'.",
            Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);

    private final SocketProperties limits;
    private final Connections connections;
    private final Credentials credentials;
    private final RateLimits rates;
    private final Failures failures;
    private final AuditLog audit;
    private final SocketRuns runs;
    private final ProducerTemplate routes;

    SocketDoor(SocketProperties limits, Connections connections, Credentials credentials, RateLimits rates, Failures failures,
            AuditLog audit, SocketRuns runs, @Lazy ProducerTemplate routes) {
        this.limits = limits;
        this.connections = connections;
        this.credentials = credentials;
        this.rates = rates;
        this.failures = failures;
        this.audit = audit;
        this.runs = runs;
        this.routes = routes;
    }

    /** A new connection, whose transport is to be begun yet; null when there are too many. */
    EngineSession open() {
        return connections.open();
    }

    /** What takes the messages of a connection. */
    SocketConnection receiver(EngineSession session, SocketConnection.Origin origin) {
        return new SocketConnection(connections.id(), session, origin, this);
    }

    EngineSession find(String id) {
        return connections.find(id);
    }

    void closed(EngineSession session) {
        connections.closed(session);
    }

    void admit(Caller caller) {
        connections.admit(caller);
    }

    void leave(Caller caller) {
        connections.leave(caller);
    }

    long idleNanos() {
        return limits.idleTimeout().toNanos();
    }

    /**
     * Who shows that key or token.
     *
     * @throws FailureException {@code UNAUTHENTICATED} when it is not taken; another when that cannot be found out now
     */
    Caller authenticate(String shown, boolean fromThisMachine) {
        return credentials.authenticate(shown, fromThisMachine).orElseThrow(() -> new FailureException(UNAUTHENTICATED));
    }

    Failure failure(Throwable thrown, String traceId) {
        return failures.of(thrown, traceId);
    }

    /** Does short work on another thread. */
    void later(Runnable work) {
        connections.events().execute(work);
    }

    /** A lane for the questions of one connection. */
    Lane lane() {
        return new Lane(limits.running(), limits.waiting(), connections.questions()::execute, this::answer);
    }

    /**
     * Does work when it is its caller's turn, on a thread of the events.
     *
     * @param refused hears why it never is
     * @return what it waits for; null when it was its turn at once
     */
    CompletableFuture<Void> turn(Caller caller, String address, Runnable work, Consumer<Failure> refused) {
        CompletableFuture<Void> turn = rates.turn(caller, address);
        if (turn == null) {
            work.run();
            return null;
        }
        return turn.handleAsync((done, refusal) -> {
            if (refusal == null) {
                work.run();
            } else {
                refused.accept(failures.of(refusal, null));
            }
            return null;
        }, connections.events());
    }

    /** Sends an event through its route. */
    void dispatch(SocketEvent event) {
        event.call().run(() -> {
            Exception thrown = routes.request("direct:socket-event", exchange -> exchange.getMessage().setBody(event))
                    .getException();
            if (thrown != null) {
                event.fail(failures.of(thrown, event.call().traceId()));
            }
        });
        if (event.call().operation() != null) {
            audit.called(event.call(), null, null, Map.of());
        }
    }

    /** Sends a question through its route, to its end. */
    private void answer(SocketRun run) {
        try {
            run.call().run(() -> {
                Exception thrown = routes.request("direct:socket-question", exchange -> exchange.getMessage().setBody(run))
                        .getException();
                if (thrown != null) {
                    throw new IllegalStateException(thrown);
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("Run {} was not answered by its route", run.id(), e);
            run.ended(failures.of(e, run.call().traceId()), null);
            runs.end(run);
        }
    }
}
