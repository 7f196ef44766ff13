package io.dragoman.api.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.api.Json;
import io.dragoman.api.query.QueryEvents;
import io.dragoman.api.query.QueryReply;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.pipeline.Question;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A question that came through the socket, and who hears of it. It outlives its connection. Thread-safe. */
final class SocketRun {

    /** The longest number of its own that a caller gives a question. */
    static final int LONGEST_REQUEST_ID = 100;

    private final UUID id;
    private final String requestId;
    private final Question question;
    private final CurrentCall call;
    private final Runnable stop;
    private final Set<SocketConnection> hearers = new LinkedHashSet<>();
    private final Map<String, Outbox.Message> progress = new LinkedHashMap<>();
    private boolean cancelled;
    private String end;
    private String group;
    private boolean settled;
    private long lonelySince = System.nanoTime();

    /**
     * @param requestId the caller's own; null when it gave none
     * @param stop      stops the run in the pipeline, when it is there
     */
    SocketRun(UUID id, String requestId, Question question, CurrentCall call, Runnable stop) {
        this.id = id;
        this.requestId = requestId;
        this.question = question;
        this.call = call;
        this.stop = stop;
    }

    UUID id() {
        return id;
    }

    String requestId() {
        return requestId;
    }

    Question question() {
        return question;
    }

    CurrentCall call() {
        return call;
    }

    /** Whether that caller may hear of the run, and stop it. */
    synchronized boolean isFor(Caller other) {
        return other.owns(call.caller().userId()) && (group == null ? other.seesAllOf(call.caller()) : other.sees(group));
    }

    /** What the pipeline tells goes to whoever hears it. */
    QueryEvents events() {
        return new QueryEvents(id) {
            @Override
            protected void send(String event, Map<String, Object> data) {
                if (isCancelled()) {
                    stop.run();
                }
                if (requestId != null) {
                    data.put("request_id", requestId);
                }
                String packet = SocketPacket.event(event, Json.text(data));
                tell(event.equals(TOKEN) ? new Outbox.Message(Outbox.Kind.PREVIEW, null, packet)
                        : new Outbox.Message(Outbox.Kind.MERGED, id + " " + data.get("stage"), packet));
            }
        };
    }

    private synchronized void tell(Outbox.Message message) {
        if (end != null) {
            return;
        }
        if (message.kind() == Outbox.Kind.MERGED) {
            progress.remove(message.key());
            progress.put(message.key(), message);
        }
        hearers.forEach(hearer -> hearer.send(message));
    }

    /** Somebody hears from now on, and what there was: the last of each stage, and the end when it is over. */
    synchronized void attach(SocketConnection hearer) {
        if (end == null) {
            progress.values().forEach(hearer::send);
            hearers.add(hearer);
        } else {
            hearer.send(Outbox.Message.kept(end));
        }
    }

    /** Somebody hears it no more. */
    synchronized void leave(SocketConnection hearer) {
        if (hearers.remove(hearer)) {
            lonelySince = System.nanoTime();
        }
    }

    /** Whether nobody has heard it for so long. */
    synchronized boolean lonely(long now, long nanos) {
        return end == null && !cancelled && hearers.isEmpty() && now - lonelySince > nanos;
    }

    /** Stops it: at once when it runs, else before it begins. */
    void cancel() {
        synchronized (this) {
            cancelled = true;
        }
        stop.run();
    }

    /** Stops it when nobody hears it. */
    void cancelUnheard() {
        boolean unheard;
        synchronized (this) {
            unheard = end == null && hearers.isEmpty();
        }
        if (unheard) {
            cancel();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** The reply, with the caller's own number. */
    record Result(@JsonInclude(JsonInclude.Include.NON_NULL) String requestId, @JsonUnwrapped QueryReply reply) {
    }

    /** An error, with what it is about. */
    record Problem(ErrorCode code, String message, Map<String, Object> details, String traceId, String queryId,
            @JsonInclude(JsonInclude.Include.NON_NULL) String requestId) {

        static Problem of(Failure failure, String traceId, String queryId, String requestId) {
            return new Problem(failure.code(), failure.message(), failure.details(), traceId, queryId, requestId);
        }

        static String packet(Failure failure, String traceId, String queryId, String requestId) {
            return SocketPacket.event(QueryEvents.ERROR, Json.text(of(failure, traceId, queryId, requestId)));
        }
    }

    /** It ended with a reply. */
    void ended(QueryReply reply, String schemaGroup, boolean forGood) {
        end(SocketPacket.event(QueryEvents.RESULT, Json.text(new Result(requestId, reply))), schemaGroup, forGood);
    }

    /** It failed. */
    void ended(Failure failure, String schemaGroup) {
        end(Problem.packet(failure, call.traceId(), id.toString(), requestId), schemaGroup, true);
    }

    private synchronized void end(String packet, String schemaGroup, boolean forGood) {
        end = packet;
        group = schemaGroup;
        settled = forGood;
        progress.clear();
        hearers.forEach(hearer -> {
            hearer.send(Outbox.Message.kept(packet));
            hearer.forget(this);
        });
        hearers.clear();
    }

    /** Whether it ended. */
    synchronized boolean isEnded() {
        return end != null;
    }

    /** Whether it ended for good, so that what was told of it stays true. */
    synchronized boolean isSettled() {
        return settled;
    }

    /** The characters that are kept of it. */
    synchronized int size() {
        return end == null ? 0 : end.length();
    }
}
