package io.dragoman.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes what many threads want written at the same time in one transaction (group commit): whoever comes while a
 * transaction is on its way goes into the next one. Each thread returns once its own row is kept. Thread-safe.
 */
final class GroupCommit<T> {

    private static final int MOST_ROWS = 500;

    private final Queue<Row<T>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final Consumer<List<T>> transaction;

    private static final class Row<T> {

        private final T content;
        private boolean done;
        private RuntimeException failure;

        private Row(T content) {
            this.content = content;
        }
    }

    /** @param transaction writes all of the rows or none */
    GroupCommit(Consumer<List<T>> transaction) {
        this.transaction = transaction;
    }

    /** Returns when the row is kept; throws what the transaction throws for this row. */
    void write(T content) {
        Row<T> mine = new Row<>(content);
        waiting.add(mine);
        turn.lock();
        try {
            while (!mine.done) {
                next();
            }
        } finally {
            turn.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    /** How many rows are not yet in a transaction. */
    int waiting() {
        return waiting.size();
    }

    private void next() {
        List<Row<T>> rows = new ArrayList<>();
        for (Row<T> row = waiting.poll(); row != null; row = rows.size() < MOST_ROWS ? waiting.poll() : null) {
            rows.add(row);
        }
        try {
            transaction.accept(rows.stream().map(row -> row.content).toList());
        } catch (RuntimeException e) {
            rows.forEach(row -> alone(row, rows.size() == 1 ? e : null));
        }
        rows.forEach(row -> row.done = true);
    }

    /** A row that cannot be kept takes no other one with it. */
    private void alone(Row<T> row, RuntimeException known) {
        try {
            if (known != null) {
                throw known;
            }
            transaction.accept(List.of(row.content));
        } catch (RuntimeException e) {
            row.failure = e;
        }
    }
}
