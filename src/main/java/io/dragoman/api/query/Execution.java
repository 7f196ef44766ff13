package io.dragoman.api.query;

import io.dragoman.api.Raw;
import io.dragoman.datasource.Cancellation;
import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.GuardedExecution;
import io.dragoman.pipeline.GuardedExecution.Authority;
import io.dragoman.pipeline.KnownRows;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.security.CurrentCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Running queries over REST. */
@Component("executionResource")
final class Execution {

    private final GuardedExecution execution;
    private final QueryRuns runs;
    private final KnownRows known;

    Execution(GuardedExecution execution, QueryRuns runs, KnownRows known) {
        this.execution = execution;
        this.runs = runs;
        this.known = known;
    }

    /** Finds out which query is meant, and checks one whose rows are not streamed. */
    public void check(ExecuteBody body, Exchange exchange) {
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
        if (format == Formats.Format.JSON) {
            known.about(exchange, execution.check(text, source, null, authority, body.limit(), body.offset()),
                    Boolean.FALSE.equals(body.cache()));
        } else {
            exchange.getMessage().setBody(new Raw(format.contentType(),
                    out -> stream(format.sink(out), text, source, authority, body)));
        }
    }

    /** The rows that the query gave a moment ago. */
    public ResultTable recall(Exchange exchange) {
        return known.rows(exchange);
    }

    /** Runs the query; leaves one whose rows are streamed as it is. */
    public Object execute(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Raw) {
            return body;
        }
        ResultTable rows = execution.run(known.checked(exchange), new Cancellation());
        known.ran(exchange, rows);
        return rows;
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
