package io.dragoman.pipeline;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.dragoman.datasource.ResultTable;
import io.dragoman.dialect.Finding;
import io.dragoman.failure.Failure;
import io.dragoman.offline.intent.Intent;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.search.TableHit;
import io.dragoman.security.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything known of one run of the pipeline: what was asked, what each stage made of it, and how it ended. It travels
 * the routes as the message body. Immutable: a stage returns a new one. It serialises to JSON and back.
 *
 * @param id            the run's id, {@code query_id} on the wire
 * @param traceId       of the request that started it
 * @param startedAt     when
 * @param question      what was asked
 * @param status        how the run stands
 * @param intent        what kind of thing was said; null until the stage ran
 * @param retrieval     the tables found; null until the stage ran
 * @param analysis      what was decided about how to answer; null until the stage ran
 * @param draft         the query as it stands; null while there is none
 * @param candidates    the drafts that were weighed, the chosen one first; never null
 * @param validation    what the checks said of the draft; null until the stage ran
 * @param attempts      every draft that was validated and every reply of an LLM that could not be used, in order; never null
 * @param refinements   how often the draft was refined, or an LLM was asked again for a reply that could be used
 * @param escalations   how often the question was analysed again
 * @param clarification what is asked back; null unless the status says so
 * @param approval      what a person has to say, or said, of the query; null when nobody is asked
 * @param results       the rows; null when the query was not run
 * @param answer        the reply in words; null when there is none
 * @param failure       why the run failed; null unless the status says so
 * @param degradation   what had to be done without; null when nothing
 * @param usage         what LLMs consumed
 * @param stages        every stage that ran, in order; never null
 * @param retry         the query of before and what was said of it; null for a question that is asked for the first time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record QueryState(UUID id, String traceId, Instant startedAt, Question question, Status status, Intent intent,
        Retrieved retrieval, Analysis analysis, Draft draft, List<Draft> candidates, Validation validation,
        List<Attempt> attempts, int refinements, int escalations, Clarification clarification, Approval approval,
        ResultTable results, Answer answer, Failure failure, String degradation, Usage usage, List<StageRun> stages,
        Retry retry) {

    /** Copies the lists and replaces null by the empty list. */
    public QueryState {
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
        stages = stages == null ? List.of() : List.copyOf(stages);
        usage = usage == null ? Usage.NONE : usage;
    }

    /** By the run alone: Camel asks for it before each condition of a route, and all that a state holds is much to go through. */
    @Override
    public int hashCode() {
        return id == null ? 0 : id.hashCode();
    }

    /** The state of a run that is about to begin. */
    public static QueryState begin(UUID id, String traceId, Instant startedAt, Question question) {
        return new QueryState(id, traceId, startedAt, question, Status.RUNNING, null, null, null, null, null, null,
                null, 0, 0, null, null, null, null, null, null, null, null, null);
    }

    /** The milliseconds that all stages took together, or 0 when none ran. */
    public double totalMs() {
        return stages.stream().mapToDouble(StageRun::elapsedMs).sum();
    }

    /** Milliseconds by stage, stages that ran more than once summed up. */
    public Map<String, Double> stageMs() {
        Map<String, Double> sums = new LinkedHashMap<>();
        stages.forEach(stage -> sums.merge(stage.name(), stage.elapsedMs(), Double::sum));
        return sums;
    }

    /** How a run stands. */
    public enum Status {
        RUNNING, COMPLETED, AWAITING_APPROVAL, NEEDS_CLARIFICATION, REJECTED, FAILED,
        /** The server that worked at it is gone; it can be resumed. Never kept, but told from what is there. */
        INTERRUPTED
    }

    /**
     * What retrieval found.
     *
     * @param group the name of the schema group that the question is about
     * @param hits  the tables, best first
     */
    public record Retrieved(String group, List<TableHit> hits) {
    }

    /**
     * What was decided before a query is written.
     *
     * @param queryType  {@code lookup}, {@code aggregation}, {@code ranking}, {@code comparison}, {@code time_series} …
     * @param complexity {@code SINGLE_LINE} or {@code MULTI_LINE}
     * @param steps      the execution plan, one plain sentence an entry
     * @param dialect    the query language to write in
     * @param datasource the name of the datasource to check and run on; null when none is known
     * @param directives the keys of the glossary directives that apply
     * @param examples   the questions of the few-shot examples that are near
     * @param plan       the logical plan; null when an LLM is to write the query from the words
     * @param confidence 0 to 1
     */
    public record Analysis(String queryType, String complexity, List<String> steps, String dialect, String datasource,
            List<String> directives, List<String> examples, LogicalPlan plan, double confidence) {
    }

    /**
     * A query that was drafted.
     *
     * @param query      its text; null when it could not be written
     * @param dialect    its language
     * @param plan       the logical plan it was written from; null when an LLM wrote it
     * @param reading    how the words were read, for people
     * @param problem    why it could not be written; null when it could
     * @param engine     who wrote it
     * @param model      the LLM's name; null offline
     * @param confidence 0 to 1
     * @param ranking    why it stands where it does among the candidates; null when there was one
     */
    public record Draft(String query, String dialect, LogicalPlan plan, List<String> reading, String problem, Engine engine,
            String model, double confidence, String ranking) {

        /** The only candidate. */
        public Draft(String query, String dialect, LogicalPlan plan, List<String> reading, String problem, Engine engine,
                String model, double confidence) {
            this(query, dialect, plan, reading, problem, engine, model, confidence, null);
        }

        Draft ranked(String why) {
            return new Draft(query, dialect, plan, reading, problem, engine, model, confidence, why);
        }
    }

    /** Who does the work of a stage. */
    public enum Engine { LLM, OFFLINE }

    /**
     * What the checks said of a draft.
     *
     * @param result     where the pipeline goes next
     * @param findings   in the order of the checks
     * @param confidence 0 to 1
     */
    public record Validation(Result result, List<Finding> findings, double confidence) {

        /** Where the pipeline goes next. */
        public enum Result { VALID, INVALID_REFINABLE, INVALID_ESCALATE, REFUSED }
    }

    /**
     * A draft that was validated, and what was found.
     *
     * @param query null for a reply that could not be used
     */
    public record Attempt(int number, String query, Validation.Result result, List<Finding> findings) {
    }

    /** The attempts that came to a query. */
    List<Attempt> drafted() {
        return attempts.stream().filter(attempt -> attempt.query() != null).toList();
    }

    /**
     * What is asked back.
     *
     * @param question in words
     * @param phrase   the words of the question that are ambiguous; null when there is no such phrase
     * @param choices  what may be put in place of the phrase; empty when it has to be said anew
     * @param unknown  the words that were not understood
     */
    public record Clarification(String question, String phrase, List<String> choices, List<String> unknown) {
    }

    /** Whether somebody has to approve the query before the run goes on. */
    public boolean needsApproval() {
        return approval != null && approval.decision() == null;
    }

    /** Whether a person approved the query. */
    public boolean approved() {
        return approval != null && approval.decision() != null && approval.decision().approved();
    }

    /**
     * What a person has to say of the query before it is run.
     *
     * @param reason   why somebody is asked, in a sentence
     * @param decision null until somebody decided
     */
    public record Approval(String reason, Decision decision) {
    }

    /**
     * What a person said of the query.
     *
     * @param approved    whether it may be run
     * @param by          the person's name
     * @param userId      the person; null where there are no users
     * @param comment     null when nothing was said
     * @param editedQuery what is to be run in its place; null for the query as it was
     * @param at          when
     */
    public record Decision(boolean approved, String by, UUID userId, String comment, String editedQuery, Instant at) {
    }

    /**
     * The reply in words.
     *
     * @param text     one or two sentences
     * @param insights what stands out in the rows, one sentence an entry; never null
     * @param chart    how the rows are best drawn; null when they are best read as a table
     */
    public record Answer(String text, List<String> insights, Map<String, Object> chart) {
    }

    /**
     * What an earlier run of the question came to, for a run that is to do better.
     *
     * @param run      the earlier run
     * @param query    its query; null when it had none
     * @param feedback what people said of it and of those before it, the latest last; never null
     * @param plan     its logical plan; null when it had none
     * @param open     how many of the last remarks the plan does not know of
     */
    public record Retry(UUID run, String query, List<String> feedback, LogicalPlan plan, int open) {

        /** Copies the list and replaces null by the empty list. */
        public Retry {
            feedback = feedback == null ? List.of() : List.copyOf(feedback);
        }

        /** The remarks that the plan does not know of, the latest last. */
        List<String> news() {
            return feedback.subList(Math.max(0, feedback.size() - open), feedback.size());
        }
    }

    /** What LLMs consumed: tokens and US dollars. */
    public record Usage(long inputTokens, long outputTokens, double costUsd) {

        /** Nothing. */
        public static final Usage NONE = new Usage(0, 0, 0);
    }

    /**
     * A stage that ran.
     *
     * @param name      see {@link ProgressListener}
     * @param elapsedMs in milliseconds
     * @param detail    what it found, in a few words
     */
    public record StageRun(String name, Engine engine, double elapsedMs, String detail) {
    }

    /** What a run that is to do better than this one has to know. */
    Retry retried(List<String> said) {
        List<String> all = new ArrayList<>(retry == null ? List.of() : retry.feedback());
        all.addAll(said);
        LogicalPlan plan = draft != null && draft.plan() != null ? draft.plan() : analysis != null && analysis.plan() != null
                ? analysis.plan() : retry == null ? null : retry.plan();
        String query = draft != null ? draft.query() : retry == null ? null : retry.query();
        return new Retry(id, query, all, plan, plan == null ? all.size() : said.size());
    }

    /** The same run, asked by somebody else. */
    QueryState by(Caller other) {
        return new QueryState(id, traceId, startedAt, question.by(other), status, intent, retrieval, analysis, draft,
                candidates, validation, attempts, refinements, escalations, clarification, approval, results, answer, failure,
                degradation, usage, stages, retry);
    }

    /** Starts a new state that differs from this one in what the stage sets. */
    Revision revise() {
        return new Revision(this);
    }
}
