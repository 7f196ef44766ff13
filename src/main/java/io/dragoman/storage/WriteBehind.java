package io.dragoman.storage;

import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Rows that are written a moment later, those of many threads together (write-behind): within {@value #WITHIN_MS} ms, or at
 * once by whoever calls {@link #flush}; those of one insert in the order in which they came. They do not wait for the
 * database's disk: a transaction that commits after them brings them there with its own. While the database is away callers
 * are told so at once. Thread-safe.
 */
@Component
public class WriteBehind {

    /** How long a row waits for others. */
    static final int WITHIN_MS = 10;

    /** The end of an insert that has its values from a SELECT: its transaction asks for no flush of its own. */
    public static final String WITHOUT_FLUSH = " WHERE set_config('synchronous_commit', 'off', true) = 'off'";

    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
    private static final int MOST_WAITING = 5_000;
    private static final long PAUSE_MS = 1_000;
    /** What PostgreSQL says of itself rather than of a row: no connection, rolled back, full, shut down, broken, read-only. */
    private static final Set<String> NOT_THE_ROWS = Set.of("08", "25", "40", "53", "55", "57", "58", "XX");

    private final DataSource database;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<Object, Row> waiting = new LinkedHashMap<>();
    private Thread writer;
    private volatile boolean away;
    private boolean closing;

    private record Row(String insert, Supplier<Object[]> values) {
    }

    /** Writes to that database, on connections of its own. */
    public WriteBehind(DataSource database) {
        this.database = database;
    }

    /**
     * Leaves a row to be written.
     *
     * @param key    takes the place of a row with this key that still waits; null for a row of its own
     * @param insert one statement
     * @param values its parameters; asked for when it is written, on any thread
     * @throws DataAccessResourceFailureException when the database is away; the row is written once it is back
     */
    public void later(Object key, String insert, Supplier<Object[]> values) {
        boolean now;
        synchronized (waiting) {
            Row row = new Row(insert, values);
            if (key != null) {
                waiting.remove(key);
            }
            waiting.put(key == null ? new Object() : key, row);
            if (writer == null && !closing) {
                writer = new Thread(this::write, "write-behind");
                writer.setDaemon(true);
                writer.start();
            }
            waiting.notifyAll();
            now = away || closing || waiting.size() > MOST_WAITING;
        }
        if (now) {
            flush();
        }
    }

    /**
     * Returns when all rows that were left before are in the database.
     *
     * @throws DataAccessResourceFailureException when the database is away; the rows go on waiting
     */
    public void flush() {
        turn.lock();
        try {
            List<Map.Entry<Object, Row>> rows = new ArrayList<>();
            synchronized (waiting) {
                waiting.forEach((key, row) -> rows.add(Map.entry(key, row)));
                waiting.clear();
            }
            if (!rows.isEmpty()) {
                write(rows);
            }
        } finally {
            turn.unlock();
        }
    }

    private void write(List<Map.Entry<Object, Row>> rows) {
        try (Connection connection = database.getConnection()) {
            while (!rows.isEmpty()) {
                String insert = rows.get(0).getValue().insert();
                List<Map.Entry<Object, Row>> same = rows.stream().filter(row -> row.getValue().insert().equals(insert)).toList();
                insert(connection, insert, values(same));
                rows.removeAll(same);
            }
            away = false;
        } catch (SQLException | RuntimeException | Error e) {
            // The driver asserts that a lost connection is there.
            away = true;
            keepWaiting(rows);
            throw new DataAccessResourceFailureException("The database could not be written", e);
        }
    }

    /** All at once; when that fails one by one, so that a row that cannot be kept takes no other with it. */
    private static void insert(Connection connection, String insert, List<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Object[] row : rows) {
                fill(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            requireTheRowsFault(e);
            for (Object[] row : rows) {
                insertAlone(connection, insert, row);
            }
        }
    }

    private static void insertAlone(Connection connection, String insert, Object[] row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            fill(statement, row);
            statement.executeUpdate();
        } catch (SQLException e) {
            requireTheRowsFault(e);
            notKept(insert, e);
        }
    }

    private static void notKept(String insert, Exception why) {
        LOG.error("A row could not be kept: {}", insert.lines().findFirst().orElse(""), why);
    }

    private static List<Object[]> values(List<Map.Entry<Object, Row>> rows) {
        List<Object[]> values = new ArrayList<>(rows.size());
        for (Map.Entry<Object, Row> row : rows) {
            try {
                values.add(row.getValue().values().get());
            } catch (RuntimeException e) {
                notKept(row.getValue().insert(), e);
            }
        }
        return values;
    }

    private static void requireTheRowsFault(SQLException e) throws SQLException {
        String state = e.getSQLState();
        if (state == null || state.length() < 2 || NOT_THE_ROWS.contains(state.substring(0, 2))) {
            throw e;
        }
    }

    private static void fill(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** Before those that came meanwhile, and without those whose place one of them took. */
    private void keepWaiting(List<Map.Entry<Object, Row>> rows) {
        synchronized (waiting) {
            Map<Object, Row> later = new LinkedHashMap<>(waiting);
            waiting.clear();
            rows.stream().filter(row -> !later.containsKey(row.getKey())).forEach(row -> waiting.put(row.getKey(), row.getValue()));
            waiting.putAll(later);
        }
    }

    private void write() {
        boolean told = false;
        while (awaitRows()) {
            try {
                TimeUnit.MILLISECONDS.sleep(away ? PAUSE_MS : WITHIN_MS);
                flush();
                if (told) {
                    LOG.info("What was left to be written is written");
                    told = false;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!told) {
                    LOG.error("What was left to be written cannot be written; it is tried again each second", e);
                    told = true;
                }
            }
        }
    }

    /** Waits until there are rows; false when there will be no more. */
    private boolean awaitRows() {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closing) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    return false;
                }
            }
            return !closing;
        }
    }

    @PreDestroy
    void close() {
        synchronized (waiting) {
            closing = true;
            waiting.notifyAll();
        }
        try {
            flush();
        } catch (DataAccessResourceFailureException e) {
            LOG.error("The server stops, and what was left to be written is lost", e);
        }
    }
}
