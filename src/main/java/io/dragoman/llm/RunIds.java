package io.dragoman.llm;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.UUID;

/** Gives the span of a run ids made of the run's own, so that calls know their parent before it is written. */
final class RunIds implements IdGenerator {

    private static final ThreadLocal<UUID> NEXT = new ThreadLocal<>();
    private static final int SPAN_DIGITS = 16;

    private final IdGenerator random = IdGenerator.random();

    /** The next span of this thread is that of a run. */
    static void next(UUID run) {
        NEXT.set(run);
    }

    static void done() {
        NEXT.remove();
    }

    /** The trace id of a run: its 32 hex digits. */
    static String trace(UUID run) {
        return run.toString().replace("-", "");
    }

    /** The id of a run's own span: the last 16 of them, which are never all zero. */
    static String span(UUID run) {
        return trace(run).substring(SPAN_DIGITS);
    }

    @Override
    public String generateSpanId() {
        UUID run = NEXT.get();
        return run == null ? random.generateSpanId() : span(run);
    }

    @Override
    public String generateTraceId() {
        UUID run = NEXT.get();
        return run == null ? random.generateTraceId() : trace(run);
    }
}
