package io.dragoman.datasource;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that a query gave.
 *
 * @param columns         in the query's order
 * @param rows            each with one value a column: String, Boolean, Long, BigDecimal, Double, java.time values, or
 *                        null; decimals are never turned into floats
 * @param rowCount        {@code rows.size()}
 * @param truncated       whether there were more rows than the limit
 * @param executionTimeMs from sending the query to the last row, in milliseconds
 * @param cached          whether the rows were kept from an earlier time
 * @param ageMs           how long ago that was, in milliseconds; null when they are not
 */
public record ResultTable(List<ResultColumn> columns, List<List<Object>> rows, int rowCount, boolean truncated,
        long executionTimeMs, boolean cached, @JsonInclude(JsonInclude.Include.NON_NULL) Long ageMs) {

    /** Rows that the database just gave. */
    public ResultTable(List<ResultColumn> columns, List<List<Object>> rows, int rowCount, boolean truncated,
            long executionTimeMs) {
        this(columns, rows, rowCount, truncated, executionTimeMs, false, null);
    }

    /** The same rows, as kept for so many milliseconds. */
    public ResultTable agedMs(long ageMs) {
        return new ResultTable(columns, rows, rowCount, truncated, executionTimeMs, true, ageMs);
    }

    /** A column: its name, and its type as the database names it. */
    public record ResultColumn(String name, String type) {
    }

    /** Keeps rows as they come. */
    static final class Collector implements Connector.RowSink {

        private final List<List<Object>> rows = new ArrayList<>();
        private List<ResultColumn> columns = List.of();

        @Override
        public void columns(List<ResultColumn> head) {
            columns = head;
        }

        @Override
        public void row(List<Object> values) {
            rows.add(values);
        }

        ResultTable table(boolean truncated, long elapsedMs) {
            return new ResultTable(columns, rows, rows.size(), truncated, elapsedMs);
        }
    }
}
