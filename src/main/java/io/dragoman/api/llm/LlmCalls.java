package io.dragoman.api.llm;

import io.dragoman.api.Listing;
import io.dragoman.api.Page;
import io.dragoman.failure.FailureException;
import io.dragoman.llm.LlmLedger;
import io.dragoman.llm.LlmProviders;
import io.dragoman.llm.LlmUsage;
import io.dragoman.llm.ModelHealth;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Models and their use. */
@Component("llmCalls")
final class LlmCalls {

    private static final int MOST_DAYS = 366;
    private static final int DEFAULT_DAYS = 30;

    private final LlmProviders providers;
    private final ModelHealth health;
    private final LlmLedger ledger;

    LlmCalls(LlmProviders providers, ModelHealth health, LlmLedger ledger) {
        this.providers = providers;
        this.health = health;
        this.ledger = ledger;
    }

    /**
     * What {@code GET /models} replies.
     *
     * @param engine    {@code llm} when a provider is configured, else {@code offline}
     * @param providers in the order they are asked
     */
    record Models(String engine, List<ModelHealth.Provider> providers) {
    }

    /** The providers; {@code check=true} sends each a tiny call, otherwise the last call tells. */
    public Models models(@Header("check") String check) {
        return new Models(providers.names().isEmpty() ? "offline" : "llm", health.of("true".equals(check)));
    }

    /** Calls, tokens and cost by day, provider, model, caller and schema group. */
    public Listing<LlmUsage> usage(@Header("days") String days, @Header("caller") String caller,
            @ExchangeProperty("page") Page page) {
        List<LlmUsage> rows = ledger.usage(days(days), caller);
        return Listing.of(rows, page);
    }

    private static int days(String text) {
        if (text == null) {
            return DEFAULT_DAYS;
        }
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_DAYS) {
            throw FailureException.invalid("days", "'days' has to be a whole number from 1 to " + MOST_DAYS + ".");
        }
        return Integer.parseInt(text);
    }
}
