package io.dragoman.datasource;

import io.dragoman.config.DragomanProperties;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One reading of a catalogue: its connection, its limits, and the time that is left for counting and sampling.
 */
final class CatalogueSession {

    /** Longer values are prose, not names that a question would mention. */
    static final int LONGEST_SAMPLE = 100;

    private static final long LONGEST_SINGLE_COUNT_MS = 5_000;

    private final Connection connection;
    private final QueryWatchdog watchdog;
    private final DragomanProperties.Introspection limits;
    private final boolean sampleValues;
    private final long deadline;

    CatalogueSession(Connection connection, QueryWatchdog watchdog, DragomanProperties.Introspection limits,
            boolean sampleValues) {
        this.connection = connection;
        this.watchdog = watchdog;
        this.limits = limits;
        this.sampleValues = sampleValues;
        this.deadline = System.nanoTime() + limits.timeout().toNanos();
    }

    /** The connection that everything is read through. */
    Connection connection() {
        return connection;
    }

    /** The most tables to read. */
    int maxTables() {
        return limits.maxTables();
    }

    /** Whether distinct values of text columns are wanted. */
    boolean sampleValues() {
        return sampleValues && limits.maxDistinct() > 0;
    }

    /** The most distinct values of a column that is sampled. */
    int maxDistinct() {
        return limits.maxDistinct();
    }

    /** Reads rows of a statement that belongs to the catalogue itself. */
    <T> List<T> rows(String query, RowReader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    /**
     * Reads rows of a statement that goes through data, within what is left of the time.
     *
     * @return empty when the time is over, or the database refuses (no permission, a broken view)
     */
    <T> Optional<List<T>> rowsInTime(String query, RowReader<T> reader) throws SQLException {
        long leftMs = Math.min(LONGEST_SINGLE_COUNT_MS, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        if (leftMs <= 0) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                QueryWatchdog.Watch watch = watchdog.watch(statement, leftMs);
                ResultSet rows = statement.executeQuery(query)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                if (watch.expired()) {
                    return Optional.empty();
                }
                read.add(reader.read(rows));
            }
            return Optional.of(read);
        } catch (SQLException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
