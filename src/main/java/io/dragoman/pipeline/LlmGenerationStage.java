package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.llm.Prompts;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Engine;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: writes the query. */
@Component
class LlmGenerationStage implements LlmStage {

    private final SchemaText schema;
    private final Prompts prompts;
    private final FewShots learnt;

    LlmGenerationStage(SchemaText schema, Prompts prompts, FewShots learnt) {
        this.schema = schema;
        this.prompts = prompts;
        this.learnt = learnt;
    }

    @Override
    public String name() {
        return "generate";
    }

    @Override
    public String prompt(QueryState state) {
        return state.retry() == null ? name() : "retry";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        String dialect = state.analysis().dialect();
        LocalDate today = state.question().today() == null ? LocalDate.now(ZoneOffset.UTC) : state.question().today();
        Map<String, String> values = new HashMap<>();
        values.put("question", Fence.of(state.question().text()));
        values.put("steps", Fence.of(String.join("\n", state.analysis().steps())));
        values.put("dialect", dialect);
        values.put("idioms", prompts.get("idioms-" + dialect).system());
        values.put("schema", schema.of(state));
        values.put("directives", schema.directives(state));
        values.put("examples", learnt.examples(state, dialect));
        values.put("fixes", learnt.fixesNear(state, dialect));
        values.put("conversation", Turns.lines(state.question()));
        values.put("today", today.toString());
        if (state.retry() != null) {
            values.put("query", Fence.of(state.retry().query()));
            values.put("feedback", Fence.of(Feedback.lines(state.retry())));
        }
        return values;
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        Draft draft = draft(reply, state.analysis().dialect(), model);
        return state.revise().withoutDraft().draft(draft).candidates(List.of(draft)).done();
    }

    /** The query of a reply, without the marks of a code block. */
    static Draft draft(JsonNode reply, String dialect, String model) {
        String query = LlmStage.text(reply, "query");
        if (query.startsWith("```")) {
            int line = query.indexOf('\n');
            query = query.substring(line < 0 ? 3 : line + 1).replaceAll("```\\s*$", "").strip();
        }
        return new Draft(query, dialect, null, List.of(LlmStage.text(reply, "explanation")), null, Engine.LLM, model,
                LlmStage.confidence(reply));
    }
}
