package io.dragoman.api.jobs;

import io.dragoman.api.Json;
import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.api.Raw;
import io.dragoman.api.query.Ids;
import io.dragoman.api.query.QueryBody;
import io.dragoman.conversation.Conversations;
import io.dragoman.failure.FailureException;
import io.dragoman.jobs.Job;
import io.dragoman.jobs.JobQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /queries} does. */
@Component("jobCalls")
final class JobCalls {

    private static final String JSON = "application/json;charset=UTF-8";
    private static final byte[] BEGIN = "{\"status\":\"success\",\"data\":".getBytes(StandardCharsets.UTF_8);

    private final JobQueue queue;
    private final Conversations conversations;

    JobCalls(JobQueue queue, Conversations conversations) {
        this.queue = queue;
        this.conversations = conversations;
    }

    /** What became of a job that was to be removed: it is deleted, or it is only cancelled. */
    record Removed(UUID queryId, String status, boolean deleted) {
    }

    /** Takes a question in, to be answered later. */
    public JobReply submit(QueryBody body, @Header("Idempotency-Key") String key, @Header("priority") String priority,
            @ExchangeProperty("traceId") String traceId) {
        if (body.conversationId() != null) {
            conversations.get(body.conversationId());
        }
        return JobReply.of(queue.submit(new Job.Draft(UUID.randomUUID(), traceId, Json.text(body), key, number(priority))));
    }

    private static int number(String priority) {
        if (priority == null || priority.isEmpty()) {
            return Job.NORMAL_PRIORITY;
        }
        return priority.length() == 1 && Character.isDigit(priority.charAt(0)) ? priority.charAt(0) - '0' : -1;
    }

    /** How a job stands, with its reply once it has one. */
    public Object read(@Header("id") String id) {
        Job job = queue.get(Ids.uuid("query", id));
        // A reply that came since the job was read is left for the next time: its stages would be those of before.
        Optional<InputStream> result = job.status().active() ? Optional.empty() : queue.result(job);
        return result.isEmpty() ? JobReply.of(job) : new Raw(JSON, out -> {
            try (InputStream reply = result.get()) {
                write(job, reply, out);
            }
        });
    }

    /** The reply of the job and what is known of the job itself, as one object; the rows of the reply are not read for it. */
    private static void write(Job job, InputStream reply, OutputStream out) throws IOException {
        byte[] about = Json.write(JobReply.besideReply(job));
        out.write(BEGIN);
        out.write(about, 0, about.length - 1);
        if (reply.read() != '{') {
            throw new IllegalStateException("The reply of job " + job.id() + " is no object");
        }
        out.write(',');
        reply.transferTo(out);
        out.write('}');
    }

    /** The caller's jobs, the latest first. */
    public Listing<JobReply> list(@Header("status") String status, @ExchangeProperty("page") Page page) {
        Job.Status wanted = status == null || status.isEmpty() ? null : status(status);
        return new Listing<>(queue.list(wanted, page.limit(), page.offset()).stream().map(JobReply::of).toList(),
                queue.count(wanted));
    }

    private static Job.Status status(String name) {
        return Arrays.stream(Job.Status.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                .orElseThrow(() -> FailureException.invalid("status", "'status' has to be one of " + String.join(", ",
                        Arrays.stream(Job.Status.values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList()) + "."));
    }

    /** Cancels a job, on whichever server it runs. */
    public JobReply cancel(@Header("id") String id) {
        return JobReply.of(queue.cancel(Ids.uuid("query", id)));
    }

    /** Forgets a job that ended; cancels one that did not. */
    public Removed remove(@Header("id") String id) {
        UUID job = Ids.uuid("query", id);
        return queue.remove(job).map(JobReply::of).map(left -> new Removed(job, left.status(), false))
                .orElseGet(() -> new Removed(job, "deleted", true));
    }
}
