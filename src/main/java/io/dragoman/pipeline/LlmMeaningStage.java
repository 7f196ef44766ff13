package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: checks that the query answers the question. */
@Component
class LlmMeaningStage implements LlmStage {

    private final SchemaText schema;
    private final ValidateStage validation;

    LlmMeaningStage(SchemaText schema, ValidateStage validation) {
        this.schema = schema;
        this.validation = validation;
    }

    @Override
    public String name() {
        return "meaning";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        return Map.of("question", Fence.of(state.question().text()), "schema", schema.of(state),
                "directives", schema.directives(state), "dialect", state.draft().dialect(),
                "query", Fence.of(state.draft().query()), "conversation", Turns.lines(state.question()));
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        if (reply.path("answers_question").asBoolean()) {
            return state;
        }
        String fix = reply.path("suggestion").asText("").strip();
        return validation.withFindings(state, List.of(new Finding("MEANING", Check.MEANING, Severity.ERROR,
                LlmStage.text(reply, "problem"), null, fix.isEmpty() ? null : fix)));
    }
}
