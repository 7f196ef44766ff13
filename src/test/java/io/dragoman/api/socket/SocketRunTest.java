package io.dragoman.api.socket;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.pipeline.Question;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Runs and the connections that hear of them. */
class SocketRunTest extends ApiTest {

    @Autowired
    private SocketDoor door;

    @Test
    void theClockOfTheConnectionsNeverWaitsForARun() throws Exception {
        EngineSession session = door.open();
        SocketConnection connection = connection(session);
        session.begin(new Unread(), connection);
        session.receive("40{\"token\":\"" + KEY + "\"}");
        eventually(connection::signedIn);
        SocketRun run = run();
        connection.hear(run);
        synchronized (run) {
            CompletableFuture.runAsync(() -> session.look(System.nanoTime())).get(30, TimeUnit.SECONDS);
        }
        session.close("the test is over");
    }

    @Test
    void aConnectionLetsGoOfARunThatEnded() {
        SocketConnection connection = connection(door.open());
        WeakReference<SocketRun> run = heardToTheEnd(connection);
        eventually("nobody holds the run", () -> {
            System.gc();
            return run.get() == null;
        });
        assertThat(connection.idle(System.nanoTime())).isTrue();
        connection.closed("the test is over");
    }

    private static WeakReference<SocketRun> heardToTheEnd(SocketConnection connection) {
        SocketRun run = run();
        connection.hear(run);
        run.ended(failure(), null);
        connection.hear(run);
        return new WeakReference<>(run);
    }

    @Test
    void whoLeavesOnPurposeWaitsForNothingHoweverSoonTheConnectionEnds() {
        SocketConnection connection = connection(door.open());
        SocketRun run = run();
        connection.hear(run);
        synchronized (connection) {
            connection.message("1");
            connection.closed("the caller closed it");
        }
        eventually(run::isCancelled);
    }

    private SocketConnection connection(EngineSession session) {
        return door.receiver(session, new SocketConnection.Origin("127.0.0.1", true, null));
    }

    /** A caller that takes nothing. */
    private static final class Unread implements Transport {

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public boolean takesMany() {
            return false;
        }

        @Override
        public void write(List<String> packets, Consumer<Boolean> done) {
            throw new IllegalStateException();
        }

        @Override
        public void close() {
            // There is nothing to end.
        }
    }

    private static Failure failure() {
        return new Failure(ErrorCode.CANCELLED, "It was cancelled.", Map.of());
    }

    private static SocketRun run() {
        return new SocketRun(UUID.randomUUID(), null, Question.of("how many?", null, false),
                new CurrentCall(Caller.LOCAL, null, "trace", null), () -> {
                });
    }
}
