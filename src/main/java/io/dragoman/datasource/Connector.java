package io.dragoman.datasource;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A live connection pool to one database, on which nothing can be written. Thread-safe. One implementation a family of
 * databases.
 */
public interface Connector extends AutoCloseable {

    /**
     * Runs a query that passed validation, in a session that could not write anyway, and hands its rows on one by one, so
     * that memory does not grow with them. A connection that is lost before the first row is tried again.
     *
     * @param query the text to run, its row limit applied by the dialect
     * @return whether there were more rows than the limits allow
     * @throws QueryFailedException    when the database refuses or cannot run the query
     * @throws QueryTimeoutException   when the time passed
     * @throws QueryCancelledException when the caller cancelled, or the calling thread was interrupted
     * @throws UnavailableException    when the database cannot be reached
     */
    boolean stream(String query, Limits limits, RowSink sink);

    /** Runs a query as {@link #stream} does, and keeps its rows. */
    default ResultTable execute(String query, Limits limits) {
        long start = System.nanoTime();
        ResultTable.Collector collector = new ResultTable.Collector();
        boolean truncated = stream(query, limits, collector);
        return collector.table(truncated, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    /** Runs a query as {@link #stream} does, and keeps its rows; nobody can cancel it but by an interrupt. */
    default ResultTable execute(String query, int maxRows, long timeoutMs) {
        return execute(query, Limits.of(maxRows, timeoutMs));
    }

    /**
     * What the database expects a query to cost, from EXPLAIN or a dry run; the query is not run.
     *
     * @return null when this database cannot tell
     * @throws QueryFailedException when the database refuses the query
     * @throws UnavailableException when the database cannot be reached
     */
    default Estimate estimate(String query, long timeoutMs) {
        return null;
    }

    /**
     * Which columns of a query's result its rows can be sorted by; the query is not run.
     *
     * @return positions, from 1; empty when the database cannot tell, or keeps an order of its own
     * @throws UnavailableException when the database cannot be reached
     */
    default List<Integer> sortableColumns(String query, long timeoutMs) {
        return List.of();
    }

    /**
     * Lets the database itself check the query (EXPLAIN or PREPARE) without running it.
     *
     * @return null when it would run, else the database's own message
     * @throws UnavailableException when the database cannot be reached
     */
    String check(String query, long timeoutMs);

    /**
     * Reads the database's catalogue: tables with types, keys, comments, row counts and (when asked) distinct sample
     * values of low-cardinality text columns, and foreign keys.
     *
     * @throws UnavailableException when the database cannot be reached
     */
    Catalogue introspect(boolean sampleValues);

    /**
     * Opens a connection and asks for one constant.
     *
     * @throws UnavailableException when the database cannot be reached; the message says why, without secrets
     */
    void ping();

    @Override
    void close();

    /**
     * How much of a query's rows is wanted, and for how long.
     *
     * @param maxRows      rows to hand on; one more is fetched to know whether the result is truncated
     * @param maxBytes     of values to hand on, about; {@link Long#MAX_VALUE} for no limit
     * @param timeoutMs    of the database's own work, in milliseconds: waiting for a slow {@link RowSink} does not count
     * @param longestMs    of everything, a slow sink included, in milliseconds
     * @param cancellation by which the caller can stop the query
     */
    record Limits(int maxRows, long maxBytes, long timeoutMs, long longestMs, Cancellation cancellation) {

        /** Rows and time, for a sink that does not block, and nobody who cancels. */
        public static Limits of(int maxRows, long timeoutMs) {
            return new Limits(maxRows, Long.MAX_VALUE, timeoutMs, timeoutMs, new Cancellation());
        }
    }

    /** Takes rows one by one. It may block, which holds the database back; an exception it throws ends the query. */
    interface RowSink {

        /** Called once, before the first row. */
        void columns(List<ResultTable.ResultColumn> columns);

        /** One row, with one value a column, of the types that {@link ResultTable} has. */
        void row(List<Object> values);
    }

    /**
     * What a database expects of a query.
     *
     * @param cost  in the planner's own unit; null when it has none
     * @param rows  that the query gives; null when not known
     * @param bytes that are read; null when not known
     * @param hints on performance, read from the plan, one sentence an entry; never null
     */
    record Estimate(Double cost, Long rows, Long bytes, List<String> hints) {
    }

    /** What {@link #introspect} read: tables (with null ids) and the foreign keys between them. */
    record Catalogue(List<TableDefinition> tables, List<Relationship> relationships) {
    }

    /** The database cannot be reached. */
    class UnavailableException extends FailureException {

        /** @param message what was tried and why it failed, without secrets */
        public UnavailableException(String message, Throwable cause) {
            super(new Failure(ErrorCode.DATASOURCE_UNAVAILABLE, message, Map.of("stage", "execute")), message, cause);
        }
    }

    /** The database refused the query; the message is the database's own. */
    class QueryFailedException extends FailureException {

        /** @param message the database's message */
        public QueryFailedException(String message, Throwable cause) {
            super(new Failure(ErrorCode.QUERY_FAILED, "The database refused the query: " + message,
                    Map.of("stage", "execute", "reason", String.valueOf(message))), message, cause);
        }
    }

    /** The query ran longer than its timeout and was cancelled. */
    class QueryTimeoutException extends FailureException {

        /** @param timeoutMs the limit that was passed, in milliseconds */
        public QueryTimeoutException(long timeoutMs, Throwable cause) {
            super(new Failure(ErrorCode.TIMEOUT, "The query was cancelled after " + timeoutMs + " ms.",
                    Map.of("stage", "execute", "limit_ms", timeoutMs)), "The query was cancelled after " + timeoutMs + " ms", cause);
        }
    }

    /** The caller no longer wants the rows; the query was cancelled on the database. */
    class QueryCancelledException extends FailureException {

        /** @param cause what the cancelled query ended with; null when it had not begun */
        public QueryCancelledException(Throwable cause) {
            super(new Failure(ErrorCode.CANCELLED, "The query was cancelled by its caller.", Map.of("stage", "execute")),
                    "The query was cancelled by its caller", cause);
        }
    }
}
