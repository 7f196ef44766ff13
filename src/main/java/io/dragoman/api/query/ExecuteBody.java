package io.dragoman.api.query;

import io.dragoman.failure.FailureException;
import java.util.UUID;

/**
 * The body of {@code POST /execute}: a query, or the id of a run whose query is meant; {@code cache} as false has the rows come
 * from the database now.
 */
record ExecuteBody(String query, UUID queryId, String datasource, Integer limit, Integer offset, String format, Boolean cache) {

    private static final int LONGEST_QUERY = 100_000;

    ExecuteBody {
        if ((query == null) == (queryId == null)) {
            throw FailureException.invalid("query", "Give either 'query' or 'query_id'.");
        }
        if (query != null) {
            Fields.text("query", query, LONGEST_QUERY);
            if (datasource == null) {
                throw FailureException.invalid("datasource", "'datasource' is missing: on what is the query to be run?");
            }
        }
        Fields.name("datasource", datasource);
        Fields.between("limit", limit, 1, Integer.MAX_VALUE);
        Fields.between("offset", offset, 0, Integer.MAX_VALUE);
        Fields.name("format", format);
    }
}
