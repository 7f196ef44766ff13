package io.dragoman.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a table keeps to {@link SchemaLimits} and has each column once. */
final class TableCheck {

    private TableCheck() {
    }

    /** What is wrong with the table, or null. */
    static String problem(TableDefinition table) {
        String problem = name("name", table.name());
        problem = problem != null ? problem : name("definition", table.definition());
        problem = problem != null ? problem : text("description", table.description());
        problem = problem != null ? problem : texts("synonyms", table.synonyms(), SchemaLimits.NAME);
        if (problem == null && table.columns().size() > SchemaLimits.COLUMNS) {
            problem = "has more than " + SchemaLimits.COLUMNS + " columns";
        }
        Set<String> names = new HashSet<>();
        for (ColumnDefinition column : table.columns()) {
            if (problem != null) {
                return problem;
            }
            String at = "columns['" + abbreviated(column.name()) + "'].";
            problem = name(at + "name", column.name());
            problem = problem != null ? problem : text(at + "description", column.description());
            problem = problem != null ? problem : text(at + "type", column.type());
            problem = problem != null ? problem : texts(at + "synonyms", column.synonyms(), SchemaLimits.NAME);
            problem = problem != null ? problem
                    : texts(at + "sample_values", column.sampleValues(), SchemaLimits.TEXT);
            if (problem == null && !names.add(column.name().toLowerCase(Locale.ROOT))) {
                problem = "has column '" + column.name() + "' twice";
            }
        }
        return problem;
    }

    private static String name(String field, String name) {
        if (name == null || name.isBlank()) {
            return "has no " + field;
        }
        return at(field, SchemaLimits.problem(name, SchemaLimits.NAME));
    }

    private static String text(String field, String text) {
        return at(field, SchemaLimits.problem(text, SchemaLimits.TEXT));
    }

    private static String texts(String field, List<String> texts, int most) {
        if (texts.size() > SchemaLimits.LIST) {
            return at(field, "has more than " + SchemaLimits.LIST + " entries");
        }
        for (int i = 0; i < texts.size(); i++) {
            String problem = at(field + "[" + i + "]", SchemaLimits.problem(texts.get(i), most));
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static String at(String field, String problem) {
        return problem == null ? null : "has a " + field + " that " + problem;
    }

    private static String abbreviated(String name) {
        return name == null || name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }
}
