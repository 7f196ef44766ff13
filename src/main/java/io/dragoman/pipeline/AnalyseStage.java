package io.dragoman.pipeline;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.OfflineEngine;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Clarification;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.search.TableHit;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
        Interpretation reading = engine.interpret(question.text(), group, hits, question.previous(), today);
        if (reading instanceof Interpretation.Ambiguous ambiguous) {
            return asking(state, new Clarification(ambiguous.question(), ambiguous.phrase(), ambiguous.choices(), List.of()));
        }
        if (reading instanceof Interpretation.NotUnderstood lost) {
            return asking(state, new Clarification(lost.reason(), null, List.of(), lost.unknown()));
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
