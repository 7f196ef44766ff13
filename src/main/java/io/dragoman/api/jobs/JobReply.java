package io.dragoman.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.api.Json;
import io.dragoman.failure.ErrorCode;
import io.dragoman.jobs.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A job on the wire. When it has a reply, the fields of {@code POST /query} stand beside these.
 *
 * @param queryId of the run; null where the reply says it
 * @param status  {@code queued}, {@code running}, {@code completed}, {@code needs_clarification}, {@code awaiting_approval},
 *                {@code rejected}, {@code failed} or {@code cancelled}; null where the reply says it
 * @param stages  the stages so far
 * @param error   as {@code POST /query} would have replied; null unless it failed
 */
record JobReply(@JsonInclude(JsonInclude.Include.NON_NULL) UUID queryId,
        @JsonInclude(JsonInclude.Include.NON_NULL) String status, String question, int priority, int attempts,
        boolean cancelRequested, Instant submittedAt, Instant startedAt, Instant finishedAt, List<StageProgress> stages,
        Error error) {

    /** Why a job failed. */
    record Error(ErrorCode code, String message, Map<String, Object> details, String traceId) {
    }

    /** How far one stage is: {@code started}, {@code completed} or {@code failed}. */
    record StageProgress(String stage, String status, double elapsedMs, String detail) {
    }

    /** A job without its reply. */
    static JobReply of(Job job) {
        return of(job, job.id(), job.status().name().toLowerCase(Locale.ROOT));
    }

    /** What stands beside the reply. */
    static JobReply besideReply(Job job) {
        return of(job, null, null);
    }

    private static JobReply of(Job job, UUID id, String status) {
        return new JobReply(id, status, read(job.question(), Asked.class).query(), job.priority(), job.attempts(), job.cancelRequested(),
                job.submittedAt(), job.startedAt(), job.finishedAt(), List.of(read(job.stages(), StageProgress[].class)), job.error() == null ? null : read(job.error(), Error.class));
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of the body is told again. */
    private record Asked(String query) {
    }
}
