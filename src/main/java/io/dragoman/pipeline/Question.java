package io.dragoman.pipeline;

import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A question and how the caller wants it answered. What is null is chosen by the pipeline.
 *
 * @param text            in plain language, 1 to {@link #MAX_LENGTH} characters
 * @param schemaGroup     the id or name of the schema group; null lets retrieval choose over all groups
 * @param conversationId  the thread that the question belongs to; null for none
 * @param datasource      the id or name of the datasource to check and run on; null takes that of the tables
 * @param dialect         the query language; null takes that of the datasource or of the tables
 * @param execute         whether the query is run and answered
 * @param limit           the most rows to reply with; null for the configured number
 * @param candidates      how many candidate queries to draft; null for as many as the policy says
 * @param requireApproval whether a person has to approve the query before it is run
 * @param modelConfig     which LLM to use; null for the configured one
 * @param previous        the plan of the question before in the thread, which a follow-up changes; null for none
 * @param today           the caller's date; null for the server's in UTC
 * @param caller          who asks; null is the caller of the present thread
 * @param thread          what was asked before in the conversation and how it was written, the latest last; never null
 * @param fresh           whether rows have to come from the database now, and not from the cache
 * @param earlier         what was asked before the thread's questions; null when that is nothing
 */
public record Question(String text, String schemaGroup, UUID conversationId, String datasource, String dialect,
        boolean execute, Integer limit, Integer candidates, boolean requireApproval, ModelConfig modelConfig,
        LogicalPlan previous, LocalDate today, Caller caller, List<Turn> thread, boolean fresh,
        Earlier earlier) {

    /** The most characters of a question. */
    public static final int MAX_LENGTH = 2_000;

    /** Fills in the caller. */
    public Question {
        caller = caller == null ? CurrentCall.current() : caller;
        thread = thread == null ? List.of() : List.copyOf(thread);
    }

    /** A question with nothing before it, whose rows may come from the cache. */
    public Question(String text, String schemaGroup, UUID conversationId, String datasource, String dialect, boolean execute,
            Integer limit, Integer candidates, boolean requireApproval, ModelConfig modelConfig, LogicalPlan previous,
            LocalDate today, Caller caller) {
        this(text, schemaGroup, conversationId, datasource, dialect, execute, limit, candidates, requireApproval, modelConfig,
                previous, today, caller, List.of(), false, null);
    }

    /** A question of before with the query that was written for it. */
    public record Turn(String question, String query) {
    }

    /**
     * A question with everything else left to the pipeline.
     *
     * @param schemaGroup the id or name of the schema group; null for any
     * @param execute     whether the query is run and answered
     */
    public static Question of(String text, String schemaGroup, boolean execute) {
        return new Question(text, schemaGroup, null, null, null, execute, null, null, false, null, null, null, null);
    }

    /** The same question as a follow-up to a plan, within a schema group and on a datasource when not said otherwise. */
    public Question following(LogicalPlan plan, String group, String source) {
        return new Question(text, schemaGroup == null ? group : schemaGroup, conversationId,
                datasource == null ? source : datasource, dialect, execute, limit, candidates, requireApproval,
                modelConfig, plan, today, caller, thread, fresh, earlier);
    }

    /**
     * What was asked of a schema group in a conversation before its latest questions.
     *
     * @param group   by name
     * @param summary of what was asked until then; null when there is none
     * @param turns   what was asked after that, and is not summed up yet, the latest last
     * @param until   when the last of it was asked
     */
    public record Earlier(String group, String summary, List<Turn> turns, Instant until) {
    }

    /** The same question after others, the latest last. */
    public Question after(List<Turn> turns, Earlier before) {
        return new Question(text, schemaGroup, conversationId, datasource, dialect, execute, limit, candidates,
                requireApproval, modelConfig, previous, today, caller, turns, fresh, before);
    }

    /** The same question, with what was asked before the latest ones summed up. */
    Question summedUp(String summary) {
        return after(thread, new Earlier(earlier.group(), summary, List.of(), earlier.until()));
    }

    /** Whether there is a question before it that it may change. */
    boolean continues() {
        return previous != null || !thread.isEmpty();
    }

    /** The same question in a thread. */
    public Question in(UUID conversation) {
        return new Question(text, schemaGroup, conversation, datasource, dialect, execute, limit, candidates,
                requireApproval, modelConfig, previous, today, caller, thread, fresh, earlier);
    }

    /** The same question, asked by somebody else. */
    Question by(Caller other) {
        return new Question(text, schemaGroup, conversationId, datasource, dialect, execute, limit, candidates,
                requireApproval, modelConfig, previous, today, other, thread, fresh, earlier);
    }

    /** The same question, with its query run and answered. */
    Question executed() {
        return new Question(text, schemaGroup, conversationId, datasource, dialect, true, limit, candidates,
                requireApproval, modelConfig, previous, today, caller, thread, fresh, earlier);
    }

    /**
     * Which LLM to use, and how.
     *
     * @param provider    such as {@code gemini}; null for the configured one
     * @param model       the provider's model name; null for the configured one
     * @param temperature 0 to 2; null for the configured one
     * @param maxTokens   the most tokens to generate; null for the configured number
     */
    public record ModelConfig(String provider, String model, Double temperature, Integer maxTokens) {
    }
}
