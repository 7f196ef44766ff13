package io.dragoman.jobs;

import io.dragoman.cluster.Changes;
import io.dragoman.cluster.Node;
import io.dragoman.config.JobProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The right to work at a job, which one server has at a time. A lease that is not renewed ends, and another server takes the
 * job up; each lease has a higher fence than the one before, and nothing is written under an earlier one. Thread-safe.
 */
@Service
public class JobLeases {

    private final JdbcClient database;
    private final Changes changes;
    private final Node node;
    private final JobProperties settings;

    JobLeases(JdbcClient database, Changes changes, Node node, JobProperties settings) {
        this.database = database;
        this.changes = changes;
        this.node = node;
        this.settings = settings;
    }

    /** Hears when there may be work. */
    public void onWork(Runnable listener) {
        changes.listen(JobQueue.WORK, change -> listener.run());
    }

    /** Hears of runs that are to be stopped. */
    public void onCancel(Consumer<UUID> listener) {
        changes.listen(JobQueue.CANCELLED, change -> {
            if (change.key() != null) {
                listener.accept(UUID.fromString(change.key()));
            }
        });
    }

    /**
     * Takes a lease on a job: on one whose server gave no sign of life in time, else on the one whose turn it is.
     *
     * @param busy  the jobs that this server works at, which it does not take up a second time
     * @param users those of whom this server works at enough for the moment
     */
    @Transactional
    public Optional<Job> take(Collection<UUID> busy, Collection<UUID> users) {
        UUID[] passed = users.toArray(UUID[]::new);
        Optional<UUID> left = database.sql("""
                SELECT id FROM jobs WHERE status = 'RUNNING' AND lease_until < now() AND id <> ALL (?)
                    AND coalesce(user_id <> ALL (?), true)
                ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED""").params(busy.toArray(UUID[]::new), passed)
                .query(UUID.class).optional();
        return left.or(() -> database.sql("""
                SELECT id FROM jobs WHERE status = 'QUEUED' AND available_at <= now() AND coalesce(user_id <> ALL (?), true)
                ORDER BY turn, priority DESC, submitted_at LIMIT 1 FOR UPDATE SKIP LOCKED""").params((Object) passed)
                .query(UUID.class).optional()).map(this::lease);
    }

    private Job lease(UUID id) {
        return database.sql("""
                UPDATE jobs SET status = 'RUNNING', node = ?, fence = fence + 1, attempts = attempts + 1, stages = '[]',
                    lease_until = now() + ? * interval '1 millisecond', started_at = coalesce(started_at, now())
                WHERE id = ? RETURNING\s""" + JobRows.COLUMNS).params(node.id(), settings.lease().toMillis(), id)
                .query(JobRows::read).single();
    }

    /**
     * Renews the lease, and notes how far the job has come.
     *
     * @param stages a JSON list
     * @return whether the job was cancelled meanwhile; empty when the lease is lost
     */
    public Optional<Boolean> renew(Job job, String stages) {
        return database.sql("""
                UPDATE jobs SET lease_until = now() + ? * interval '1 millisecond', stages = ?::jsonb
                WHERE id = ? AND fence = ? AND status = 'RUNNING' RETURNING cancel_requested""")
                .params(settings.lease().toMillis(), JobRows.withoutNul(stages), job.id(), job.fence()).query(Boolean.class)
                .optional();
    }

    /**
     * Goes on only while the lease is held; within a transaction it cannot be lost before the end of it.
     *
     * @throws LeaseLostException when it is not
     */
    public void require(Job job) {
        if (database.sql("SELECT 1 FROM jobs WHERE id = ? AND fence = ? AND status = 'RUNNING' FOR SHARE")
                .params(job.id(), job.fence()).query(Integer.class).optional().isEmpty()) {
            throw new LeaseLostException(job.id());
        }
    }

    /**
     * Ends a job, or has it wait for approval; the lease ends with it.
     *
     * @throws LeaseLostException when the lease is not held any more: nothing is written
     */
    public void finish(Job job, Job.Outcome outcome) {
        int written = database.sql("""
                UPDATE jobs SET status = ?, result = ?, error = ?::jsonb, stages = ?::jsonb, lease_until = NULL,
                    finished_at = CASE WHEN ? THEN NULL ELSE now() END
                WHERE id = ? AND fence = ? AND status = 'RUNNING'""")
                .params(outcome.status().name(), JobRows.compress(outcome.result()), JobRows.withoutNul(outcome.error()),
                        JobRows.withoutNul(outcome.stages()), outcome.status() == Job.Status.AWAITING_APPROVAL, job.id(),
                        job.fence()).update();
        if (written == 0) {
            throw new LeaseLostException(job.id());
        }
    }

    /** Ends a job that waited for approval; nothing is done when there is no such job. */
    public void decided(UUID id, Job.Outcome outcome) {
        database.sql("""
                UPDATE jobs SET status = ?, result = ?, error = ?::jsonb, stages = ?::jsonb, finished_at = now()
                WHERE id = ? AND status = 'AWAITING_APPROVAL'""")
                .params(outcome.status().name(), JobRows.compress(outcome.result()), JobRows.withoutNul(outcome.error()),
                        JobRows.withoutNul(outcome.stages()), id).update();
    }

    /**
     * Puts a job back, to be tried again after a while.
     *
     * @throws LeaseLostException when the lease is not held any more
     */
    public void postpone(Job job, Duration wait) {
        back(job, wait, 0);
    }

    /**
     * Puts a job back that this server cannot go on with, as it stops. That does not count as an attempt.
     *
     * @throws LeaseLostException when the lease is not held any more
     */
    @Transactional
    public void release(Job job) {
        back(job, Duration.ZERO, 1);
        changes.signal(JobQueue.WORK);
    }

    private void back(Job job, Duration wait, int uncounted) {
        int written = database.sql("""
                UPDATE jobs SET status = 'QUEUED', lease_until = NULL, attempts = attempts - ?,
                    available_at = now() + ? * interval '1 millisecond'
                WHERE id = ? AND fence = ? AND status = 'RUNNING'""")
                .params(uncounted, wait.toMillis(), job.id(), job.fence()).update();
        if (written == 0) {
            throw new LeaseLostException(job.id());
        }
    }

    /**
     * Has jobs gone on with that wait for a decision which was made a while ago, but of which nobody told them: the server that
     * went on with their runs ended before.
     *
     * @return how many
     */
    @Transactional
    public int takeUpDecided() {
        int left = database.sql("""
                UPDATE jobs SET status = 'QUEUED', attempts = 0, available_at = now() FROM query_runs r
                WHERE r.id = jobs.id AND jobs.status = 'AWAITING_APPROVAL' AND r.status <> 'AWAITING_APPROVAL'
                    AND r.finished_at < now() - ? * interval '1 millisecond'""").param(settings.timeout().toMillis()).update();
        if (left > 0) {
            changes.signal(JobQueue.WORK);
        }
        return left;
    }

    /** Removes jobs that ended longer ago than they are kept; gives how many. */
    public int cleanUp() {
        return database.sql("DELETE FROM jobs WHERE finished_at < now() - ? * interval '1 millisecond'")
                .param(settings.keep().toMillis()).update();
    }
}
