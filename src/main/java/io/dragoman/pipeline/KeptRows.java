package io.dragoman.pipeline;

import io.dragoman.datasource.ResultTable;
import java.time.Duration;
import java.time.Instant;

/**
 * Rows in the cache.
 *
 * @param table the rows; nobody changes them
 * @param at    when the database gave them
 */
public record KeptRows(ResultTable table, Instant at) {

    private static final int CELL_BYTES = 24;

    /** The rows, saying that they were kept and for how long. */
    ResultTable aged() {
        return table.agedMs(Math.max(0, Duration.between(at, Instant.now()).toMillis()));
    }

    /** About how much memory they take. */
    int bytes() {
        long bytes = 0;
        for (var row : table.rows()) {
            bytes += CELL_BYTES;
            for (Object cell : row) {
                bytes += CELL_BYTES + (cell instanceof String text ? 2L * text.length() : 0);
            }
        }
        return (int) Math.min(Integer.MAX_VALUE / 2, bytes);
    }
}
