package io.dragoman.api.jobs;

import io.dragoman.api.Json;
import io.dragoman.api.jobs.JobReply.StageProgress;
import io.dragoman.jobs.Job;
import io.dragoman.jobs.JobLeases;
import io.dragoman.pipeline.LeasedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A job that this server works at: hears of its stages, and holds its lease. Thread-safe. */
final class RunningJob implements LeasedRun {

    private final Job job;
    private final JobLeases leases;
    private final long startedAt = System.nanoTime();
    private final List<StageProgress> stages = new ArrayList<>();
    private volatile long renewedAt = System.nanoTime();
    private volatile boolean progressed;
    private volatile Stop stop;

    RunningJob(Job job, JobLeases leases) {
        this.job = job;
        this.leases = leases;
    }

    /** Why a job is stopped before its end. */
    enum Stop { CANCELLED, TIMED_OUT, LEASE_LOST, SHUTDOWN }

    Job job() {
        return job;
    }

    /** Why the job is to stop; null when it is not. The first reason counts. */
    Stop stop() {
        return stop;
    }

    synchronized void stop(Stop why) {
        if (stop == null) {
            stop = why;
        }
    }

    boolean ranLongerThan(Duration limit) {
        return System.nanoTime() - startedAt > limit.toNanos();
    }

    @Override
    public void stage(UUID queryId, String stage, Status status, double elapsedMs, String detail) {
        StageProgress progress = new StageProgress(stage, status.name().toLowerCase(Locale.ROOT), elapsedMs, detail);
        synchronized (stages) {
            int last = stages.size() - 1;
            if (status != Status.STARTED && last >= 0 && stages.get(last).stage().equals(stage)) {
                stages.set(last, progress);
            } else {
                stages.add(progress);
            }
        }
        progressed = true;
    }

    /** The stages so far, as a JSON list. */
    String stages() {
        synchronized (stages) {
            return Json.text(stages);
        }
    }

    @Override
    public void requireLease() {
        leases.require(job);
    }

    /** Renews the lease when it is time to, or when there is progress to tell of; stops the job when it is lost or cancelled. */
    void renew(Duration every) {
        if (!progressed && System.nanoTime() - renewedAt < every.toNanos()) {
            return;
        }
        progressed = false;
        Optional<Boolean> renewed = leases.renew(job, stages());
        renewedAt = System.nanoTime();
        renewed.ifPresentOrElse(cancelled -> {
            if (cancelled) {
                stop(Stop.CANCELLED);
            }
        }, () -> stop(Stop.LEASE_LOST));
    }
}
