package io.dragoman.api.socket;

import io.dragoman.config.SocketProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import jakarta.annotation.PreDestroy;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * All connections of this server: how many there are, whose, how long they may take, and the threads that work for them. It
 * stops before the web server does, which would wait for them. Thread-safe.
 */
@Component
final class Connections implements SmartLifecycle, EngineSession.Buffered {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int LOOK_MS = 250;
    private static final int EVENT_THREADS = 8;
    private static final int CLOSING_THREADS = 4;
    private static final int ID_BYTES = 15;

    private final SocketProperties limits;
    private final SocketRuns runs;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, EngineSession> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> byCaller = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();
    private final ThreadPoolExecutor events = pool("socket-event", EVENT_THREADS);
    private final ThreadPoolExecutor closings = pool("socket-closing", CLOSING_THREADS);
    private final ThreadPoolExecutor questions;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemon("socket-clock"));
    private volatile boolean running;
    private volatile boolean ready;

    Connections(SocketProperties limits, SocketRuns runs) {
        this.limits = limits;
        this.runs = runs;
        this.questions = pool("socket-question", limits.threads());
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                daemon(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Work that is short. */
    Executor events() {
        return events;
    }

    /** Work that takes as long as a question does. */
    Executor questions() {
        return questions;
    }

    /** A new connection; null when there are too many, or the server is not ready. */
    EngineSession open() {
        if (!ready || open.size() >= limits.connections()) {
            return null;
        }
        EngineSession session = new EngineSession(id(), limits, this);
        open.put(session.id(), session);
        return session;
    }

    /** A name that cannot be guessed. */
    String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The connection of that name, or null. */
    EngineSession find(String id) {
        return open.get(id);
    }

    /** A connection is over. */
    void closed(EngineSession session) {
        open.remove(session.id());
    }

    /**
     * A caller has one connection more.
     *
     * @throws FailureException {@code RATE_LIMITED} when that is too many
     */
    void admit(Caller caller) {
        int count = byCaller.merge(caller.userId() + caller.name(), 1, Integer::sum);
        if (count > limits.connectionsPerCaller()) {
            leave(caller);
            throw new FailureException(ErrorCode.RATE_LIMITED, "You have " + (count - 1)
                    + " connections, the most that one caller may have.", Map.of("retry_after_s", 1));
        }
    }

    /** A caller has one connection less. */
    void leave(Caller caller) {
        byCaller.computeIfPresent(caller.userId() + caller.name(), (whose, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void changed(long characters) {
        if (waiting.addAndGet(characters) > limits.bufferAll().toBytes() && characters > 0) {
            open.values().stream().max(Comparator.comparingLong(EngineSession::waiting))
                    .ifPresent(slowest -> slowest.close("too much waits for slow readers, and most for this one"));
        }
    }

    @Override
    public void end(Transport transport) {
        closings.execute(transport::close);
    }

    private void look() {
        long now = System.nanoTime();
        try {
            open.values().forEach(session -> session.look(now));
            runs.look(now);
        } catch (RuntimeException e) {
            LOG.error("Looking after the connections failed", e);
        }
    }

    /** The routes run: connections are taken. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        ready = true;
    }

    @Override
    public void start() {
        running = true;
        clock.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        ready = false;
        open.values().forEach(session -> session.close("the server stops"));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @PreDestroy
    void shutDown() {
        clock.shutdownNow();
        events.shutdown();
        closings.shutdown();
        questions.shutdownNow();
    }
}
