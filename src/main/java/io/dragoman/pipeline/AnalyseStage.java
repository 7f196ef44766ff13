package io.dragoman.pipeline;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.OfflineEngine;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Clarification;
import io.dragoman.pipeline.QueryState.Retry;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.search.TableHit;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Offline: reads the question as a logical plan, or asks back. */
@Component("offlineAnalysis")
class AnalyseStage {

    private final OfflineEngine engine;
    private final SchemaContext context;
    private final Target target;
    private final NearExamples examples;

    AnalyseStage(OfflineEngine engine, SchemaContext context, Target target, NearExamples examples) {
        this.engine = engine;
        this.context = context;
        this.target = target;
        this.examples = examples;
    }

    /** Sets the analysis; or the clarification, when the question is ambiguous or not understood. */
    public QueryState apply(QueryState state) {
        SchemaGroup group = context.of(state);
        Question question = state.question();
        boolean again = state.escalations() > 0;
        List<TableHit> hits = again ? List.of() : state.retrieval().hits();
        LocalDate today = question.today() == null ? LocalDate.now(ZoneOffset.UTC) : question.today();
        Interpretation reading = state.retry() == null
                ? engine.interpret(question.text(), group, hits, question.previous(), today)
                : retried(state.retry(), question, group, hits, today);
        if (reading instanceof Interpretation.Ambiguous ambiguous) {
            return asking(state, new Clarification(ambiguous.question(), ambiguous.phrase(), ambiguous.choices(), List.of()));
        }
        if (reading instanceof Interpretation.NotUnderstood lost) {
            return asking(state, new Clarification(lost.reason(), null, List.of(),
                    state.retry() == null ? lost.unknown() : List.of()));
        }
        Interpretation.Understood understood = (Interpretation.Understood) reading;
        Target.Choice choice = target.choose(question, group, understood.plan().from().get(0).definition());
        List<String> near = examples.of(question.text(), group, choice.dialect().name()).stream()
                .map(Example::question).toList();
        PlanShape shape = PlanShape.of(understood.plan());
        return state.revise()
                .status(Status.RUNNING)
                .clarification(null)
                .analysis(new Analysis(shape.queryType(), shape.complexity(), understood.steps(), choice.dialect().name(),
                        choice.datasource() == null ? null : choice.datasource().name(), understood.directives(), near,
                        understood.plan(), understood.confidence()))
                .done();
    }

    /**
     * Reads the question as it was read before, with what was said of that. The last remark has to be understood; of earlier
     * ones it is said when they are not.
     */
    private Interpretation retried(Retry retry, Question question, SchemaGroup group, List<TableHit> hits, LocalDate today) {
        Interpretation reading = retry.plan() == null
                ? engine.interpret(question.text(), group, hits, question.previous(), today)
                : new Interpretation.Understood(retry.plan(), List.of(), List.of(), 1);
        List<String> remarks = retry.news();
        List<String> unused = new ArrayList<>();
        for (int i = 0; i < remarks.size() && reading instanceof Interpretation.Understood before; i++) {
            Interpretation changed = engine.revise(remarks.get(i), group, before.plan(), today);
            if (changed instanceof Interpretation.Understood after) {
                List<String> steps = new ArrayList<>(before.steps());
                steps.addAll(after.steps());
                reading = new Interpretation.Understood(after.plan(), steps, before.directives(),
                        Math.min(before.confidence(), after.confidence()));
            } else if (i == remarks.size() - 1) {
                reading = changed;
            } else {
                unused.add("Earlier feedback that could not be used: “" + remarks.get(i) + "”.");
            }
        }
        if (!unused.isEmpty() && reading instanceof Interpretation.Understood before) {
            unused.addAll(before.steps());
            return new Interpretation.Understood(before.plan(), unused, before.directives(), before.confidence());
        }
        return reading;
    }

    /** Asks back instead of going on with a reading that leaves out much of the question. */
    public QueryState doubt(QueryState state) {
        Analysis analysis = state.analysis();
        String read = analysis.steps().isEmpty() ? "" : " What was understood: " + String.join(" ", analysis.steps());
        return asking(state, new Clarification("Much of the question was not understood, so no query was written. "
                + "Say it in the words of the tables, or teach a synonym." + read, null, analysis.examples(), List.of()));
    }

    private static QueryState asking(QueryState state, Clarification clarification) {
        return state.revise().analysis(null).clarification(clarification).status(Status.NEEDS_CLARIFICATION).done();
    }
}
