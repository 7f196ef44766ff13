package io.dragoman.pipeline;

import io.dragoman.failure.FailureException;
import io.dragoman.pipeline.QueryState.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The stages that a run can be taken up from. */
enum Stage {
    INTENT, RETRIEVE, ANALYSE, GENERATE, VALIDATE, EXECUTE;

    /** The name in routes and on the wire. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Stage named(String name) {
        return Arrays.stream(values()).filter(stage -> stage.wireName().equals(name)).findFirst()
                .orElseThrow(() -> FailureException.invalid("from_stage", "'from_stage' has to be one of "
                        + String.join(", ", Arrays.stream(values()).map(Stage::wireName).toList()) + "."));
    }

    /** The stage that a run goes on with that was cut off in that state: nothing that it has is worked out again. */
    static Stage next(QueryState run) {
        if (run.validation() != null && run.validation().result() == QueryState.Validation.Result.VALID
                && run.question().execute()) {
            return EXECUTE;
        }
        if (run.draft() != null) {
            return VALIDATE;
        }
        if (run.analysis() != null) {
            return GENERATE;
        }
        return run.retrieval() != null ? ANALYSE : INTENT;
    }

    /** The state as it was before this stage, for a run with that id. */
    QueryState before(QueryState run, UUID id, String traceId) {
        if (this != INTENT && run.intent() == null || after(RETRIEVE) && run.retrieval() == null
                || after(ANALYSE) && run.analysis() == null || after(GENERATE) && run.draft() == null
                || after(VALIDATE) && (run.validation() == null
                        || run.validation().result() != QueryState.Validation.Result.VALID)) {
            throw FailureException.invalid("from_stage", "The run did not come as far as '" + wireName() + "'.");
        }
        Question question = this == EXECUTE ? run.question().executed() : run.question();
        Revision state = QueryState.begin(id, traceId, id.equals(run.id()) ? run.startedAt() : Instant.now(),
                question).revise().status(Status.RUNNING)
                .retry(run.retry());
        List<QueryState.StageRun> done = run.stages().stream()
                .takeWhile(stage -> !stage.name().equals(wireName())).toList();
        done.forEach(state::stage);
        if (after(INTENT)) {
            state.intent(run.intent()).degradation(run.degradation());
        }
        if (after(RETRIEVE)) {
            state.retrieval(run.retrieval());
        }
        if (after(ANALYSE)) {
            state.analysis(run.analysis());
        }
        if (after(GENERATE)) {
            state.draft(run.draft()).candidates(run.candidates());
        }
        if (after(VALIDATE)) {
            state.approval(approved(run)).validation(run.validation()).attempts(run.attempts());
        }
        return state.done();
    }

    /** What was approved may be run again; anything else somebody has to look at again. */
    private static QueryState.Approval approved(QueryState run) {
        return run.approved() ? run.approval() : null;
    }

    private boolean after(Stage other) {
        return ordinal() > other.ordinal();
    }
}
