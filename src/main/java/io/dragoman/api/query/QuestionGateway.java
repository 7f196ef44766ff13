package io.dragoman.api.query;

import io.dragoman.conversation.Conversations;
import io.dragoman.pipeline.ProgressListener;
import io.dragoman.pipeline.QueryPipeline;
import io.dragoman.pipeline.QueryState;
import io.dragoman.pipeline.Question;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How a question gets from any door into the pipeline: through its conversation when it names one. Thread-safe. */
@Component
public final class QuestionGateway {

    private final QueryPipeline pipeline;
    private final Conversations conversations;

    QuestionGateway(QueryPipeline pipeline, Conversations conversations) {
        this.pipeline = pipeline;
        this.conversations = conversations;
    }

    /**
     * Runs a question and waits for the end. How it ended, also when it failed, is in the state.
     *
     * @param id      of the run
     * @param traceId of the request
     * @throws io.dragoman.failure.FailureException {@code NOT_FOUND} when there is no such conversation
     */
    public QueryState run(UUID id, String traceId, Question question, ProgressListener listener) {
        return question.conversationId() == null ? pipeline.run(id, traceId, question, listener)
                : conversations.ask(id, traceId, question, listener);
    }

    /**
     * Goes on with a question that another server began with and did not end.
     *
     * @param id      of the run, the same as then
     * @param traceId of the request
     * @throws io.dragoman.failure.FailureException {@code NOT_FOUND} when there is no such conversation any more
     */
    public QueryState takeUp(UUID id, String traceId, Question question, ProgressListener listener) {
        return question.conversationId() == null ? pipeline.takeUp(id, traceId, question, listener)
                : conversations.takeUp(id, traceId, question, listener);
    }
}
