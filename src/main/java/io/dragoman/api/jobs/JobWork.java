package io.dragoman.api.jobs;

import io.dragoman.api.Envelopes;
import io.dragoman.api.Json;
import io.dragoman.api.jobs.JobReply.StageProgress;
import io.dragoman.api.jobs.RunningJob.Stop;
import io.dragoman.api.query.QueryBody;
import io.dragoman.api.query.QueryReply;
import io.dragoman.api.query.QuestionGateway;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.failure.Failures;
import io.dragoman.jobs.Job;
import io.dragoman.jobs.Job.Outcome;
import io.dragoman.jobs.Job.Status;
import io.dragoman.jobs.JobLeases;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.RunEnded;
import io.dragoman.pipeline.Question;
import io.dragoman.security.Caller;
import io.dragoman.security.CallerCheck;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The work at a job, in the pieces that {@code routes/jobs.camel.yaml} puts in order. */
@Component("jobWork")
class JobWork {

    private static final Logger LOG = LoggerFactory.getLogger(JobWork.class);
    private static final String OPERATION = "POST /api/v1/queries";
    /** What may be better the next time. */
    private static final Set<ErrorCode> PASSING = Set.of(ErrorCode.DATASOURCE_UNAVAILABLE, ErrorCode.LLM_UNAVAILABLE,
            ErrorCode.INTERNAL_ERROR);

    private final QuestionGateway gateway;
    private final QueryRuns runs;
    private final JobLeases leases;
    private final CallerCheck callers;
    private final Failures failures;

    JobWork(QuestionGateway gateway, QueryRuns runs, JobLeases leases, CallerCheck callers, Failures failures) {
        this.gateway = gateway;
        this.runs = runs;
        this.leases = leases;
        this.callers = callers;
        this.failures = failures;
    }

    /**
     * What became of a job that was worked at.
     *
     * @param job     the job
     * @param outcome how it ended; null when it is to be given back
     * @param passing whether it failed in a way that may be better the next time
     */
    record Worked(RunningJob job, Outcome outcome, boolean passing) {

        /** For the route: how often the job was tried. */
        public int attempts() {
            return job.job().attempts();
        }

        /** For the route: whether this server stops, and another one is to go on. */
        public boolean givenBack() {
            return outcome == null;
        }
    }

    /** Whether the job was tried more often than that: whatever it does, it takes its servers down with it. */
    public boolean wornOut(RunningJob running, int attempts) {
        return running.job().attempts() > attempts;
    }

    /** Ends a job that was cut off too often. */
    public Worked giveUp(RunningJob running) {
        return failed(running, new Failure(ErrorCode.INTERNAL_ERROR, "The query was begun " + (running.job().attempts() - 1)
                + " times and cut off each time, by a server that stopped or lost its database. It is not tried again.",
                Map.of("attempts", running.job().attempts() - 1)), false);
    }

    /** Puts the question to the pipeline, on behalf of who asked it, with the rights that are left of those of then. */
    public Worked run(RunningJob running) {
        Job job = running.job();
        if (job.cancelRequested()) {
            return cancelled(running);
        }
        Caller caller = callers.still(job.caller()).orElseThrow(() -> new FailureException(ErrorCode.UNAUTHENTICATED,
                "The key or account that asked is not valid any more."));
        caller.require(Role.ASKER);
        QueryState state = new CurrentCall(caller, OPERATION, job.traceId(), job.address()).supply(() -> ask(running));
        return worked(running, state);
    }

    private QueryState ask(RunningJob running) {
        Job job = running.job();
        Question question = question(job);
        return job.takenUp() ? gateway.takeUp(job.id(), job.traceId(), question, running)
                : gateway.run(job.id(), job.traceId(), question, running);
    }

    private static Question question(Job job) {
        try {
            return Json.read(job.question().getBytes(StandardCharsets.UTF_8), QueryBody.class).toQuestion();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Worked worked(RunningJob running, QueryState state) {
        if (state.failure() == null) {
            return new Worked(running, outcome(state, running.stages()), false);
        }
        if (state.failure().code() != ErrorCode.CANCELLED || running.stop() == null) {
            return failed(running, state.failure(), PASSING.contains(state.failure().code()));
        }
        return switch (running.stop()) {
            case CANCELLED -> cancelled(running);
            case TIMED_OUT -> failed(running, new Failure(ErrorCode.TIMEOUT, "The query took longer than a job may run.",
                    Map.of("stage", "job")), false);
            case LEASE_LOST, SHUTDOWN -> new Worked(running, null, false);
        };
    }

    /** For {@code doCatch}: what was thrown is why the job failed. */
    public Worked thrown(Exchange exchange, RunningJob running) {
        Failure failure = failures.of(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class),
                running.job().traceId());
        return failed(running, failure, PASSING.contains(failure.code()));
    }

    private static Worked cancelled(RunningJob running) {
        return new Worked(running, new Outcome(Status.CANCELLED, null, null, running.stages()), false);
    }

    private static Worked failed(RunningJob running, Failure failure, boolean passing) {
        return new Worked(running, new Outcome(Status.FAILED, null, error(failure, running.job()), running.stages()), passing);
    }

    private static String error(Failure failure, Job job) {
        return new String(Envelopes.error(failure, job.traceId()), StandardCharsets.UTF_8);
    }

    private static Outcome outcome(QueryState state, String stages) {
        return new Outcome(Status.valueOf(state.status().name()), Json.write(QueryReply.of(state)), null, stages);
    }

    /** Keeps the outcome; only who still holds the lease does. */
    public void finish(Worked worked) {
        leases.finish(worked.job().job(), worked.outcome());
        if (worked.outcome().status() == Status.AWAITING_APPROVAL) {
            catchUp(worked.job());
        }
    }

    /** Somebody may have decided on the run before its job was known to wait. */
    private void catchUp(RunningJob running) {
        Job job = running.job();
        new CurrentCall(job.caller(), OPERATION, job.traceId(), job.address()).run(() -> {
            Optional<QueryState.Status> now = runs.find(job.id()).map(QueryState::status);
            if (now.isPresent() && now.get() != QueryState.Status.AWAITING_APPROVAL && now.get() != QueryState.Status.RUNNING) {
                decided(gateway.takeUp(job.id(), job.traceId(), question(job), ProgressListener.NONE));
            }
        });
    }

    /** Puts the job back, to be tried again after a while, which is longer each time. */
    public void postpone(Worked worked, String wait) {
        Duration once = DurationStyle.detectAndParse(wait);
        leases.postpone(worked.job().job(), once.multipliedBy(1L << Math.min(worked.attempts() - 1, 10)));
    }

    /** Gives the job back for another server to go on with. */
    public void giveBack(Worked worked) {
        if (worked.job().stop() == Stop.SHUTDOWN) {
            leases.release(worked.job().job());
        }
    }

    /** The lease was lost: another server goes on with the job, and nothing of this one is kept. */
    public void lost(RunningJob running) {
        LOG.info("Job {} passed to another server", running.job().id());
    }

    /** A job that waited for approval ends as a person decided. */
    @EventListener
    void ended(RunEnded end) {
        decided(end.run());
    }

    private void decided(QueryState state) {
        List<StageProgress> stages = state.stages().stream().map(stage -> new StageProgress(stage.name(), "completed",
                stage.elapsedMs(), stage.detail())).toList();
        leases.decided(state.id(), state.failure() == null ? outcome(state, Json.text(stages))
                : new Outcome(Status.FAILED, null, new String(Envelopes.error(state.failure(), state.traceId()),
                        StandardCharsets.UTF_8), Json.text(stages)));
    }
}
