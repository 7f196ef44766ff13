package io.dragoman.pipeline;

import io.dragoman.datasource.Connector;
import io.dragoman.datasource.ResultTable;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Validation.Result;
import java.util.stream.Stream;

/**
 * One of several queries that are drafted for a question.
 *
 * @param state       of the run, with this draft and what the checks said of it; without a draft when nobody wrote one
 * @param temperature that it was written at
 * @param rows        what it gives, at most a few; null when it was not tried out, or failed
 * @param estimate    what the database expects it to cost; null when not known
 */
record Candidate(QueryState state, double temperature, ResultTable rows, Connector.Estimate estimate) {

    boolean written() {
        return state.draft() != null;
    }

    /** The replies that could not be used when it was written, which were not among the attempts before. */
    Stream<Attempt> unusable(int before) {
        return state.attempts().stream().skip(before).filter(attempt -> attempt.query() == null);
    }

    boolean valid() {
        return state.validation() != null && state.validation().result() == Result.VALID;
    }

    /** What candidates have in common that answer alike: their rows in any order, or their text when none was tried out. */
    Object signature() {
        return rows == null ? state.draft().query().replaceAll("\\s+", " ").strip()
                : rows.rows().stream().map(Object::toString).sorted().toList();
    }
}
