package io.dragoman.api.socket;

import io.dragoman.config.SocketProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The runs of the socket: those that go on, and for a while those that ended, for callers whose connection broke. Thread-safe. */
@Component
final class SocketRuns {

    private final SocketProperties limits;
    private final Map<UUID, SocketRun> going = new ConcurrentHashMap<>();
    private final Map<UUID, Ended> ended = new LinkedHashMap<>();
    private long endedSize;

    SocketRuns(SocketProperties limits) {
        this.limits = limits;
    }

    /** A run and when it ended. */
    private record Ended(SocketRun run, long at) {
    }

    /**
     * A run begins, or waits to.
     *
     * @throws FailureException {@code RATE_LIMITED} when its caller has too many that did not end
     */
    void begin(SocketRun run) {
        UUID user = run.call().caller().userId();
        long others = going.values().stream().filter(other -> user != null && user.equals(other.call().caller().userId()))
                .count();
        if (others >= limits.questionsPerCaller()) {
            throw tooMany("You have " + others + " questions that run or wait, the most that one caller may have.");
        }
        going.put(run.id(), run);
    }

    /** That more is asked at once than is taken. */
    static FailureException tooMany(String message) {
        return new FailureException(ErrorCode.RATE_LIMITED, message, Map.of("retry_after_s", 1));
    }

    /** A run ended. */
    void end(SocketRun run) {
        if (run.isEnded() && run.isSettled()) {
            keep(run);
        }
        going.remove(run.id());
    }

    /** Keeps the latest, as far as there is room. */
    private synchronized void keep(SocketRun run) {
        ended.put(run.id(), new Ended(run, System.nanoTime()));
        endedSize += run.size();
        Iterator<Ended> oldest = ended.values().iterator();
        while (endedSize > limits.keptResults().toBytes()) {
            endedSize -= oldest.next().run().size();
            oldest.remove();
        }
    }

    private synchronized SocketRun kept(UUID id) {
        Ended found = ended.get(id);
        return found == null ? null : found.run();
    }

    private synchronized void forgetOld(long now) {
        Iterator<Ended> oldest = ended.values().iterator();
        while (oldest.hasNext()) {
            Ended one = oldest.next();
            if (now - one.at() < limits.keepResults().toNanos()) {
                return;
            }
            endedSize -= one.run().size();
            oldest.remove();
        }
    }

    /** A run that never began. */
    void forget(SocketRun run) {
        going.remove(run.id());
    }

    /** A run that goes on here or ended a while ago; empty when there is none that the caller may hear of. */
    Optional<SocketRun> find(UUID id, Caller caller) {
        SocketRun run = going.get(id);
        return Optional.ofNullable(run == null ? kept(id) : run).filter(found -> found.isFor(caller));
    }

    /** Cancels those that nobody has heard for too long, and forgets what ended long ago. */
    void look(long now) {
        forgetOld(now);
        going.values().stream().filter(run -> run.lonely(now, limits.reconnect().toNanos())).forEach(SocketRun::cancel);
    }
}
