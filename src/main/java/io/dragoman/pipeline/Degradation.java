package io.dragoman.pipeline;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** What is said when an LLM was asked for and is not there. */
@Component("degradation")
class Degradation {

    /** Notes what had to be done without. */
    public void note(Exchange exchange, String reason) {
        QueryState state = exchange.getMessage().getBody(QueryState.class);
        exchange.getMessage().setBody(state.revise().degradation(reason).done());
    }

    /**
     * Refuses a question that names an LLM provider other than the one configured: another one answering would not be what
     * the caller asked for.
     *
     * @param configured the configured provider, {@code none} for none
     * @throws FailureException {@code LLM_UNAVAILABLE}
     */
    public QueryState admit(QueryState state, String configured) {
        Question.ModelConfig wanted = state.question().modelConfig();
        if (wanted != null && wanted.provider() != null && !wanted.provider().equals(configured)) {
            throw new FailureException(ErrorCode.LLM_UNAVAILABLE, "The LLM provider '" + wanted.provider()
                    + "' is not configured. Leave model_config out to be answered by what is.",
                    Map.of("stage", "intent", "configured", configured));
        }
        return state;
    }
}
