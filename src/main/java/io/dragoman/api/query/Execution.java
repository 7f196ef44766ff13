package io.dragoman.api.query;

import io.dragoman.api.Raw;
import io.dragoman.datasource.Cancellation;
import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.GuardedExecution;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Running queries over REST. */
@Component("executionResource")
final class Execution {

    private final GuardedExecution execution;
    private final QueryRuns runs;

    Execution(GuardedExecution execution, QueryRuns runs) {
        this.execution = execution;
        this.runs = runs;
    }

    /** Runs a query and gives its rows in the format that was asked for. */
    public Object execute(ExecuteBody body) {
        Formats.Format format = format(body.format());
        String query = body.query();
        String datasource = body.datasource();
        if (body.queryId() != null) {
            QueryState run = runs.find(body.queryId())
                    .orElseThrow(() -> FailureException.notFound("run", body.queryId().toString()));
            query = query(run);
            datasource = datasource != null ? datasource : run.analysis().datasource();
            if (datasource == null) {
                throw FailureException.invalid("datasource", "No datasource is known for that run: name one.");
            }
        }
        ResultTable rows = execution.run(query, datasource, null, body.limit(), body.offset() == null ? 0 : body.offset(),
                new Cancellation());
        return format == Formats.Format.JSON ? rows
                : new Raw(format.contentType(), out -> Formats.write(format, rows, out));
    }

    private static String query(QueryState run) {
        if (run.draft() == null || run.draft().query() == null || run.analysis() == null) {
            throw FailureException.invalid("query_id", "That run has no query.");
        }
        return run.draft().query();
    }

    private static Formats.Format format(String name) {
        try {
            return name == null ? Formats.Format.JSON : Formats.Format.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw FailureException.invalid("format", "'format' has to be json, csv or ndjson.");
        }
    }
}
