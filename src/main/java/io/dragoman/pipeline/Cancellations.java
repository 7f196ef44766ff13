package io.dragoman.pipeline;

import io.dragoman.datasource.Cancellation;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The runs that are going on in this server, and how each can be stopped. Thread-safe. */
@Component
class Cancellations {

    private final Map<UUID, Cancellation> running = new ConcurrentHashMap<>();

    /** A run begins. */
    void begin(UUID run) {
        running.put(run, new Cancellation());
    }

    /** A run ended. */
    void end(UUID run) {
        running.remove(run);
    }

    /** How the run can be stopped; a handle that nobody holds when it is not going on here. */
    Cancellation of(UUID run) {
        Cancellation cancellation = running.get(run);
        return cancellation == null ? new Cancellation() : cancellation;
    }

    /** Whether the run is going on here. */
    boolean going(UUID run) {
        return running.containsKey(run);
    }

    /** Stops a run: false when it is not going on here. */
    boolean cancel(UUID run) {
        Cancellation cancellation = running.get(run);
        if (cancellation != null) {
            cancellation.cancel();
        }
        return cancellation != null;
    }
}
