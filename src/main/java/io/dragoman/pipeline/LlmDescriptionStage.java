package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.pipeline.QueryState.Answer;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: says what is in the schema groups, from what the offline engine says of them. */
@Component
class LlmDescriptionStage implements LlmStage {

    private final AnswerStage offline;

    LlmDescriptionStage(AnswerStage offline) {
        this.offline = offline;
    }

    @Override
    public String name() {
        return "describe";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        return Map.of("question", Fence.of(state.question().text()),
                "schema", Fence.of(offline.describe(state).answer().text()));
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        return state.revise().answer(new Answer(LlmStage.text(reply, "text"), List.of(), null)).done();
    }
}
