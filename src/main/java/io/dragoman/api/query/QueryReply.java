package io.dragoman.api.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dragoman.datasource.ResultTable;
import io.dragoman.dialect.Finding;
import io.dragoman.pipeline.QueryState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** {@code data} of a query, as api.md lists it. What is not known is null or empty. */
public record QueryReply(UUID queryId, String query, String dialect, String status, IntentReply intent, String queryType,
        String complexity, List<String> executionPlan, String thinkingProcess, List<TableReply> retrievedTables,
        List<String> directives, List<String> examples, ValidationReply validation, Double confidence,
        List<CandidateReply> candidates, int refinements, int escalations, String engine, String model, boolean degraded,
        String degradedReason, ClarificationReply clarification, ApprovalReply approval, ResultTable results,
        QueryState.Answer answer, QueryState.Usage usage, Map<String, Double> timingsMs, String schemaGroup, String datasource, UUID conversationId,
        UUID retryOf, String traceId) {

    record IntentReply(String type, @JsonProperty("is_follow_up") boolean followUp, double confidence, String reasoning) {
    }

    record TableReply(String name, double score, List<String> why, String definition) {
    }

    record ValidationReply(String result, List<Finding> findings, double confidence) {
    }

    record CandidateReply(String query, String dialect, String engine, String model, double confidence,
            String ranking) {
    }

    record ClarificationReply(String question, String phrase, List<String> choices, List<String> unknownWords) {
    }

    record ApprovalReply(String reason, Boolean approved, String decidedBy, String comment, String editedQuery,
            Instant decidedAt) {

        static ApprovalReply of(QueryState.Approval approval) {
            if (approval == null) {
                return null;
            }
            QueryState.Decision decision = approval.decision();
            return decision == null ? new ApprovalReply(approval.reason(), null, null, null, null, null)
                    : new ApprovalReply(approval.reason(), decision.approved(), decision.by(), decision.comment(),
                            decision.editedQuery(), decision.at());
        }
    }

    /** The reply to a run that did not fail. */
    public static QueryReply of(QueryState state) {
        QueryState.Draft draft = state.draft();
        QueryState.Analysis analysis = state.analysis();
        boolean usable = draft != null && state.status() != QueryState.Status.NEEDS_CLARIFICATION;
        return new QueryReply(state.id(), usable ? draft.query() : null,
                draft != null ? draft.dialect() : analysis == null ? null : analysis.dialect(),
                lower(state.status().name()), intent(state), analysis == null ? null : analysis.queryType(),
                analysis == null ? null : analysis.complexity(), analysis == null ? List.of() : analysis.steps(),
                analysis == null ? null : String.join(" ", analysis.steps()), tables(state),
                analysis == null ? List.of() : analysis.directives(),
                analysis == null ? List.of() : analysis.examples(), validation(state.validation()),
                draft == null ? null : draft.confidence(),
                state.candidates().stream().map(one -> new CandidateReply(one.query(), one.dialect(),
                        lower(one.engine().name()), one.model(), one.confidence(), one.ranking())).toList(),
                state.refinements(), state.escalations(), draft == null ? "offline" : lower(draft.engine().name()),
                draft == null ? null : draft.model(), state.degradation() != null, state.degradation(),
                state.clarification() == null ? null : new ClarificationReply(state.clarification().question(),
                        state.clarification().phrase(), state.clarification().choices(), state.clarification().unknown()),
                ApprovalReply.of(state.approval()), state.results(), state.answer(), state.usage(), timings(state),
                state.retrieval() == null ? null : state.retrieval().group(),
                analysis == null ? null : analysis.datasource(), state.question().conversationId(),
                state.retry() == null ? null : state.retry().run(), state.traceId());
    }

    static ValidationReply validation(QueryState.Validation validation) {
        return validation == null ? null : new ValidationReply(validation.result().name(),
                validation.findings(), validation.confidence());
    }

    /** Milliseconds by stage, stages that ran more than once summed up, and their total. */
    static Map<String, Double> timings(QueryState state) {
        Map<String, Double> timings = new LinkedHashMap<>();
        state.stages().forEach(stage -> timings.merge(stage.name(), stage.elapsedMs(), QueryReply::sum));
        timings.put("total", sum(0, state.totalMs()));
        return timings;
    }

    private static double sum(double one, double other) {
        return Math.round((one + other) * 1_000) / 1_000.0;
    }

    private static IntentReply intent(QueryState state) {
        return state.intent() == null ? null : new IntentReply(lower(state.intent().type().name()),
                state.intent().followUp(), state.intent().confidence(), state.intent().reasoning());
    }

    private static List<TableReply> tables(QueryState state) {
        return state.retrieval() == null ? List.of() : state.retrieval().hits().stream()
                .map(hit -> new TableReply(hit.table(), hit.score(), hit.why(), hit.definition())).toList();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
