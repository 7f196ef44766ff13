package io.dragoman.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dragoman.config.DragomanProperties;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A pool of JDBC connections that cannot write, and queries on them within limits of rows, bytes and time. What differs
 * between databases is left to subclasses.
 */
abstract class JdbcConnector implements Connector {

    private static final int RETRIES = 2;
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long POOL_WAIT_MS = 1_000;
    private static final long PING_TIMEOUT_MS = 5_000;
    private static final int FIRST_FETCH_ROWS = 50;

    private final DataSourceDefinition definition;
    private final DragomanProperties properties;
    private final QueryWatchdog watchdog;
    private final DataSource source;
    private final HikariDataSource pool;

    /**
     * Prepares the pool; nothing is connected yet.
     *
     * @param source makes connections that cannot write
     * @param config what of the pool is particular to the database; names, sizes and times are set here
     */
    JdbcConnector(DataSourceDefinition definition, DragomanProperties properties, QueryWatchdog watchdog,
            DataSource source, HikariConfig config) {
        this.definition = definition;
        this.properties = properties;
        this.watchdog = watchdog;
        this.source = source;
        config.setDataSource(source);
        config.setReadOnly(true);
        config.setPoolName("datasource-" + definition.name());
        config.setMaximumPoolSize(properties.execution().pool());
        config.setMinimumIdle(0);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(2));
        config.setConnectionTimeout(POOL_WAIT_MS);
        config.setInitializationFailTimeout(-1);
        config.setRegisterMbeans(false);
        this.pool = new HikariDataSource(config);
    }

    /** Makes the session of a connection ready for a query that may run so long. */
    abstract void begin(Connection connection, long timeoutMs) throws SQLException;

    /** Ends what {@link #begin} began and leaves nothing behind. */
    abstract void end(Connection connection) throws SQLException;

    /** Refuses what this database's driver would not run as one query; anything else is left to the database. */
    abstract void requireOneStatement(String query) throws SQLException;

    /** How values of a column are read, so that they are as {@link ResultTable} wants them. */
    abstract ValueReader valueReader(ResultSetMetaData head, int column) throws SQLException;

    /** Reads the catalogue; sampling and counting stop at the deadline. */
    abstract Catalogue read(CatalogueSession session) throws SQLException;

    /** Whether the failure is one of the connection, not of the query. */
    abstract boolean connectionFailed(SQLException failure);

    /** The database's own message, in one or more lines, without the driver's decoration. */
    abstract String message(SQLException failure);

    @Override
    public ResultTable execute(String query, int maxRows, long timeoutMs) {
        return run(timeoutMs, (connection, remainingMs) -> {
            requireOneStatement(query);
            return watched(connection, remainingMs, timeoutMs, (statement, watch) -> {
                long start = System.nanoTime();
                statement.setFetchSize(Math.min(FIRST_FETCH_ROWS, maxRows + 1));
                try (ResultSet rows = statement.executeQuery(query)) {
                    return collect(rows, maxRows, watch, start, timeoutMs);
                }
            });
        });
    }

    @Override
    public String check(String query, long timeoutMs) {
        try {
            return run(timeoutMs, (connection, remainingMs) -> {
                requireOneStatement(query);
                return watched(connection, remainingMs, timeoutMs, (statement, watch) -> {
                    statement.executeQuery("EXPLAIN " + query).close();
                    return null;
                });
            });
        } catch (QueryFailedException e) {
            return e.getMessage();
        }
    }

    @Override
    public Catalogue introspect(boolean sampleValues) {
        long budgetMs = properties.introspection().timeout().toMillis();
        return run(budgetMs, (connection, remainingMs) -> read(new CatalogueSession(connection, watchdog,
                properties.introspection(), sampleValues)));
    }

    @Override
    public void ping() {
        try {
            execute("SELECT 1", 1, PING_TIMEOUT_MS);
        } catch (QueryFailedException | QueryTimeoutException e) {
            throw new UnavailableException("The datasource '" + definition.name() + "' does not answer: "
                    + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private ResultTable collect(ResultSet rows, int maxRows, QueryWatchdog.Watch watch, long start, long timeoutMs)
            throws SQLException {
        ResultSetMetaData head = rows.getMetaData();
        int width = head.getColumnCount();
        List<ResultTable.ResultColumn> columns = new ArrayList<>(width);
        List<ValueReader> readers = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
            readers.add(valueReader(head, i));
            columns.add(new ResultTable.ResultColumn(head.getColumnLabel(i), head.getColumnTypeName(i)));
        }
        long bytesLeft = properties.execution().maxBytes().toBytes();
        List<List<Object>> kept = new ArrayList<>();
        boolean truncated = false;
        while (!truncated && rows.next()) {
            if (watch.expired()) {
                throw new QueryTimeoutException(timeoutMs, null);
            }
            List<Object> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                Object value = readers.get(i - 1).read(rows, i);
                bytesLeft -= value instanceof String text ? 2L * text.length() : 16;
                row.add(value);
            }
            truncated = kept.size() == maxRows || bytesLeft < 0;
            if (!truncated) {
                kept.add(Collections.unmodifiableList(row));
            }
        }
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new ResultTable(columns, kept, kept.size(), truncated, elapsed);
    }

    /** Reads the value of a column in the current row. */
    interface ValueReader {
        Object read(ResultSet rows, int column) throws SQLException;
    }

    /** Work on a connection from the pool. */
    private interface ConnectionWork<T> {
        T on(Connection connection, long remainingMs) throws SQLException;
    }

    /** Work on a watched statement. */
    private interface StatementWork<T> {
        T on(Statement statement, QueryWatchdog.Watch watch) throws SQLException;
    }

    /** Runs work on a connection, and again, after a pause, when the connection failed. */
    private <T> T run(long timeoutMs, ConnectionWork<T> work) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        int failures = 0;
        while (true) {
            try (Connection connection = borrow()) {
                return work.on(connection, Math.max(1, remainingMs(deadline)));
            } catch (SQLException e) {
                boolean poolIsBusy = e instanceof SQLTransientConnectionException && e.getCause() == null;
                if (Thread.currentThread().isInterrupted()) {
                    throw new QueryFailedException("The query was cancelled by its caller", e);
                }
                if (!poolIsBusy && !(e instanceof SQLTransientConnectionException) && !connectionFailed(e)) {
                    throw new QueryFailedException(message(e), e);
                }
                if (!poolIsBusy && failures++ == RETRIES || remainingMs(deadline) <= 0) {
                    throw new UnavailableException("The datasource '" + definition.name() + "' (" + definition.url()
                            + ") cannot be reached: " + (poolIsBusy ? "all its connections are busy" : reason(e)), e);
                }
                pause(poolIsBusy ? 0 : FIRST_BACKOFF_MS << 2 * (failures - 1), e);
            }
        }
    }

    /** A connection from the pool. An empty pool is not asked before one connection worked: it would keep trying alone. */
    private Connection borrow() throws SQLException {
        if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            try (Connection first = source.getConnection()) {
                first.isReadOnly();
            } catch (SQLException e) {
                throw new SQLTransientConnectionException(e.getMessage(), e.getSQLState(), e);
            }
        }
        return pool.getConnection();
    }

    private String reason(SQLException failure) {
        return failure.getCause() instanceof SQLException cause ? message(cause) : message(failure);
    }

    private static long remainingMs(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private static void pause(long milliseconds, SQLException failure) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryFailedException("The query was cancelled by its caller", failure);
        }
    }

    private <T> T watched(Connection connection, long remainingMs, long timeoutMs, StatementWork<T> work)
            throws SQLException {
        begin(connection, remainingMs);
        T result;
        try {
            result = watched(connection.createStatement(), remainingMs, timeoutMs, work);
        } catch (SQLException e) {
            if (connectionFailed(e)) {
                pool.evictConnection(connection);
            } else {
                end(connection);
            }
            throw e;
        } catch (RuntimeException e) {
            // A cancellation may still be on its way to this connection.
            pool.evictConnection(connection);
            throw e;
        }
        end(connection);
        return result;
    }

    private <T> T watched(Statement running, long remainingMs, long timeoutMs, StatementWork<T> work)
            throws SQLException {
        try (Statement statement = running; QueryWatchdog.Watch watch = watchdog.watch(statement, remainingMs)) {
            statement.setEscapeProcessing(false);
            try {
                return work.on(statement, watch);
            } catch (SQLException e) {
                if (watch.interrupted()) {
                    throw new QueryFailedException("The query was cancelled by its caller", e);
                }
                if (watch.expired()) {
                    throw new QueryTimeoutException(timeoutMs, e);
                }
                throw e;
            }
        }
    }
}
