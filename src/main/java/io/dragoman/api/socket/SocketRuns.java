package io.dragoman.api.socket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.config.SocketProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
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
    private final Cache<UUID, SocketRun> ended;

    SocketRuns(SocketProperties limits) {
        this.limits = limits;
        this.ended = Caffeine.newBuilder().expireAfterWrite(limits.keepResults())
                .maximumWeight(limits.keptResults().toBytes()).weigher((UUID id, SocketRun run) -> run.size()).build();
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
            ended.put(run.id(), run);
        }
        going.remove(run.id());
    }

    /** A run that never began. */
    void forget(SocketRun run) {
        going.remove(run.id());
    }

    /** A run that goes on here or ended a while ago; empty when there is none that the caller may hear of. */
    Optional<SocketRun> find(UUID id, Caller caller) {
        SocketRun run = going.get(id);
        return Optional.ofNullable(run == null ? ended.getIfPresent(id) : run).filter(found -> found.isFor(caller));
    }

    /** Cancels those that nobody has heard for too long. */
    void look(long now) {
        going.values().stream().filter(run -> run.lonely(now, limits.reconnect().toNanos())).forEach(SocketRun::cancel);
    }
}
