package io.dragoman.pipeline;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.llm.LlmProviders;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether the LLM that a question asks for is there. */
@Component("llmAdmission")
class LlmAdmission {

    private final LlmProviders providers;

    LlmAdmission(LlmProviders providers) {
        this.providers = providers;
    }

    /**
     * Refuses a question that names an LLM provider that is not configured: another one answering would not be what
     * the caller asked for.
     *
     * @throws FailureException {@code LLM_UNAVAILABLE}
     */
    public QueryState admit(QueryState state) {
        Question.ModelConfig wanted = state.question().modelConfig();
        if (wanted != null && wanted.provider() != null && !providers.names().contains(wanted.provider())) {
            throw new FailureException(ErrorCode.LLM_UNAVAILABLE, "The LLM provider '" + wanted.provider()
                    + "' is not configured. Leave model_config out to be answered by what is.",
                    Map.of("stage", "intent", "configured", providers.names()));
        }
        return state;
    }
}
