package io.dragoman.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns the names of a relationship into tables and columns that are there. */
final class RelationshipCheck {

    private static final Set<String> TYPES = Set.of("many_to_one", "one_to_many", "one_to_one", "many_to_many", "as_of");

    private RelationshipCheck() {
    }

    /** A relationship in the tables' own spelling, or why it cannot be. */
    record Outcome(Resolved resolved, String field, String problem) {
    }

    /** A relationship with its tables. */
    record Resolved(TableDefinition source, TableDefinition target, Relationship value) {

        /** Its name in reports, and the key by which it is recognised. */
        String name() {
            return source.definition() + "." + source.name() + "(" + String.join(", ", value.sourceColumns()) + ") -> "
                    + (source.definition().equals(target.definition()) ? "" : target.definition() + ".")
                    + target.name() + "(" + String.join(", ", value.targetColumns()) + ")";
        }
    }

    static Outcome check(Relationship relationship, TableNames names, Set<String> prefers) {
        TableDefinition source = names.table(relationship.sourceTable(), prefers);
        if (source == null) {
            return problem("source_table", "names table '" + relationship.sourceTable() + "', which is not there");
        }
        TableDefinition target = names.table(relationship.targetTable(), Set.of(source.definition()));
        if (target == null) {
            return problem("target_table", "names table '" + relationship.targetTable() + "', which is not there");
        }
        if (relationship.sourceColumns().isEmpty()
                || relationship.sourceColumns().size() != relationship.targetColumns().size()) {
            return problem("source_columns", "needs as many source columns as target columns, and at least one");
        }
        List<String> sourceColumns = new ArrayList<>();
        List<String> targetColumns = new ArrayList<>();
        for (int i = 0; i < relationship.sourceColumns().size(); i++) {
            String sourceColumn = names.column(source, relationship.sourceColumns().get(i));
            String targetColumn = names.column(target, relationship.targetColumns().get(i));
            if (sourceColumn == null) {
                return problem("source_columns", "names column '" + relationship.sourceColumns().get(i)
                        + "', which table '" + source.name() + "' does not have");
            }
            if (targetColumn == null) {
                return problem("target_columns", "names column '" + relationship.targetColumns().get(i)
                        + "', which table '" + target.name() + "' does not have");
            }
            sourceColumns.add(sourceColumn);
            targetColumns.add(targetColumn);
        }
        String type = type(relationship.type());
        if (type == null) {
            return problem("type", "is of type '" + relationship.type()
                    + "'; known are many_to_one, one_to_many, one_to_one, many_to_many and as_of");
        }
        return new Outcome(new Resolved(source, target, new Relationship(relationship.id(), source.name(),
                sourceColumns, target.name(), targetColumns, type)), null, null);
    }

    /** Whether a stored relationship's tables and columns are still among the tables. */
    static boolean stands(Resolved relationship, Map<SchemaWriter.TableKey, TableDefinition> tables) {
        return hasColumns(tables.get(SchemaWriter.TableKey.of(relationship.source())),
                relationship.value().sourceColumns())
                && hasColumns(tables.get(SchemaWriter.TableKey.of(relationship.target())),
                relationship.value().targetColumns());
    }

    private static boolean hasColumns(TableDefinition table, List<String> names) {
        return table != null && names.stream().allMatch(name -> table.column(name).isPresent());
    }

    private static Outcome problem(String field, String problem) {
        return new Outcome(null, field, problem);
    }

    /** The type as it is stored; {@code many_to_one} when not said, null when unknown. */
    private static String type(String said) {
        if (said == null || said.isBlank()) {
            return "many_to_one";
        }
        String type = said.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        String known = switch (type) {
            case "n:1", "manytoone" -> "many_to_one";
            case "1:n", "onetomany" -> "one_to_many";
            case "1:1", "onetoone" -> "one_to_one";
            case "n:m", "n:n", "m:n", "manytomany" -> "many_to_many";
            case "asof", "aj" -> "as_of";
            default -> type;
        };
        return TYPES.contains(known) ? known : null;
    }
}
