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
import java.util.stream.IntStream;
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

    /** The session that a query runs in, closed after it when it is not the pooled connection itself. */
    Connection session(Connection pooled) throws SQLException {
        return pooled;
    }

    /** Makes the session of a connection ready for a query that may run so long. */
    abstract void begin(Connection connection, long timeoutMs) throws SQLException;

    /** Ends what {@link #begin} began and leaves nothing behind. */
    abstract void end(Connection connection) throws SQLException;

    /** Refuses what this database's driver would not run as one query; anything else is left to the database. */
    abstract void requireOneStatement(Connection connection, String query) throws SQLException;

    /** How values of a column are read, so that they are as {@link ResultTable} wants them. */
    abstract ValueReader valueReader(ResultSetMetaData head, int column) throws SQLException;

    /** The type of a column, as the database names it. */
    String typeName(ResultSetMetaData head, int column) throws SQLException {
        return head.getColumnTypeName(column);
    }

    /** Reads the catalogue; sampling and counting stop at the deadline. */
    abstract Catalogue read(CatalogueSession session) throws SQLException;

    /** Whether the failure is one of the connection, not of the query. */
    abstract boolean connectionFailed(SQLException failure);

    /** The database's own message, in one or more lines, without the driver's decoration. */
    abstract String message(SQLException failure);

    /** How many rows the driver is to fetch at once, at first. */
    int fetchSize(Limits limits) {
        return Math.min(FIRST_FETCH_ROWS, limits.maxRows() + 1);
    }

    /** Sends a query whose rows are wanted. */
    ResultSet send(Statement statement, String query, QueryWatchdog.Watch watch) throws SQLException {
        return statement.executeQuery(query);
    }

    /** Drops what is left of a query whose rows are no longer wanted, where closing it would read them all. */
    void abandon(Statement statement) throws SQLException {
        // Most databases send rows as they are asked for.
    }

    @Override
    public boolean stream(String query, Limits limits, RowSink sink) {
        Handover handover = new Handover(sink);
        return run(limits.timeoutMs(), limits.cancellation(), handover, (connection, remainingMs) -> {
            requireOneStatement(connection, query);
            return watched(connection, remainingMs, limits, (statement, watch) -> {
                statement.setFetchSize(fetchSize(limits));
                try (ResultSet rows = send(statement, query, watch)) {
                    return handOn(rows, limits, watch, handover);
                }
            });
        });
    }

    @Override
    public Estimate estimate(String query, long timeoutMs) {
        Limits limits = Limits.of(1, timeoutMs);
        return run(timeoutMs, limits.cancellation(), null, (connection, remainingMs) -> {
            requireOneStatement(connection, query);
            return watched(connection, remainingMs, limits, (statement, watch) -> estimate(statement, query));
        });
    }

    /** What the database expects of a query, read from its plan; null when it does not tell. */
    Estimate estimate(Statement statement, String query) throws SQLException {
        return null;
    }

    @Override
    public String check(String query, long timeoutMs) {
        Limits limits = Limits.of(1, timeoutMs);
        try {
            return run(timeoutMs, limits.cancellation(), null, (connection, remainingMs) -> {
                requireOneStatement(connection, query);
                return watched(connection, remainingMs, limits, (statement, watch) -> {
                    statement.executeQuery("EXPLAIN " + query).close();
                    return null;
                });
            });
        } catch (QueryFailedException e) {
            return e.getMessage();
        }
    }

    @Override
    public List<Integer> sortableColumns(String query, long timeoutMs) {
        List<ResultTable.ResultColumn> columns;
        try {
            columns = execute("SELECT * FROM (\n" + query + "\n) AS page LIMIT 0", 1, timeoutMs).columns();
        } catch (QueryFailedException e) {
            // MySQL, for one, takes no two columns of the same name there.
            return List.of();
        }
        return IntStream.rangeClosed(1, columns.size()).filter(i -> sortable(columns.get(i - 1).type())).boxed().toList();
    }

    /** Whether values of a type can be sorted. */
    boolean sortable(String type) {
        return true;
    }

    @Override
    public Catalogue introspect(boolean sampleValues) {
        long budgetMs = properties.introspection().timeout().toMillis();
        return run(budgetMs, new Cancellation(), null, (connection, remainingMs) -> read(new CatalogueSession(connection, watchdog,
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

    private boolean handOn(ResultSet rows, Limits limits, QueryWatchdog.Watch watch, Handover handover)
            throws SQLException {
        ResultSetMetaData head = rows.getMetaData();
        int width = head.getColumnCount();
        List<ResultTable.ResultColumn> columns = new ArrayList<>(width);
        List<ValueReader> readers = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
            readers.add(valueReader(head, i));
            columns.add(new ResultTable.ResultColumn(head.getColumnLabel(i), typeName(head, i)));
        }
        long bytesLeft = limits.maxBytes();
        int handedOn = 0;
        boolean more = rows.next();
        watch.hold();
        handover.columns(columns);
        watch.release();
        for (; more; more = rows.next()) {
            watch.check();
            List<Object> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                Object value = readers.get(i - 1).read(rows, i);
                bytesLeft -= value instanceof String text ? 2L * text.length() : 16;
                row.add(value);
            }
            if (handedOn == limits.maxRows() || bytesLeft < 0) {
                abandon(rows.getStatement());
                return true;
            }
            watch.hold();
            handover.row(Collections.unmodifiableList(row));
            watch.release();
            handedOn++;
        }
        return false;
    }

    /** Rows on their way to the sink; from the first on, the query cannot be run again. */
    private static final class Handover {

        private final RowSink sink;
        private boolean begun;

        Handover(RowSink sink) {
            this.sink = sink;
        }

        void columns(List<ResultTable.ResultColumn> columns) {
            begun = true;
            sink.columns(columns);
        }

        void row(List<Object> values) {
            sink.row(values);
        }
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

    /** Runs work on a connection, and again, after a pause, when the connection failed and no rows were handed on. */
    private <T> T run(long timeoutMs, Cancellation cancellation, Handover handover, ConnectionWork<T> work) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        int failures = 0;
        while (true) {
            cancellation.check();
            try (Connection connection = borrow()) {
                return work.on(connection, Math.max(1, remainingMs(deadline)));
            } catch (SQLException e) {
                boolean poolIsBusy = e instanceof SQLTransientConnectionException && e.getCause() == null;
                if (Thread.currentThread().isInterrupted()) {
                    throw new QueryCancelledException(e);
                }
                if (!poolIsBusy && !(e instanceof SQLTransientConnectionException) && !connectionFailed(e)) {
                    throw new QueryFailedException(message(e), e);
                }
                boolean begun = handover != null && handover.begun;
                if (begun || !poolIsBusy && failures++ == RETRIES || remainingMs(deadline) <= 0) {
                    throw new UnavailableException("The datasource '" + definition.name() + "' (" + definition.url() + ") "
                            + (begun ? "was lost while its rows were read: " : "cannot be reached: ")
                            + (poolIsBusy ? "all its connections are busy" : reason(e)), e);
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
            throw new QueryCancelledException(failure);
        }
    }

    private <T> T watched(Connection pooled, long remainingMs, Limits limits, StatementWork<T> work) throws SQLException {
        Connection session = session(pooled);
        try {
            begin(session, remainingMs);
            T result = watched(session.createStatement(), remainingMs, limits, work);
            end(session);
            return result;
        } catch (SQLException e) {
            if (connectionFailed(e)) {
                pool.evictConnection(pooled);
            } else {
                end(session);
            }
            throw e;
        } catch (RuntimeException e) {
            // A cancellation may still be on its way to this connection.
            pool.evictConnection(pooled);
            throw e;
        } finally {
            if (session != pooled) {
                session.close();
            }
        }
    }

    private <T> T watched(Statement running, long remainingMs, Limits limits, StatementWork<T> work) throws SQLException {
        try (Statement statement = running;
                QueryWatchdog.Watch watch = watchdog.watch(statement, remainingMs, limits)) {
            statement.setEscapeProcessing(false);
            try {
                return work.on(statement, watch);
            } catch (SQLException e) {
                if (watch.cancelled()) {
                    throw new QueryCancelledException(e);
                }
                if (watch.expired()) {
                    throw new QueryTimeoutException(watch.limitMs(), e);
                }
                throw e;
            } catch (RuntimeException e) {
                abandon(statement);
                throw e;
            }
        }
    }
}
