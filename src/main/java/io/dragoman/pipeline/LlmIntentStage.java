package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.offline.intent.Intent;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** By LLM: tells what kind of thing was said. */
@Component
class LlmIntentStage implements LlmStage {

    private final SchemaContext context;

    LlmIntentStage(SchemaContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "intent";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        return Map.of("question", Fence.of(state.question().text()),
                "conversation", Turns.lines(state.question()),
                "groups", Fence.of(String.join(", ", context.all().names())));
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        try {
            Intent.Type type = Intent.Type.valueOf(LlmStage.text(reply, "type").toUpperCase(Locale.ROOT));
            boolean followUp = state.question().continues() && reply.path("is_follow_up").asBoolean();
            return state.revise().intent(new Intent(type, followUp, LlmStage.confidence(reply),
                    LlmStage.text(reply, "reasoning"))).done();
        } catch (IllegalArgumentException e) {
            throw new UnusableReplyException("'type' is none of the kinds.");
        }
    }
}
