package io.dragoman.feedback;

import io.dragoman.conversation.Conversations;
import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryRuns;
import io.dragoman.pipeline.QueryState;
import io.dragoman.security.CurrentCall;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Asks questions of before again with what was said of their answers. Thread-safe. */
@Service
public class Retries {

    /** The most characters of what is said with a retry. */
    public static final int LONGEST_FEEDBACK = 2_000;

    private final QueryRuns runs;
    private final FeedbackStore store;
    private final QueryPipeline pipeline;
    private final Conversations conversations;

    Retries(QueryRuns runs, FeedbackStore store, QueryPipeline pipeline, Conversations conversations) {
        this.runs = runs;
        this.store = store;
        this.pipeline = pipeline;
        this.conversations = conversations;
    }

    /**
     * Asks the question of a run again, as a new run that knows what was said of it: now, as feedback, and with the retries
     * that led to it. It joins the conversation of the run.
     *
     * @param id       of the new run
     * @param run      the run of before, one of the caller's own
     * @param said     what is said now; null when the feedback given before says it
     * @param traceId  of the request
     * @param listener hears of the stages
     * @throws FailureException {@code NOT_FOUND} for the run, {@code VALIDATION_FAILED} when nothing was said of it yet
     */
    public QueryState retry(UUID id, UUID run, String said, String traceId, ProgressListener listener) {
        QueryState before = runs.find(run)
                .filter(state -> CurrentCall.current().owns(state.question().caller().userId()))
                .orElseThrow(() -> FailureException.notFound("run", run.toString()));
        List<String> news = new ArrayList<>();
        store.own(run, CurrentCall.current()).ifPresent(given -> {
            if (given.correction() != null) {
                news.add("The query should be: " + given.correction());
            }
            if (given.comment() != null) {
                news.add(given.comment());
            }
        });
        if (said != null && !said.isBlank()) {
            news.add(said.strip());
        }
        if (news.isEmpty()) {
            throw FailureException.invalid("feedback", "Say in 'feedback' what is to be different: nothing was said of the run"
                    + " yet.");
        }
        QueryState after = pipeline.retry(id, before.id(), news, traceId, listener);
        conversations.said(news.get(news.size() - 1), after);
        return after;
    }
}
