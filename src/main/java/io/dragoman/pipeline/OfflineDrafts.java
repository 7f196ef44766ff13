package io.dragoman.pipeline;

import io.dragoman.pipeline.QueryState.Answer;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Offline: drafts of a table and its columns what names, keys and relationships say, and no more. */
@Component("offlineDrafts")
class OfflineDrafts {

    private final SchemaContext context;

    OfflineDrafts(SchemaContext context) {
        this.context = context;
    }

    /** Sets the answer as {@link LlmDraftingStage#apply} does. */
    public QueryState apply(QueryState state) {
        SchemaGroup group = context.of(state);
        var hit = state.retrieval().hits().get(0);
        TableDefinition table = group.table(hit.definition(), hit.table()).orElseThrow();
        Map<String, Object> columns = new LinkedHashMap<>();
        for (ColumnDefinition column : table.columns()) {
            String owner = target(group, table, column);
            if (owner != null) {
                columns.put(column.name(), "The " + words(owner) + " that it belongs to");
            } else if (column.primaryKey()) {
                columns.put(column.name(), "Tells the rows of " + words(table.name()) + " apart");
            }
        }
        StringBuilder text = new StringBuilder("Rows of ").append(words(table.name()));
        List<String> targets = group.relationships().stream().filter(tie -> tie.sourceTable().equalsIgnoreCase(table.name()))
                .map(Relationship::targetTable).distinct().map(OfflineDrafts::words).toList();
        if (!targets.isEmpty()) {
            text.append(", which refer to ").append(String.join(", ", targets));
        }
        return state.revise().answer(new Answer(text.toString(), List.of(), columns)).done();
    }

    private static String target(SchemaGroup group, TableDefinition table, ColumnDefinition column) {
        return group.relationships().stream().filter(tie -> tie.sourceTable().equalsIgnoreCase(table.name())
                        && tie.sourceColumns().size() == 1 && tie.sourceColumns().get(0).equalsIgnoreCase(column.name()))
                .map(Relationship::targetTable).findFirst().orElse(null);
    }

    private static String words(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('_', ' ').toLowerCase(Locale.ROOT).strip();
    }
}
