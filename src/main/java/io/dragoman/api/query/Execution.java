package io.dragoman.api.query;

import io.dragoman.api.Raw;
import io.dragoman.datasource.Cancellation;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.GuardedExecution;
import io.dragoman.pipeline.GuardedExecution.Authority;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.security.CurrentCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
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
        boolean approved = false;
        if (body.queryId() != null) {
            QueryState run = runs.find(body.queryId())
                    .orElseThrow(() -> FailureException.notFound("run", body.queryId().toString()));
            query = query(run);
            approved = run.approved() && (datasource == null || datasource.equals(run.analysis().datasource()));
            datasource = datasource != null ? datasource : run.analysis().datasource();
            if (datasource == null) {
                throw FailureException.invalid("datasource", "No datasource is known for that run: name one.");
            }
        }
        String text = query;
        String source = datasource;
        Authority authority = new Authority(CurrentCall.current(), approved);
        return format == Formats.Format.JSON
                ? execution.run(text, source, null, authority, body.limit(), body.offset(), new Cancellation())
                : new Raw(format.contentType(), out -> stream(format.sink(out), text, source, authority, body));
    }

    /** A reader who hangs up makes writing fail, which ends the query. What fails before the first row is told as an error. */
    private void stream(Formats.Lines lines, String query, String datasource, Authority authority, ExecuteBody body)
            throws IOException {
        try {
            boolean truncated = execution.stream(query, datasource, null, authority, body.limit(), body.offset(),
                    new Cancellation(), lines);
            lines.end(truncated);
        } catch (FailureException e) {
            if (!lines.begun()) {
                throw e;
            }
            lines.fail(e.failure());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String query(QueryState run) {
        if (run.draft() == null || run.draft().query() == null || run.analysis() == null) {
            throw FailureException.invalid("query_id", "That run has no query.");
        }
        if (run.status() == QueryState.Status.AWAITING_APPROVAL || run.status() == QueryState.Status.REJECTED) {
            throw new FailureException(ErrorCode.CONFLICT, "The query of that run is not approved.",
                    Map.of("id", run.id().toString(), "status", QueryReply.lower(run.status().name())));
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
