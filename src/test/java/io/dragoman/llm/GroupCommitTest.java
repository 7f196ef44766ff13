package io.dragoman.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final Queue<List<Integer>> transactions = new ConcurrentLinkedQueue<>();
    private final ExecutorService writers = Executors.newFixedThreadPool(50);

    @AfterEach
    void stop() {
        writers.shutdownNow();
    }

    private List<Future<?>> write(GroupCommit<Integer> rows, int first, int last) {
        List<Future<?>> written = new ArrayList<>();
        IntStream.rangeClosed(first, last).forEach(i -> written.add(writers.submit(() -> rows.write(i))));
        return written;
    }

    @Test
    void rowsThatComeDuringATransactionGoTogetherIntoTheNext() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        GroupCommit<Integer> rows = new GroupCommit<>(all -> {
            transactions.add(all);
            try {
                assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<Future<?>> written = write(rows, 0, 0);
        while (transactions.isEmpty()) {
            Thread.onSpinWait();
        }
        written.addAll(write(rows, 1, 40));
        while (rows.waiting() < 40) {
            Thread.onSpinWait();
        }
        first.countDown();
        for (Future<?> one : written) {
            one.get(10, TimeUnit.SECONDS);
        }
        assertThat(transactions).hasSize(2);
        assertThat(transactions.stream().flatMap(List::stream)).hasSize(41).doesNotHaveDuplicates();
    }

    @Test
    void aRowThatCannotBeKeptFailsForItsWriterOnly() throws Exception {
        Queue<Integer> kept = new ConcurrentLinkedQueue<>();
        GroupCommit<Integer> rows = new GroupCommit<>(all -> {
            if (all.contains(13)) {
                throw new IllegalArgumentException("13");
            }
            kept.addAll(all);
        });
        List<Future<?>> written = write(rows, 1, 50);
        for (int i = 1; i <= 50; i++) {
            Future<?> one = written.get(i - 1);
            if (i == 13) {
                assertThatThrownBy(() -> one.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("13");
            } else {
                one.get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(kept).hasSize(49).doesNotHaveDuplicates();
    }
}
