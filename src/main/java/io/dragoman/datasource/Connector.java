package io.dragoman.datasource;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.util.List;
import java.util.Map;

/**
 * A live connection pool to one database, on which nothing can be written. Thread-safe. One implementation a family of
 * databases.
 */
public interface Connector extends AutoCloseable {

    /**
     * Runs a query that passed validation, in a session that could not write anyway.
     *
     * @param query     the text to run, its row limit applied by the dialect
     * @param maxRows   rows to keep; one more is fetched to know whether the result is truncated
     * @param timeoutMs after which the database is told to cancel
     * @throws QueryFailedException      when the database refuses or cannot run the query
     * @throws QueryTimeoutException     when the timeout passed
     * @throws UnavailableException      when the database cannot be reached
     */
    ResultTable execute(String query, int maxRows, long timeoutMs);

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
}
