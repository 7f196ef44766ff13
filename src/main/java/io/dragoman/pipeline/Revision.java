package io.dragoman.pipeline;

import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.Failure;
import io.dragoman.offline.intent.Intent;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Answer;
import io.dragoman.pipeline.QueryState.Approval;
import io.dragoman.pipeline.QueryState.Attempt;
import io.dragoman.pipeline.QueryState.Clarification;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Retrieved;
import io.dragoman.pipeline.QueryState.Retry;
import io.dragoman.pipeline.QueryState.StageRun;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.pipeline.QueryState.Usage;
import io.dragoman.pipeline.QueryState.Validation;
import java.util.ArrayList;
import java.util.List;

/** Collects the changes of one stage and makes the next {@link QueryState} of them. Not thread-safe, used once. */
final class Revision {

    private final QueryState before;
    private Question question;
    private Status status;
    private Intent intent;
    private Retrieved retrieval;
    private Analysis analysis;
    private Draft draft;
    private List<Draft> candidates;
    private Validation validation;
    private List<Attempt> attempts;
    private int refinements;
    private int escalations;
    private Clarification clarification;
    private Approval approval;
    private String traceId;
    private ResultTable results;
    private Answer answer;
    private Failure failure;
    private String degradation;
    private Usage usage;
    private List<StageRun> stages;
    private Retry retry;

    Revision(QueryState before) {
        this.before = before;
        this.question = before.question();
        this.status = before.status();
        this.intent = before.intent();
        this.retrieval = before.retrieval();
        this.analysis = before.analysis();
        this.draft = before.draft();
        this.candidates = before.candidates();
        this.validation = before.validation();
        this.attempts = before.attempts();
        this.refinements = before.refinements();
        this.escalations = before.escalations();
        this.clarification = before.clarification();
        this.approval = before.approval();
        this.traceId = before.traceId();
        this.results = before.results();
        this.answer = before.answer();
        this.failure = before.failure();
        this.degradation = before.degradation();
        this.usage = before.usage();
        this.stages = before.stages();
        this.retry = before.retry();
    }

    Revision question(Question question) {
        this.question = question;
        return this;
    }

    Revision status(Status status) {
        this.status = status;
        return this;
    }

    Revision intent(Intent intent) {
        this.intent = intent;
        return this;
    }

    Revision retrieval(Retrieved retrieval) {
        this.retrieval = retrieval;
        return this;
    }

    Revision analysis(Analysis analysis) {
        this.analysis = analysis;
        return this;
    }

    Revision draft(Draft draft) {
        this.draft = draft;
        return this;
    }

    Revision candidates(List<Draft> candidates) {
        this.candidates = candidates;
        return this;
    }

    Revision validation(Validation validation) {
        this.validation = validation;
        return this;
    }

    Revision refinements(int refinements) {
        this.refinements = refinements;
        return this;
    }

    Revision escalations(int escalations) {
        this.escalations = escalations;
        return this;
    }

    Revision clarification(Clarification clarification) {
        this.clarification = clarification;
        return this;
    }

    Revision approval(Approval approval) {
        this.approval = approval;
        return this;
    }

    /** The run goes on in another request. */
    Revision traceId(String traceId) {
        this.traceId = traceId;
        return this;
    }

    Revision results(ResultTable results) {
        this.results = results;
        return this;
    }

    Revision answer(Answer answer) {
        this.answer = answer;
        return this;
    }

    Revision failure(Failure failure) {
        this.failure = failure;
        return this;
    }

    Revision degradation(String degradation) {
        this.degradation = degradation;
        return this;
    }

    Revision usage(Usage usage) {
        this.usage = usage;
        return this;
    }

    /** The run is to do better than one of before. */
    Revision retry(Retry retry) {
        this.retry = retry;
        return this;
    }

    Revision attempts(List<Attempt> attempts) {
        this.attempts = attempts;
        return this;
    }

    Revision attempt(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        attempts = all;
        return this;
    }

    Revision stage(StageRun stage) {
        List<StageRun> all = new ArrayList<>(stages);
        all.add(stage);
        stages = all;
        return this;
    }

    /** Forgets what came of the draft, because it is about to be written anew. */
    Revision withoutDraft() {
        draft = null;
        candidates = List.of();
        validation = null;
        return this;
    }

    QueryState done() {
        return new QueryState(before.id(), traceId, before.startedAt(), question, status, intent,
                retrieval, analysis, draft, candidates, validation, attempts, refinements, escalations, clarification,
                approval, results, answer, failure, degradation, usage, stages, retry);
    }
}
