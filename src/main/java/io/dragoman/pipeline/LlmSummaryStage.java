package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: sums up the older questions of a conversation that is too long to be shown whole. */
@Component("llmSummary")
class LlmSummaryStage implements LlmStage {

    private static final int LONGEST = 3_000;

    /** Whether there are older questions to sum up. */
    public boolean due(QueryState state) {
        return state.question().earlier() != null && !state.question().earlier().turns().isEmpty();
    }

    /** Goes on with the last questions alone, when no LLM summed up the older ones. */
    public QueryState keep(QueryState state) {
        return state;
    }

    @Override
    public String name() {
        return "conversation-summary";
    }

    @Override
    public boolean optional() {
        return true;
    }

    @Override
    public Map<String, String> values(QueryState state) {
        Question.Earlier earlier = state.question().earlier();
        return Map.of("summary", earlier.summary() == null ? "none" : Fence.of(earlier.summary()),
                "turns", Turns.lines(earlier.turns()));
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        String summary = LlmStage.text(reply, "summary");
        return state.revise().question(state.question().summedUp(
                summary.length() > LONGEST ? summary.substring(0, LONGEST) + "…" : summary)).done();
    }
}
