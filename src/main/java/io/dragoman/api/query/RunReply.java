package io.dragoman.api.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.dialect.Finding;
import io.dragoman.failure.Failure;
import io.dragoman.llm.LlmCall;
import io.dragoman.pipeline.QueryState;
import java.time.Instant;
import java.util.List;

/** One run as it is read back: what was asked, the reply but for the rows, and every stage, attempt and call of an LLM. */
record RunReply(String question, Instant startedAt, Failure error, @JsonUnwrapped QueryReply reply,
        List<StageReply> stages, List<AttemptReply> attempts, List<LlmCall> llmCalls) {

    record StageReply(String stage, String engine, double elapsedMs, String detail) {
    }

    record AttemptReply(int number, String query, String result, List<Finding> findings) {
    }

    static RunReply of(QueryState state, List<LlmCall> calls) {
        return new RunReply(state.question().text(), state.startedAt(), state.failure(), QueryReply.of(state),
                state.stages().stream().map(stage -> new StageReply(stage.name(),
                        QueryReply.lower(stage.engine().name()), stage.elapsedMs(), stage.detail())).toList(),
                state.attempts().stream().map(attempt -> new AttemptReply(attempt.number(), attempt.query(),
                        attempt.result().name(), attempt.findings())).toList(), calls);
    }
}
