package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.pipeline.QueryState.Analysis;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: works out the steps of a question that needs more than one. */
@Component("llmPlan")
class LlmPlanStage implements LlmStage {

    private static final int MOST_STEPS = 20;

    private final SchemaText schema;

    LlmPlanStage(SchemaText schema) {
        this.schema = schema;
    }

    /** Whether a question is worth a call of its own for its plan: an LLM analysed it, and found that it takes several steps. */
    public boolean due(QueryState state) {
        return state.analysis() != null && state.analysis().plan() == null && "MULTI_LINE".equals(state.analysis().complexity())
                && state.clarification() == null;
    }

    /** Goes on with the steps of the analysis, when no LLM made a plan. */
    public QueryState keep(QueryState state) {
        return state;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public boolean optional() {
        return true;
    }

    @Override
    public Map<String, String> values(QueryState state) {
        LocalDate today = state.question().today() == null ? LocalDate.now(ZoneOffset.UTC) : state.question().today();
        Map<String, String> values = new HashMap<>();
        values.put("question", Fence.of(state.question().text()));
        values.put("steps", Fence.of(String.join("\n", state.analysis().steps())));
        values.put("dialect", state.analysis().dialect());
        values.put("schema", schema.of(state));
        values.put("directives", schema.directives(state));
        values.put("conversation", Turns.lines(state.question()));
        values.put("today", today.toString());
        return values;
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        List<String> steps = new ArrayList<>();
        reply.path("steps").forEach(step -> steps.add(step.asText().strip()));
        steps.removeIf(String::isEmpty);
        if (steps.isEmpty()) {
            throw new UnusableReplyException("'steps' has no step.");
        }
        Analysis before = state.analysis();
        return state.revise().analysis(new Analysis(before.queryType(), before.complexity(),
                List.copyOf(steps.subList(0, Math.min(MOST_STEPS, steps.size()))), before.dialect(), before.datasource(),
                before.directives(), before.examples(), before.plan(), before.confidence())).done();
    }
}
