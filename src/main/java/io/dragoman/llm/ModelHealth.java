package io.dragoman.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Which providers are configured, and whether they reply. Thread-safe. */
@Service
public class ModelHealth {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FEW_TOKENS = 16;
    private static final Prompt CHECK = new Prompt("check", "Asks whether a model replies", ModelRole.WEAK, "", "", null, 0,
            FEW_TOKENS, "");

    private final LlmProviders providers;
    private final LlmLedger ledger;
    private final JdbcClient database;

    ModelHealth(LlmProviders providers, LlmLedger ledger, JdbcClient database) {
        this.providers = providers;
        this.ledger = ledger;
        this.database = database;
    }

    /**
     * One provider.
     *
     * @param kind         its wire format
     * @param alive        whether its last call was answered; null when it was never called
     * @param lastOutcome  of that call, such as {@code ok} or {@code rate_limited}; null when there was none
     * @param lastCalledAt null when there was none
     */
    public record Provider(String name, String kind, Map<String, String> models, Boolean alive, String lastOutcome,
            Instant lastCalledAt) {
    }

    private record Last(String outcome, Instant createdAt) {
    }

    /** The configured providers in the order they are asked; each is sent a tiny call first, if asked to. */
    public List<Provider> of(boolean check) {
        if (check) {
            providers.names().forEach(this::call);
        }
        ledger.flush();
        return providers.names().stream().map(this::describe).toList();
    }

    private Provider describe(String name) {
        Last last = database.sql("""
                SELECT outcome, created_at FROM llm_calls WHERE provider = ? AND outcome <> 'cached'
                ORDER BY created_at DESC LIMIT 1
                """).param(name).query((row, number) -> new Last(row.getString(1), row.getTimestamp(2).toInstant()))
                .optional().orElse(null);
        Map<String, String> models = Map.of("weak", providers.model(name, ModelRole.WEAK), "planning",
                providers.model(name, ModelRole.PLANNING), "developer", providers.model(name, ModelRole.DEVELOPER));
        return new Provider(name, providers.settings(name).kind(), models,
                last == null ? null : last.outcome().equals("ok"), last == null ? null : last.outcome(),
                last == null ? null : last.createdAt());
    }

    private void call(String name) {
        LlmRequest request = new LlmRequest(UUID.randomUUID(), "check", "server", null, name,
                providers.model(name, ModelRole.WEAK), CHECK, "", "Reply with ok.", 0, FEW_TOKENS,
                PATIENCE, Instant.now().plus(PATIENCE), null, reply -> {
                }, LlmRequest.Abort.NEVER);
        long started = System.nanoTime();
        ProviderHttp.CURRENT.set(request);
        try {
            ledger.answered(request, "", providers.client(name).chat().chat(ChatRequest.builder()
                    .modelName(request.model()).maxOutputTokens(FEW_TOKENS).messages(UserMessage.from(request.user())).build()),
                    LlmChat.elapsedMs(started));
        } catch (RuntimeException e) {
            ledger.failed(request, Failures.of(request, e).outcome(), LlmChat.elapsedMs(started));
        } finally {
            ProviderHttp.CURRENT.remove();
        }
    }
}
