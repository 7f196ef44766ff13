package io.dragoman.api.socket;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** The questions of one connection: some run, some wait, more are refused. It goes on after the connection. Thread-safe. */
final class Lane {

    private final int mostRunning;
    private final int mostWaiting;
    private final Consumer<Runnable> threads;
    private final Consumer<SocketRun> work;
    private final Queue<SocketRun> waiting = new ArrayDeque<>();
    private int running;

    /**
     * @param threads runs things later
     * @param work    runs a question to its end, and throws nothing
     */
    Lane(int mostRunning, int mostWaiting, Consumer<Runnable> threads, Consumer<SocketRun> work) {
        this.mostRunning = mostRunning;
        this.mostWaiting = mostWaiting;
        this.threads = threads;
        this.work = work;
    }

    /**
     * Takes a question.
     *
     * @throws io.dragoman.failure.FailureException {@code RATE_LIMITED} when too many wait
     */
    synchronized void add(SocketRun run) {
        if (running < mostRunning) {
            start(run);
        } else if (waiting.size() < mostWaiting) {
            waiting.add(run);
        } else {
            throw SocketRuns.tooMany("This connection has " + (running + waiting.size())
                    + " questions that run or wait, the most that it may have.");
        }
    }

    private void start(SocketRun run) {
        running++;
        try {
            threads.accept(() -> {
                try {
                    work.accept(run);
                } finally {
                    ended();
                }
            });
        } catch (RuntimeException e) {
            running--;
            throw e;
        }
    }

    private synchronized void ended() {
        running--;
        if (running < mostRunning && !waiting.isEmpty()) {
            start(waiting.poll());
        }
    }

    /** Whether nothing runs or waits. */
    synchronized boolean isEmpty() {
        return running == 0 && waiting.isEmpty();
    }
}
