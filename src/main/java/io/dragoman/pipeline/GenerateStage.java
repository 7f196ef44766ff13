package io.dragoman.pipeline;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Draft;
import io.dragoman.pipeline.QueryState.Engine;
import java.util.List;
import org.springframework.stereotype.Component;

/** Offline: writes the logical plan in the query language. */
@Component("offlineGeneration")
class GenerateStage {

    private final Target target;
    private final SchemaContext context;

    GenerateStage(Target target, SchemaContext context) {
        this.target = target;
        this.context = context;
    }

    /** Sets the draft. */
    public QueryState apply(QueryState state) {
        Analysis analysis = state.analysis();
        String query = null;
        String problem = null;
        try {
            query = target.dialect(analysis.dialect()).render(analysis.plan(), context.of(state));
        } catch (CannotRenderException e) {
            problem = e.getMessage();
        }
        Draft draft = new Draft(query, analysis.dialect(), analysis.plan(), analysis.steps(), problem, Engine.OFFLINE, null,
                analysis.confidence());
        return state.revise().withoutDraft().draft(draft).candidates(List.of(draft)).done();
    }
}
