package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.pipeline.QueryState.Analysis;
import io.dragoman.pipeline.QueryState.Clarification;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.schema.Example;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** By LLM: decides how to answer the question, or asks back. */
@Component
class LlmAnalysisStage implements LlmStage {

    private final SchemaContext context;
    private final SchemaText schema;
    private final Target target;
    private final NearExamples examples;

    LlmAnalysisStage(SchemaContext context, SchemaText schema, Target target, NearExamples examples) {
        this.context = context;
        this.schema = schema;
        this.target = target;
        this.examples = examples;
    }

    @Override
    public String name() {
        return "analyse";
    }

    @Override
    public String prompt(QueryState state) {
        return state.drafted().isEmpty() && state.retry() == null ? name() : "error-analysis";
    }

    @Override
    public Map<String, String> values(QueryState state) {
        LocalDate today = state.question().today() == null ? LocalDate.now(ZoneOffset.UTC) : state.question().today();
        return Map.of("question", Fence.of(state.question().text()), "schema", schema.of(state),
                "directives", schema.directives(state), "today", today.toString(),
                "attempts", Fence.of(attempts(state)),
                "conversation", Turns.lines(state.question()));
    }

    /** What was tried before, for a question that is analysed again. */
    private static String attempts(QueryState state) {
        Stream<String> earlier = state.retry() == null || state.retry().query() == null ? Stream.empty()
                : Stream.of(state.retry().query() + "\n" + Feedback.lines(state.retry()));
        String all = Stream.concat(earlier, state.drafted().stream()
                .map(attempt -> attempt.query() + "\n" + Findings.lines(attempt.findings())))
                .collect(Collectors.joining("\n\n"));
        return all.isEmpty() ? "none" : all;
    }

    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        SchemaGroup group = context.of(state);
        String asked = reply.path("clarification").asText("").strip();
        if (!asked.isEmpty()) {
            return state.revise().analysis(null).status(Status.NEEDS_CLARIFICATION)
                    .clarification(new Clarification(asked, null, texts(reply, "choices"), List.of())).done();
        }
        List<String> tables = texts(reply, "tables");
        String definition = tables.stream().flatMap(name -> group.table(name).stream()).findFirst()
                .map(TableDefinition::definition).orElse(null);
        if (definition == null) {
            throw new UnusableReplyException("'tables' names no table of the schema.");
        }
        Target.Choice choice = target.choose(state.question(), group, definition);
        List<String> near = examples.of(state.question().text(), group, choice.dialect().name()).stream()
                .map(Example::question).toList();
        List<String> known = group.directives().stream().map(directive -> directive.key()).toList();
        return state.revise().status(Status.RUNNING).clarification(null)
                .analysis(new Analysis(LlmStage.text(reply, "query_type"), LlmStage.text(reply, "complexity"),
                        texts(reply, "steps"), choice.dialect().name(),
                        choice.datasource() == null ? null : choice.datasource().name(),
                        texts(reply, "directives").stream().filter(known::contains).toList(), near, null,
                        LlmStage.confidence(reply)))
                .done();
    }

    private static List<String> texts(JsonNode reply, String field) {
        List<String> texts = new ArrayList<>();
        reply.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
