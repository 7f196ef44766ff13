package io.dragoman.pipeline;

import io.dragoman.config.LlmProperties;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.TableHit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * A schema group as prompts show it, within a budget of tokens: the best tables whole, the rest by name. Sample values are
 * shown only where the question mentions them. What people wrote is fenced.
 */
@Component
class SchemaText {

    /** The usual estimate for English and code. */
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int LONGEST_DESCRIPTION = 160;
    private static final int SHORTEST_VALUE = 2;
    private static final int MOST_VALUES = 5;

    private final SchemaContext context;
    private final int budget;

    SchemaText(SchemaContext context, LlmProperties properties) {
        this.context = context;
        this.budget = properties.contextTokens() * CHARACTERS_A_TOKEN;
    }

    /** The tables that were retrieved, best first, then the names of the others. */
    String of(QueryState state) {
        SchemaGroup group = context.of(state);
        String question = state.question().text().toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder();
        List<String> whole = new ArrayList<>();
        Set<String> byName = new TreeSet<>();
        for (TableHit hit : state.retrieval().hits()) {
            group.table(hit.table()).ifPresent(table -> {
                String described = describe(table, question);
                if (text.length() + described.length() <= budget) {
                    text.append(described);
                    whole.add(table.name().toLowerCase(Locale.ROOT));
                } else {
                    byName.add(table.name());
                }
            });
        }
        for (Relationship relationship : group.relationships()) {
            if (whole.contains(relationship.sourceTable().toLowerCase(Locale.ROOT))
                    && whole.contains(relationship.targetTable().toLowerCase(Locale.ROOT))) {
                text.append("Join: ").append(join(relationship)).append('\n');
            }
        }
        int left = budget - text.length();
        group.tables().stream().map(TableDefinition::name).filter(name -> !whole.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(byName::add);
        String others = String.join(", ", byName);
        if (!others.isEmpty() && left > 100) {
            text.append("Other tables, by name only: ")
                    .append(others.length() > left ? others.substring(0, left) + " …" : others).append('\n');
        }
        return Fence.of(text.toString());
    }

    /** The glossary, one directive a line. */
    String directives(QueryState state) {
        return Fence.of(context.of(state).directives().stream().map(SchemaText::line).limit(50)
                .collect(Collectors.joining("\n")));
    }

    private static String line(Directive directive) {
        return directive.key() + ": " + directive.value()
                + (directive.expression() == null ? "" : " [" + directive.expression() + "]");
    }

    private static String join(Relationship one) {
        return one.sourceTable() + "(" + String.join(", ", one.sourceColumns()) + ") = " + one.targetTable() + "("
                + String.join(", ", one.targetColumns()) + ")" + (one.type() == null ? "" : " " + one.type());
    }

    private static String describe(TableDefinition table, String question) {
        StringBuilder text = new StringBuilder("Table ").append(table.name());
        if (table.rowCount() != null) {
            text.append(" (").append(table.rowCount()).append(" rows)");
        }
        text.append(shortened(table.description())).append('\n');
        for (ColumnDefinition column : table.columns()) {
            text.append("  ").append(column.name()).append(' ').append(column.type() == null ? "?" : column.type());
            if (column.primaryKey()) {
                text.append(" key");
            }
            text.append(shortened(column.description()));
            String linked = column.sampleValues().stream().filter(value -> value.length() >= SHORTEST_VALUE
                            && question.contains(value.toLowerCase(Locale.ROOT)))
                    .limit(MOST_VALUES).map(value -> "'" + value + "'").collect(Collectors.joining(", "));
            if (!linked.isEmpty()) {
                text.append(" [has ").append(linked).append(']');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String shortened(String description) {
        if (description == null || description.isBlank()) {
            return "";
        }
        String line = description.strip().replaceAll("\\s+", " ");
        return ": " + (line.length() > LONGEST_DESCRIPTION ? line.substring(0, LONGEST_DESCRIPTION) + "…" : line);
    }
}
