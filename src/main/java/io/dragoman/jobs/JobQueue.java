package io.dragoman.jobs;

import io.dragoman.cluster.Changes;
import io.dragoman.config.JobProperties;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The jobs of callers: taken in up to a bound, read back, cancelled. Callers see their own, administrators all. Thread-safe. */
@Service
public class JobQueue {

    /** Wakes whoever works at jobs. */
    static final String WORK = "jobs";

    /** The kind of change that says that the run of that id is to be stopped, wherever it goes on. */
    static final String CANCELLED = "run_cancelled";

    private static final String KIND = "query";
    private static final int COME_BACK_S = 5;
    private static final int LONGEST_KEY = 200;
    /**
     * Within what groups the caller sees: that of the run, or while it has none, all those that its own caller saw, as the stages
     * name what is found.
     */
    private static final String SEEN = """
             (CAST(:groups AS text[]) IS NULL OR coalesce(
                (SELECT r.schema_group = ANY (:groups) FROM query_runs r WHERE r.id = jobs.id),
                jobs.caller -> 'schemaGroups' <@ to_jsonb(CAST(:groups AS text[])), false))\s""";
    /** The number of the lock under which jobs come in, one after the other, so that bounds and turns are right. */
    private static final long ENTRANCE = 0x6a6f6273L;

    private final JdbcClient database;
    private final Changes changes;
    private final JobProperties settings;

    JobQueue(JdbcClient database, Changes changes, JobProperties settings) {
        this.database = database;
        this.changes = changes;
        this.settings = settings;
    }

    private record Load(int mine, int all, long last, long first) {
    }

    /**
     * Takes a job in, for the present caller. It is in the database when this returns.
     *
     * @return the job; with an idempotency key that was used for the same question before, the job of then
     * @throws FailureException {@code RATE_LIMITED} when too many wait; {@code CONFLICT} when the idempotency key was used for
     *                          another question; {@code VALIDATION_FAILED} for a key or a priority that cannot be taken
     */
    @Transactional
    public Job submit(Job.Draft draft) {
        check(draft);
        Caller caller = CurrentCall.current();
        byte[] hash = hash(draft.question());
        database.sql("SELECT pg_advisory_xact_lock(?)").param(ENTRANCE).query((row, number) -> "").single();
        if (draft.idempotencyKey() != null) {
            Optional<Job> before = before(caller, draft, hash);
            if (before.isPresent()) {
                return before.get();
            }
        }
        Load load = database.sql("""
                SELECT count(*) FILTER (WHERE user_id = :user) AS mine, count(*) AS everybodys,
                    coalesce(max(turn) FILTER (WHERE user_id = :user), 0) AS last, coalesce(min(turn), 1) AS first
                FROM jobs WHERE status = 'QUEUED'""").param("user", caller.userId())
                .query((row, number) -> new Load(row.getInt(1), row.getInt(2), row.getLong(3), row.getLong(4))).single();
        refuseTooMany(load);
        Job job = database.sql("""
                INSERT INTO jobs (id, trace_id, user_id, caller, address, idempotency_key, body_hash, question, priority, turn)
                VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?) RETURNING\s""" + JobRows.COLUMNS)
                .params(draft.id(), draft.traceId(), caller.userId(), JobRows.write(caller), CurrentCall.get().address(),
                        draft.idempotencyKey(), hash, draft.question(), draft.priority(), turn(caller, draft, load))
                .query(JobRows::read).single();
        changes.signal(WORK);
        return job;
    }

