package io.dragoman.pipeline;

import dev.langchain4j.data.message.ChatMessage;
import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.llm.LlmReply;
import io.dragoman.llm.LlmRequest;
import io.dragoman.llm.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One stage as it is put to LLMs: which providers are left, what is asked, and what became of it. It lives as long as the
 * stage and is used by one thread at a time.
 */
final class LlmWork {

    private static final int LONGEST_QUOTE = 2_000;

    private final QueryState state;
    private final LlmStage stage;
    private final Prompt prompt;
    private final Map<String, String> values;
    private final Deque<String> providers;
    private final Calls calls;
    private final Duration limit;
    private final Instant deadline;
    private final List<String> failures = new ArrayList<>();
    private final List<Finding> unusable = new ArrayList<>();
    private String repair = "";
    private boolean repaired;
    private int retries;
    private int repairs;
    private LlmReply reply;
    private QueryState.Usage usage = QueryState.Usage.NONE;
    private boolean done;

    /**
     * How calls are made for this run.
     *
     * @param model       the model of a provider
     * @param temperature of a candidate; null for what the caller or the prompt says
     */
    record Calls(Duration timeout, Question.ModelConfig wanted, Consumer<String> tokens, LlmRequest.Abort abort,
            Function<String, String> model, Double temperature) {
    }

    LlmWork(QueryState state, LlmStage stage, Prompt prompt, Map<String, String> values, List<String> providers,
            Duration limit, Calls calls) {
        this.state = state;
        this.stage = stage;
        this.prompt = prompt;
        this.values = values;
        this.providers = new ArrayDeque<>(providers);
        this.calls = calls;
        this.limit = limit;
        this.deadline = Instant.now().plus(limit);
    }

    /** Whether another call is to be made. */
    boolean open() {
        return !done && !providers.isEmpty() && Instant.now().isBefore(deadline);
    }

    /** The name of the provider to ask. */
    String provider() {
        return providers.peek();
    }

    /** What to send it. */
    List<ChatMessage> messages() {
        Question.ModelConfig wanted = calls.wanted();
        boolean mine = mine();
        return new LlmRequest(state.id(), stage.name(), state.question().caller().name(),
                state.retrieval() == null ? null : state.retrieval().group(), provider(),
                model(), prompt,
                Prompt.fill(prompt.system(), values), Prompt.fill(prompt.user(), values) + repair,
                calls.temperature() != null ? calls.temperature()
                        : mine && wanted.temperature() != null ? wanted.temperature() : prompt.temperature(),
                mine && wanted.maxTokens() != null ? wanted.maxTokens() : prompt.maxTokens(),
                calls.timeout(), deadline, calls.tokens(), this::answered, calls.abort()).messages();
    }

    /** Whether what the caller says of the model holds for the provider whose turn it is. */
    private boolean mine() {
        Question.ModelConfig wanted = calls.wanted();
        return wanted != null && (wanted.provider() == null || wanted.provider().equals(provider()));
    }

    /** The name of the model that is asked. */
    String model() {
        return mine() && calls.wanted().model() != null ? calls.wanted().model() : calls.model().apply(provider());
    }

    private void answered(LlmReply answer) {
        reply = answer;
        retries = 0;
        usage = new QueryState.Usage(usage.inputTokens() + answer.inputTokens(), usage.outputTokens() + answer.outputTokens(),
                usage.costUsd() + answer.costUsd());
    }

    /** Whether a call failed rather than replied. */
    boolean failed() {
        return reply == null;
    }

    /** The reply to the last call; null when there is none. */
    LlmReply reply() {
        return reply;
    }

    /** The reply to the last call, which is forgotten here. */
    LlmReply takeReply() {
        LlmReply taken = reply;
        reply = null;
        return taken;
    }

    /** The number of the retry that a call is about to take, 1 for the first since there was a reply or another provider. */
    int nextTry() {
        return ++retries;
    }

    /** The provider failed for good; the next one is asked. */
    void nextProvider(String why) {
        failures.add(why);
        providers.poll();
        retries = 0;
        repair = "";
        repaired = false;
    }

    /** The reply could not be used: the provider is told so if it may try once more, else the next one is asked. */
    void unusable(String text, String why, boolean mayRepair) {
        unusable.add(new Finding("UNUSABLE_REPLY", Check.SYNTAX, Severity.ERROR, "The reply of " + provider() + "/" + model()
                + " at the stage '" + stage.name() + "' could not be used: " + why, null, null));
        if (repaired || !mayRepair) {
            nextProvider("The LLM provider '" + provider() + "' replied with what could not be used: " + why);
            return;
        }
        repaired = true;
        repairs++;
        repair = "\n\nYour last reply could not be used: " + why + "\nYour last reply was:\n<data>\n"
                + Fence.of(text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) : text) + "\n</data>\nReply again.";
    }

    /** How often a provider was asked once more for a reply that could be used. */
    int repairs() {
        return repairs;
    }

    /** What is to be said of the replies that could not be used, in their order. */
    List<Finding> unusable() {
        return unusable;
    }

    void finish() {
        done = true;
    }

    /** The state as it was when the stage began. */
    QueryState before() {
        return state;
    }

    LlmStage stage() {
        return stage;
    }

    Prompt prompt() {
        return prompt;
    }

    QueryState.Usage usage() {
        return usage;
    }

    Instant deadline() {
        return deadline;
    }

    /** Why nobody did the stage, for people. */
    String failure() {
        String late = Instant.now().isBefore(deadline) ? "" : "The LLM took longer than the " + limit.toMillis() / 1_000.0
                + " s that the stage may take. ";
        return (late + String.join(" ", failures)).strip();
    }
}
