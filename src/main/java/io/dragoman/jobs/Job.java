package io.dragoman.jobs;

import io.dragoman.security.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * A question that is answered later.
 *
 * @param id              of the job and of its run
 * @param traceId         of the request that brought it
 * @param caller          who asked, with the rights of that moment
 * @param address         the remote end of the connection; null when there was none
 * @param question        what is asked, as JSON
 * @param status          how it stands
 * @param priority        0 to 9, the higher first among the jobs of one caller
 * @param attempts        how often a server began to work at it
 * @param fence           counts the leases on it; 0 until the first
 * @param cancelRequested whether it was cancelled while a server works at it
 * @param stages          the stages so far, as a JSON list
 * @param error           why it failed, as JSON; null unless it did
 * @param submittedAt     when it came
 * @param startedAt       when a server first began to work at it; null before
 * @param finishedAt      when it ended; null before, and while it waits for approval
 */
public record Job(UUID id, String traceId, Caller caller, String address, String question, Status status, int priority,
        int attempts, long fence, boolean cancelRequested, String stages, String error, Instant submittedAt,
        Instant startedAt, Instant finishedAt) {

    /** The least and the highest priority, and the one that is taken when none is said: as in JMS. */
    public static final int LEAST_PRIORITY = 0;
    public static final int HIGHEST_PRIORITY = 9;
    public static final int NORMAL_PRIORITY = 4;

    /** How a job stands. */
    public enum Status {
        QUEUED, RUNNING, COMPLETED, NEEDS_CLARIFICATION, AWAITING_APPROVAL, REJECTED, FAILED, CANCELLED;

        /** Whether a server works at it, or will. */
        public boolean active() {
            return this == QUEUED || this == RUNNING;
        }
    }

    /** Whether a server had begun with it before, so that something of its run may be there. */
    public boolean takenUp() {
        return fence > 1;
    }

    /**
     * A job that comes.
     *
     * @param idempotencyKey the caller's own name for it, under which it is taken once; null for none
     * @param priority       0 to 9
     */
    public record Draft(UUID id, String traceId, String question, String idempotencyKey, int priority) {
    }

    /**
     * How a job ended, or came to wait for approval.
     *
     * @param status not {@code QUEUED} or {@code RUNNING}
     * @param result the reply as JSON; null when there is none
     * @param error  why it failed, as JSON; null unless it did
     * @param stages the stages that ran, as a JSON list
     */
    public record Outcome(Status status, byte[] result, String error, String stages) {
    }
}
