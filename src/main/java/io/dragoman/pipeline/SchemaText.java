package io.dragoman.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.dragoman.config.LlmProperties;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Directive;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.TableHit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
    private static final int MOST_DIRECTIVES = 50;
    private static final int GLOSSARY_SHARE = 4;
    private static final int SPARE = 100;

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final SchemaContext context;
    private final int budget;
    private final LoadingCache<TableDefinition, Prepared> tables = Caffeine.newBuilder().weakKeys().build(Prepared::of);

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
                String described = tables.get(table).text(question);
                if (text.length() + described.length() <= budget) {
                    text.append(described);
                    whole.add(table.name().toLowerCase(Locale.ROOT));
                } else if (text.isEmpty()) {
                    text.append(narrowed(table));
                    whole.add(table.name().toLowerCase(Locale.ROOT));
                } else {
                    byName.add(table.name());
                }
            });
        }
        for (Relationship relationship : group.relationships()) {
            if (whole.contains(relationship.sourceTable().toLowerCase(Locale.ROOT))
                    && whole.contains(relationship.targetTable().toLowerCase(Locale.ROOT))) {
                String join = "Join: " + join(relationship) + '\n';
                text.append(text.length() + join.length() <= budget ? join : "");
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

    /** The glossary, one directive a line, as far as it fits beside the schema. */
    String directives(QueryState state) {
        StringBuilder text = new StringBuilder();
        context.of(state).directives().stream().map(directive -> line(directive) + '\n')
                .filter(line -> text.length() + line.length() <= budget / GLOSSARY_SHARE).limit(MOST_DIRECTIVES).forEach(text::append);
        return Fence.of(text.toString().strip());
    }

    /** The best table when it is too large to be shown whole: as many columns as fit, by name and type. */
    private String narrowed(TableDefinition table) {
        StringBuilder text = new StringBuilder("Table ").append(table.name()).append(shortened(table.description())).append('\n');
        int shown = 0;
        for (ColumnDefinition column : table.columns()) {
            String line = "  " + column.name() + ' ' + (column.type() == null ? "?" : column.type())
                    + (column.primaryKey() ? " key" : "") + '\n';
            if (text.length() + line.length() > budget - SPARE) {
                break;
            }
            text.append(line);
            shown++;
        }
        return shown == table.columns().size() ? text.toString()
                : text.append("  and ").append(table.columns().size() - shown).append(" more columns\n").toString();
    }

    private static String line(Directive directive) {
        return directive.key() + ": " + directive.value()
                + (directive.expression() == null ? "" : " [" + directive.expression() + "]");
    }

    private static String join(Relationship one) {
        return one.sourceTable() + "(" + String.join(", ", one.sourceColumns()) + ") = " + one.targetTable() + "("
                + String.join(", ", one.targetColumns()) + ")" + (one.type() == null ? "" : " " + one.type());
    }

    /**
     * A table as prompts show it, made once for each snapshot of it.
     *
     * @param parts  its text, cut behind each column
     * @param values the values of that column as they are written, by how questions are searched for them
     */
    private record Prepared(List<String> parts, List<Map<String, String>> values) {

        static Prepared of(TableDefinition table) {
            List<String> parts = new ArrayList<>();
            List<Map<String, String>> values = new ArrayList<>();
            StringBuilder text = new StringBuilder("Table ").append(table.name());
            if (table.rowCount() != null) {
                text.append(" (").append(table.rowCount()).append(" rows)");
            }
            text.append(shortened(table.description())).append('\n');
            for (ColumnDefinition column : table.columns()) {
                text.append("  ").append(column.name()).append(' ').append(column.type() == null ? "?" : column.type())
                        .append(column.primaryKey() ? " key" : "").append(shortened(column.description()));
                Map<String, String> known = new LinkedHashMap<>();
                column.sampleValues().stream().filter(value -> value.length() >= SHORTEST_VALUE)
                        .forEach(value -> known.putIfAbsent(value.toLowerCase(Locale.ROOT), value));
                if (!known.isEmpty()) {
                    parts.add(text.toString());
                    values.add(known);
                    text.setLength(0);
                }
                text.append('\n');
            }
            parts.add(text.toString());
            return new Prepared(parts, values);
        }

        /** The text, with the values that a question in lower case mentions. */
        String text(String question) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                text.append(parts.get(i));
                if (i < values.size()) {
                    String linked = values.get(i).entrySet().stream()
                            .filter(value -> value.getKey().length() <= question.length() && question.contains(value.getKey()))
                            .limit(MOST_VALUES).map(value -> "'" + value.getValue() + "'").collect(Collectors.joining(", "));
                    text.append(linked.isEmpty() ? "" : " [has " + linked + "]");
                }
            }
            return text.toString();
        }
    }

    private static String shortened(String description) {
        if (description == null || description.isBlank()) {
            return "";
        }
        String line = SPACES.matcher(description.strip()).replaceAll(" ");
        return ": " + (line.length() > LONGEST_DESCRIPTION ? line.substring(0, LONGEST_DESCRIPTION) + "…" : line);
    }
}
