package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.pipeline.QueryState.Answer;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** By LLM: drafts what a table and its columns are, from their names, types, keys and sample values. */
@Component
class LlmDraftingStage implements LlmStage {

    /** The name of the stage. */
    static final String NAME = "draft-description";

    private static final int MOST_SAMPLES = 5;
    private static final int LONGEST_SAMPLE = 60;
    private static final int LONGEST = 500;

    private final SchemaContext context;

    LlmDraftingStage(SchemaContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> values(QueryState state) {
        SchemaGroup group = context.of(state);
        TableDefinition table = table(state, group);
        String columns = table.columns().stream().map(column -> column.name() + " " + column.type()
                + (column.primaryKey() ? " key" : "") + (column.description() == null ? "" : ": " + column.description())
                + (column.sampleValues().isEmpty() ? "" : " [such as " + column.sampleValues().stream().limit(MOST_SAMPLES)
                        .map(value -> value.length() > LONGEST_SAMPLE ? value.substring(0, LONGEST_SAMPLE) + "…" : value)
                        .collect(Collectors.joining(", ")) + "]")).collect(Collectors.joining("\n"));
        String joins = group.relationships().stream()
                .filter(tie -> tie.sourceTable().equalsIgnoreCase(table.name()) || tie.targetTable().equalsIgnoreCase(table.name()))
                .map(tie -> tie.sourceTable() + tie.sourceColumns() + " refers to " + tie.targetTable() + tie.targetColumns())
                .collect(Collectors.joining("\n"));
        return Map.of("group", Fence.of(group.name() + (group.description() == null ? "" : ": " + group.description())),
                "table", Fence.of(table.name() + (table.description() == null ? "" : ": " + table.description())),
                "columns", Fence.of(columns), "joins", Fence.of(joins));
    }

    /** The description is the answer's text; those of columns that the table has are its chart, by name. */
    @Override
    public QueryState apply(QueryState state, JsonNode reply, String model) {
        TableDefinition table = table(state, context.of(state));
        Map<String, Object> columns = new LinkedHashMap<>();
        for (JsonNode column : reply.path("columns")) {
            String description = shortened(column.path("description").asText(""));
            table.column(column.path("name").asText("")).filter(known -> !description.isEmpty())
                    .ifPresent(known -> columns.put(known.name(), description));
        }
        return state.revise().answer(new Answer(shortened(LlmStage.text(reply, "description")), List.of(), columns)).done();
    }

    private static TableDefinition table(QueryState state, SchemaGroup group) {
        var hit = state.retrieval().hits().get(0);
        return group.table(hit.definition(), hit.table()).orElseThrow();
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
    }
}
