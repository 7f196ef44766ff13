package io.dragoman.api.jobs;

import io.dragoman.api.jobs.RunningJob.Stop;
import io.dragoman.config.JobProperties;
import io.dragoman.jobs.Job;
import io.dragoman.jobs.JobLeases;
import io.dragoman.pipeline.QueryPipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * The workers of this server: take a job when one of them is free and there is one, and send it through the route
 * {@code run-job}. Another thread keeps the leases and stops what is to be stopped.
 */
@Component
class JobWorkers {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration CLEAN_UP_EVERY = Duration.ofMinutes(5);
    private static final Duration LAST_ORDERS = Duration.ofSeconds(5);

    private final JobLeases leases;
    private final JobProperties settings;
    private final QueryPipeline pipeline;
    private final ProducerTemplate routes;
    private final Map<UUID, RunningJob> running = new ConcurrentHashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final Semaphore free;
    private volatile boolean stopping;
    private boolean databaseLost;
    private long cleanedAt = System.nanoTime();

    JobWorkers(JobLeases leases, JobProperties settings, QueryPipeline pipeline, @Lazy ProducerTemplate routes) {
        this.leases = leases;
        this.settings = settings;
        this.pipeline = pipeline;
        this.routes = routes;
        this.free = new Semaphore(settings.workers());
    }

    @EventListener
    void start(ApplicationReadyEvent ready) {
        leases.onWork(this::wake);
        leases.onCancel(this::cancel);
        thread(this::keep, "job-leases").start();
        if (settings.workers() > 0) {
            thread(this::take, "job-desk").start();
        }
    }

    /** Lets jobs end that soon do, and gives the others back, for other servers to take up at once. */
    @EventListener
    void stop(ContextClosedEvent closed) {
        stopping = true;
        wake();
        long deadline = System.nanoTime() + LAST_ORDERS.toNanos();
        awaitEnd(deadline);
        running.values().forEach(job -> end(job, Stop.SHUTDOWN));
        awaitEnd(System.nanoTime() + LAST_ORDERS.toNanos());
    }

    private void awaitEnd(long deadline) {
        while (!running.isEmpty() && System.nanoTime() < deadline) {
            pause(BEAT.toMillis() / 5);
        }
    }

    private void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    private void cancel(UUID id) {
        RunningJob job = running.get(id);
        if (job != null) {
            end(job, Stop.CANCELLED);
        } else {
            pipeline.cancel(id);
        }
    }

    private void end(RunningJob job, Stop why) {
        job.stop(why);
        pipeline.cancel(job.job().id());
    }

    private void take() {
        while (!stopping) {
            try {
                free.acquire();
                if (!takeOne()) {
                    free.release();
                    work.tryAcquire(settings.lookEvery().toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Begins with a job when there is one; when the database is out of reach there is none for the moment. */
    private boolean takeOne() {
        try {
            Optional<Job> taken = stopping ? Optional.empty() : leases.take(List.copyOf(running.keySet()), busyUsers());
            told(null);
            taken.ifPresent(this::begin);
            return taken.isPresent();
        } catch (RuntimeException e) {
            told(e);
            return false;
        }
    }

    /** Who holds all workers but one, which is left for others: they need not wait until a long job ends. */
    private Set<UUID> busyUsers() {
        if (settings.workers() == 1) {
            return Set.of();
        }
        Map<UUID, Integer> held = new HashMap<>();
        running.values().forEach(job -> held.merge(job.job().caller().userId(), 1, Integer::sum));
        held.values().removeIf(jobs -> jobs < settings.workers() - 1);
        return held.keySet();
    }

    private void begin(Job job) {
        RunningJob begun = new RunningJob(job, leases);
        running.put(job.id(), begun);
        thread(() -> {
            try {
                Exchange worked = routes.request("direct:run-job", exchange -> exchange.getMessage().setBody(begun));
                if (worked.getException() != null) {
                    LOG.warn("What became of job {} could not be kept; it is taken up again: {}", job.id(),
                            worked.getException().toString());
                }
            } finally {
                running.remove(job.id());
                free.release();
                wake();
            }
        }, "job-" + job.id()).start();
    }

    private void keep() {
        while (!stopping || !running.isEmpty()) {
            try {
                for (RunningJob job : running.values()) {
                    look(job);
                }
                if (System.nanoTime() - cleanedAt > CLEAN_UP_EVERY.toNanos()) {
                    cleanedAt = System.nanoTime();
                    leases.takeUpDecided();
                    leases.cleanUp();
                    pipeline.forgetCheckpoints(settings.keepCheckpoints());
                }
            } catch (RuntimeException e) {
                LOG.debug("The leases could not be renewed", e);
            }
            pause(BEAT.toMillis());
        }
    }

    private void look(RunningJob job) {
        if (job.ranLongerThan(settings.timeout())) {
            job.stop(Stop.TIMED_OUT);
        }
        if (job.stop() != Stop.LEASE_LOST) {
            job.renew(settings.lease().dividedBy(3));
        }
        if (job.stop() != null) {
            pipeline.cancel(job.job().id());
        }
    }

    /** Says once that the database is out of reach, and once that it is back. */
    private void told(RuntimeException lost) {
        if (lost != null && !databaseLost && !stopping) {
            LOG.warn("No jobs can be taken: {}", NestedExceptionUtils.getMostSpecificCause(lost).getMessage());
        } else if (lost == null && databaseLost) {
            LOG.info("Jobs can be taken again");
        }
        databaseLost = lost != null;
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
