package io.dragoman.ui.shell;

import com.vaadin.flow.shared.Registration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Looks at the server's health while somebody watches, once for all of them. Thread-safe. */
@Component
class HealthWatch implements DisposableBean {

    private static final int PERIOD_SECONDS = 20;

    /** The health of the server and, by name, of its parts. */
    record Report(Status overall, Map<String, Status> parts) {
    }

    private final HealthEndpoint endpoint;
    private final Set<Consumer<Report>> watchers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "health-watch");
        thread.setDaemon(true);
        return thread;
    });

    HealthWatch(HealthEndpoint endpoint) {
        this.endpoint = endpoint;
        clock.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** Tells the watcher now and whenever the server was looked at, on a thread of its own, until it is removed. */
    Registration watch(Consumer<Report> watcher) {
        watchers.add(watcher);
        clock.execute(this::look);
        return () -> watchers.remove(watcher);
    }

    private void look() {
        if (watchers.isEmpty()) {
            return;
        }
        Report report = report(endpoint.health());
        watchers.forEach(watcher -> watcher.accept(report));
    }

    private static Report report(HealthComponent health) {
        Map<String, Status> parts = new TreeMap<>();
        if (health instanceof CompositeHealth composite) {
            composite.getComponents().forEach((name, part) -> parts.put(name, part.getStatus()));
        }
        return new Report(health.getStatus(), parts);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}