    private static void check(Job.Draft draft) {
        String key = draft.idempotencyKey();
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY || key.chars().anyMatch(c -> c <= ' ' || c > '~'))) {
            throw FailureException.invalid("Idempotency-Key", "'Idempotency-Key' has to be 1 to " + LONGEST_KEY
                    + " visible ASCII characters without spaces.");
        }
        if (draft.priority() < Job.LEAST_PRIORITY || draft.priority() > Job.HIGHEST_PRIORITY) {
            throw FailureException.invalid("priority", "'priority' has to be from " + Job.LEAST_PRIORITY + " to "
                    + Job.HIGHEST_PRIORITY + ".");
        }
    }

    private Optional<Job> before(Caller caller, Job.Draft draft, byte[] hash) {
        record Known(Job job, byte[] hash) {
        }
        Optional<Known> known = database.sql("SELECT body_hash, " + JobRows.COLUMNS
                        + " FROM jobs WHERE user_id = ? AND idempotency_key = ?").params(caller.userId(), draft.idempotencyKey())
                .query((row, number) -> new Known(JobRows.read(row, number), row.getBytes("body_hash"))).optional();
        if (known.isPresent() && (!MessageDigest.isEqual(known.get().hash(), hash) || find(known.get().job().id()).isEmpty())) {
            throw new FailureException(ErrorCode.CONFLICT, "This Idempotency-Key was used for another request.",
                    Map.of("field", "Idempotency-Key", "query_id", known.get().job().id()));
        }
        return known.map(Known::job);
    }

    private void refuseTooMany(Load load) {
        boolean mine = load.mine() >= settings.queuePerCaller();
        if (mine || load.all() >= settings.queue()) {
            throw new FailureException(ErrorCode.RATE_LIMITED, mine
                    ? "Too many of your queries wait already (" + load.mine() + "). Come back when some have ended."
                    : "Too many queries wait already. Come back in a moment.",
                    Map.of("retry_after_s", COME_BACK_S, "limit", mine ? settings.queuePerCaller() : settings.queue()));
        }
    }

    /** The caller's next turn; a job of a higher priority takes that of the caller's first lower one, which all move back. */
    private long turn(Caller caller, Job.Draft draft, Load load) {
        long lower = load.mine() == 0 ? 0 : database.sql("""
                SELECT coalesce(min(turn), 0) FROM jobs WHERE status = 'QUEUED' AND user_id = ? AND priority < ?""")
                .params(caller.userId(), draft.priority()).query(Long.class).single();
        if (lower == 0) {
            return Math.max(load.last() + 1, load.first());
        }
        database.sql("UPDATE jobs SET turn = turn + 1 WHERE status = 'QUEUED' AND user_id = ? AND priority < ?")
                .params(caller.userId(), draft.priority()).update();
        return lower;
    }

    /**
     * The job of that id.
     *
     * @throws FailureException {@code NOT_FOUND} when there is none that the present caller sees
     */
    public Job get(UUID id) {
        return find(id).filter(job -> CurrentCall.current().owns(job.caller().userId()))
                .orElseThrow(() -> FailureException.notFound(KIND, id.toString()));
    }

    private Optional<Job> find(UUID id) {
        return database.sql("SELECT " + JobRows.COLUMNS + " FROM jobs WHERE id = :id AND" + SEEN).param("id", id)
                .param("groups", groups(), Types.ARRAY).query(JobRows::read).optional();
    }

    private static String[] groups() {
        Set<String> names = CurrentCall.current().schemaGroups();
        return names == null ? null : names.toArray(String[]::new);
    }

    /** The reply of a job, as JSON; empty when there is none yet, or there never will be. The caller closes it. */
    public Optional<InputStream> result(Job job) {
        return database.sql("SELECT result FROM jobs WHERE id = ? AND result IS NOT NULL").param(job.id())
                .query((row, number) -> row.getBytes(1)).optional().map(JobRows::open);
    }

    /** The present caller's jobs, the latest first; of any status when that is null. */
    public List<Job> list(Job.Status status, int limit, int offset) {
        return database.sql("SELECT " + JobRows.COLUMNS + " FROM jobs WHERE user_id = :user AND (CAST(:status AS text) IS NULL"
                        + " OR status = :status) AND" + SEEN + "ORDER BY submitted_at DESC, id LIMIT :limit OFFSET :offset")
                .param("groups", groups(), Types.ARRAY)
                .param("user", CurrentCall.current().userId()).param("status", name(status), Types.VARCHAR)
                .param("limit", limit).param("offset", offset).query(JobRows::read).list();
    }

    /** How many the present caller has; of any status when that is null. */
    public long count(Job.Status status) {
        return database.sql("SELECT count(*) FROM jobs WHERE user_id = :user AND (CAST(:status AS text) IS NULL"
                        + " OR status = :status) AND" + SEEN).param("user", CurrentCall.current().userId())
                .param("groups", groups(), Types.ARRAY).param("status", name(status), Types.VARCHAR).query(Long.class).single();
    }

    private static String name(Job.Status status) {
        return status == null ? null : status.name();
    }

    /**
     * Cancels a job: at once when no server works at it, else the server that does is told, whichever it is.
     *
     * @throws FailureException {@code NOT_FOUND}; {@code CONFLICT} when it has ended or waits for approval
     */
    @Transactional
    public Job cancel(UUID id) {
        get(id);
        int stopped = database.sql("""
                UPDATE jobs SET status = 'CANCELLED', finished_at = now(), cancel_requested = true
                WHERE id = ? AND status = 'QUEUED'""").param(id).update();
        if (stopped == 0) {
            int asked = database.sql("UPDATE jobs SET cancel_requested = true WHERE id = ? AND status = 'RUNNING'").param(id)
                    .update();
            Job job = get(id);
            if (asked == 0 && job.status() != Job.Status.CANCELLED) {
                throw new FailureException(ErrorCode.CONFLICT, "There is nothing to cancel: the query is "
                        + job.status().name().toLowerCase(Locale.ROOT) + ".", Map.of("id", id.toString(), "status",
                        job.status().name().toLowerCase(Locale.ROOT)));
            }
            changes.publish(CANCELLED, id.toString());
        }
        return get(id);
    }

    /**
     * Forgets a job that ended, with its rows; one that did not is cancelled instead.
     *
     * @return what became of it; empty when it is forgotten
     * @throws FailureException {@code NOT_FOUND}; {@code CONFLICT} when it waits for approval
     */
    @Transactional
    public Optional<Job> remove(UUID id) {
        Job job = get(id);
        if (job.status().active() || job.status() == Job.Status.AWAITING_APPROVAL) {
            return Optional.of(cancel(id));
        }
        database.sql("DELETE FROM jobs WHERE id = ?").param(id).update();
        return Optional.empty();
    }

    /** How many jobs wait. */
    public long waiting() {
        return database.sql("SELECT count(*) FROM jobs WHERE status = 'QUEUED'").query(Long.class).single();
    }

    private static byte[] hash(String question) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
