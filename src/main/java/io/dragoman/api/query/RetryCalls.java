package io.dragoman.api.query;

import io.dragoman.api.Raw;
import io.dragoman.failure.FailureException;
import io.dragoman.feedback.Retries;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import java.util.Locale;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Asking again with feedback, over REST. */
@Component("retryCalls")
final class RetryCalls {

    private final Retries retries;
    private final QueryPipeline pipeline;

    RetryCalls(Retries retries, QueryPipeline pipeline) {
        this.retries = retries;
        this.pipeline = pipeline;
    }

    /** The body of {@code POST /retry}; {@code feedback} may be left out when feedback was given before. */
    record RetryBody(UUID queryId, String feedback) {
        RetryBody {
            if (queryId == null) {
                throw FailureException.invalid("query_id", "'query_id' is missing: which run is to be done better?");
            }
            Fields.optional("feedback", feedback, Retries.LONGEST_FEEDBACK);
        }
    }

    /** Asks again; with {@code Accept: text/event-stream} the stages are streamed as they run. */
    public Object retry(RetryBody body, @Header("Accept") String accept, @ExchangeProperty("traceId") String traceId) {
        UUID id = UUID.randomUUID();
        if (accept != null && accept.toLowerCase(Locale.ROOT).contains(EventStream.CONTENT_TYPE)) {
            return new Raw(EventStream.CONTENT_TYPE + ";charset=UTF-8", out -> {
                EventStream events = new EventStream(out, () -> pipeline.cancel(id));
                events.run(id, traceId, listener -> retries.retry(id, body.queryId(), body.feedback(), traceId, listener));
            });
        }
        return Queries.reply(retries.retry(id, body.queryId(), body.feedback(), traceId, ProgressListener.NONE));
    }
}
