package io.dragoman.llm;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.dragoman.config.LlmProperties;
import io.dragoman.storage.WriteBehind;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Every call to a provider and what it cost; and the daily budgets. A call is in the database a few milliseconds later at the
 * latest, and before its run is.
 */
@Service("llmLedger")
public class LlmLedger {

    private static final Duration BUDGET_LOOK = Duration.ofSeconds(2);
    private static final String EVERYBODY = "";
    private static final int MOST_CALLS = 500;
    private static final String INSERT = """
            INSERT INTO llm_calls (run_id, stage, provider, model, caller, schema_group, prompt, prompt_hash, input_tokens,
                output_tokens, cached_tokens, cost_usd, latency_ms, outcome, created_at)
            SELECT ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz""" + WriteBehind.WITHOUT_FLUSH;

    private final JdbcClient database;
    private final Prices prices;
    private final LlmProperties settings;
    private final LoadingCache<String, Double> spent;
    private final WriteBehind rows;

    LlmLedger(JdbcClient database, WriteBehind rows, Prices prices, LlmProperties properties) {
        this.database = database;
        this.rows = rows;
        this.prices = prices;
        this.settings = properties;
        this.spent = Caffeine.newBuilder().expireAfterWrite(BUDGET_LOOK).maximumSize(10_000).build(this::spentToday);
    }

    /**
     * Why a caller may make no call now: a day's budget is spent. What other nodes spend is noticed within two seconds.
     *
     * @return null when there is budget left
     */
    public String refusal(String caller) {
        if (settings.dailyUsd() > 0 && spent.get(EVERYBODY) >= settings.dailyUsd()) {
            return "The LLM budget of the day is spent (" + settings.dailyUsd() + " USD, until midnight UTC).";
        }
        if (settings.callerDailyUsd() > 0 && spent.get(caller) >= settings.callerDailyUsd()) {
            return "Your LLM budget of the day is spent (" + settings.callerDailyUsd() + " USD, until midnight UTC).";
        }
        return null;
    }

    /**
     * Sums by day (UTC), provider, model, caller and schema group, the latest day first.
     *
     * @param days   how many, today included
     * @param caller by name; null for all
     */
    public List<LlmUsage> usage(int days, String caller) {
        rows.flush();
        return database.sql("""
                SELECT (created_at AT TIME ZONE 'UTC')::date AS day, provider, model, caller, schema_group,
                    count(*) AS calls, count(*) FILTER (WHERE outcome NOT IN ('ok', 'cached')) AS failed,
                    count(*) FILTER (WHERE outcome = 'cached') AS from_cache,
                    sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens,
                    sum(cached_tokens)::bigint AS cached_tokens, sum(cost_usd) AS cost_usd,
                    round(avg(latency_ms)::numeric, 1)::float8 AS mean_latency_ms
                FROM llm_calls
                WHERE created_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - make_interval(days => ?)
                    AND (?::text IS NULL OR caller = ?)
                GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, cost_usd DESC, 2, 3, 4, 5
                """).params(days - 1, caller, caller).query(LlmUsage.class).list();
    }

    /** The calls of a run in their order, the first of them when there are very many. */
    public List<LlmCall> calls(UUID run) {
        rows.flush();
        return database.sql("""
                SELECT stage, provider, model, prompt, prompt_hash, input_tokens, output_tokens, cached_tokens, cost_usd, latency_ms,
                    outcome, created_at
                FROM llm_calls WHERE run_id = ? ORDER BY created_at LIMIT ?
                """).params(run, MOST_CALLS).query((row, number) -> new LlmCall(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getString(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getBigDecimal(9),
                        row.getDouble(10), row.getString(11), row.getTimestamp(12).toInstant())).list();
    }

    LlmReply answered(LlmRequest request, String text, ChatResponse response, double latencyMs) {
        TokenUsage usage = response.tokenUsage() == null ? new TokenUsage() : response.tokenUsage();
        long cached = cachedTokens(usage);
        long input = count(usage.inputTokenCount()) + (usage instanceof AnthropicTokenUsage ? cached : 0);
        long output = count(usage.outputTokenCount());
        LlmReply reply = new LlmReply(text, input, output, cached,
                prices.cost(request.model(), input, cached, output), response.finishReason() == FinishReason.LENGTH);
        write(request, reply, latencyMs, "ok");
        return reply;
    }

    void failed(LlmRequest request, String outcome, double latencyMs) {
        write(request, new LlmReply("", 0, 0, 0, 0, false), latencyMs, outcome);
    }

    /** Writes down a call that a kept reply answered. */
    public void cached(LlmRequest request) {
        write(request, new LlmReply("", 0, 0, 0, 0, false), 0, "cached");
    }

    /** Claude counts tokens it had cached beside the input's, OpenAI among them. */
    private static long cachedTokens(TokenUsage usage) {
        if (usage instanceof AnthropicTokenUsage claude) {
            return count(claude.cacheReadInputTokens());
        }
        return usage instanceof OpenAiTokenUsage openAi && openAi.inputTokensDetails() != null
                ? count(openAi.inputTokensDetails().cachedTokens()) : 0;
    }

    private static long count(Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    private void write(LlmRequest request, LlmReply reply, double latencyMs, String outcome) {
        Object[] row = {request.runId(), request.stage(), request.provider(), request.model(), request.caller(),
            request.schemaGroup(), request.prompt().name(), request.prompt().hash(), reply.inputTokens(),
            reply.outputTokens(), reply.cachedTokens(), reply.costUsd(), latencyMs, outcome,
            OffsetDateTime.now()};
        rows.later(null, INSERT, () -> row);
    }

    /** Returns when every call is in the database. */
    void flush() {
        rows.flush();
    }

    private double spentToday(String caller) {
        rows.flush();
        return database.sql("""
                SELECT coalesce(sum(cost_usd), 0) FROM llm_calls
                WHERE created_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                    AND (? = '' OR caller = ?)
                """).params(caller, caller).query(Double.class).single();
    }
}
