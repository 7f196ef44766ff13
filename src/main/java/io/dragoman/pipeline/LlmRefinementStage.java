package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.llm.Prompts;
import io.dragoman.pipeline.QueryState.Draft;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: mends the query by what was found. */
@Component
class LlmRefinementStage implements LlmStage {

    private final SchemaText schema;
    private final Prompts prompts;
    private final FewShots learnt;

    LlmRefinementStage(SchemaText schema, Prompts prompts, FewShots learnt) {
        this.schema = schema;
        this.prompts = prompts;
        this.learnt = learnt;
    }

    @Override
    public String name() {
        return "refine";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        return Map.of("question", Fence.of(state.question().text()), "dialect", state.draft().dialect(),
                "idioms", prompts.get("idioms-" + state.draft().dialect()).system(), "schema", schema.of(state),
                "query", Fence.of(state.draft().query()), "findings", Fence.of(Findings.lines(state.validation().findings())),
                "fixes", learnt.fixesOf(state), "examples", learnt.examples(state, state.draft().dialect()));
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        Draft mended = LlmGenerationStage.draft(reply, state.draft().dialect(), model);
        return state.revise().withoutDraft().draft(mended).candidates(List.of(mended))
                .refinements(state.refinements() + 1).done();
    }
}
