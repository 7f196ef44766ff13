package io.dragoman.storage;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class WriteBehindTest {

    private static final String INSERT = "INSERT INTO left_rows (n, word) SELECT ?, ?::varchar(10)" + WriteBehind.WITHOUT_FLUSH;
    private static final String OTHER = "INSERT INTO left_rows (n, word) SELECT -1 * ?::int, ?" + WriteBehind.WITHOUT_FLUSH;

    private final DataSource storage = TestDatabase.fresh().dataSource();
    private final JdbcClient database = JdbcClient.create(storage);
    private final Breakable breakable = new Breakable(storage);
    private final WriteBehind rows = new WriteBehind(breakable);

    /** A database that can be away. */
    private static final class Breakable extends DelegatingDataSource {

        private volatile boolean away;

        Breakable(DataSource there) {
            super(there);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLException("gone", "08006");
            }
            return super.getConnection();
        }
    }

    @BeforeEach
    void table() {
        database.sql("CREATE TABLE left_rows (id int GENERATED ALWAYS AS IDENTITY, n int CHECK (n <> 13), word text)").update();
    }

    @AfterEach
    void close() {
        breakable.away = false;
        rows.close();
    }

    private void leave(Object key, int n) {
        rows.later(key, INSERT, () -> new Object[] {n, "word " + n});
    }

    private List<Integer> written() {
        return database.sql("SELECT n FROM left_rows ORDER BY id").query(Integer.class).list();
    }

    @Test
    void rowsAreWrittenInTheirOrderByWhoFlushes() {
        leave(null, 1);
        rows.later(null, OTHER, () -> new Object[] {7, null});
        leave(null, 2);
        rows.flush();
        assertThat(written()).containsSubsequence(1, 2).containsExactlyInAnyOrder(1, 2, -7);
    }

    @Test
    void rowsAreWrittenSoonWhenNobodyFlushes() {
        leave(null, 1);
        eventually(() -> !written().isEmpty());
        assertThat(written()).containsExactly(1);
    }

    @Test
    void aRowTakesThePlaceOfOneThatStillWaits() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        rows.later("run", INSERT, () -> {
            writing.countDown();
            awaitUninterrupted(others);
            return new Object[] {1, ""};
        });
        writing.await();
        rows.later("run", INSERT, () -> new Object[] {2, ""});
        leave(null, 3);
        rows.later("run", INSERT, () -> new Object[] {4, ""});
        rows.later("other", INSERT, () -> new Object[] {5, ""});
        others.countDown();
        rows.flush();
        assertThat(written()).containsExactly(1, 3, 4, 5);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRowThatCannotBeKeptTakesNoOtherWithIt() {
        leave(null, 1);
        leave(null, 13);
        rows.later(null, INSERT, () -> {
            throw new IllegalStateException("no values");
        });
        rows.later(null, INSERT, () -> new Object[] {2, "nul \0"});
        leave(null, 3);
        rows.flush();
        assertThat(written()).containsExactly(1, 3);
    }

    @Test
    void nothingIsLeftWhileTheDatabaseIsAwayAndNothingIsLost() {
        leave(null, 1);
        breakable.away = true;
        assertThatThrownBy(() -> {
            leave(null, 2);
            rows.flush();
        }).isInstanceOf(DataAccessResourceFailureException.class);
        assertThatThrownBy(() -> leave(null, 3)).isInstanceOf(DataAccessResourceFailureException.class);
        breakable.away = false;
        rows.flush();
        assertThat(written()).containsExactly(1, 2, 3);
        leave(null, 4);
        rows.flush();
        assertThat(written()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whoFlushesFindsTheOwnRowsWhoeverElseDoes() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> found = new ArrayList<>();
            for (int i = 100; i < 500; i++) {
                int n = i;
                found.add(callers.submit(() -> {
                    leave(null, n);
                    rows.flush();
                    return database.sql("SELECT count(*) FROM left_rows WHERE n = ?").param(n).query(Long.class).single();
                }));
            }
            for (Future<Long> one : found) {
                assertThat(one.get()).isEqualTo(1);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void whatWaitsIsWrittenWhenTheServerStops() {
        leave(null, 1);
        rows.close();
        leave(null, 2);
        assertThat(written()).containsExactly(1, 2);
    }
}
