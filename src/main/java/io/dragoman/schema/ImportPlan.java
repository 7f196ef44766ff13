package io.dragoman.schema;

import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.SchemaWriter.StoredRelationship;
import io.dragoman.schema.SchemaWriter.TableKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What an import will write, worked out before anything is written. */
final class ImportPlan {

    private final SchemaGroup before;
    private final SchemaDocument document;
    private final ImportMode mode;
    private final ChangeLog log = new ChangeLog();
    private final List<Rejection> rejected;
    private final Map<String, SchemaDefinition> definitions = new LinkedHashMap<>();
    private final Map<TableKey, TableDefinition> tables = new LinkedHashMap<>();
    private final Set<String> imported = new LinkedHashSet<>();
    private final List<SchemaDefinition> definitionWrites = new ArrayList<>();
    private final List<SchemaDefinition> definitionRemovals = new ArrayList<>();
    private final List<TableDefinition> tableWrites = new ArrayList<>();
    private final List<TableDefinition> tableRemovals = new ArrayList<>();
    private final List<RelationshipCheck.Resolved> relationshipWrites = new ArrayList<>();
    private final List<UUID> relationshipRemovals = new ArrayList<>();

    private List<Example> exampleWrites = List.of();
    private List<Directive> directiveWrites = List.of();
    private List<Synonym> synonymWrites = List.of();
    private final List<UUID> exampleRemovals = new ArrayList<>();
    private final List<UUID> directiveRemovals = new ArrayList<>();
    private final List<UUID> synonymRemovals = new ArrayList<>();

    private ImportPlan(SchemaGroup before, SchemaDocument document, ImportMode mode) {
        this.before = before;
        this.document = document;
        this.mode = mode;
        this.rejected = new ArrayList<>(document.rejected());
        before.definitions().forEach(definition -> definitions.put(definition.name(), definition));
        before.tables().forEach(table -> tables.put(TableKey.of(table), table));
    }

    /** Plans the import of a document into the group as it is, with the group's relationships. */
    static ImportPlan of(SchemaGroup before, List<RelationshipCheck.Resolved> relationships, SchemaDocument document,
            ImportMode mode) {
        ImportPlan plan = new ImportPlan(before, document, mode);
        plan.planTables();
        plan.planDefinitions();
        plan.planRelationships(relationships);
        plan.planWords();
        return plan;
    }

    List<Rejection> rejected() {
        return rejected;
    }

    ChangeLog log() {
        return log;
    }

    int tableCount() {
        return tables.size();
    }

    private void planTables() {
        Map<TableKey, Part<TableDefinition>> coming = new LinkedHashMap<>();
        String defaultDefinition = defaultDefinition();
        for (Part<TableDefinition> part : document.tables()) {
            TableDefinition table = inDefinition(part.value(), defaultDefinition);
            String problem = TableCheck.problem(table);
            if (problem != null) {
                rejected.add(part.rejected(problem));
            } else if (coming.putIfAbsent(TableKey.of(table), new Part<>(table, part.line(), part.column(), part.path()))
                    != null) {
                rejected.add(part.rejected("is table '" + table.name() + "' for the second time"));
            } else {
                imported.add(table.definition());
            }
        }
        document.definitions().forEach(definition -> imported.add(named(definition, defaultDefinition)));
        if (coming.size() > SchemaLimits.TABLES) {
            rejected.add(new Rejection(null, null, "tables", "has more than " + SchemaLimits.TABLES + " tables"));
        }
        for (TableDefinition stored : before.tables()) {
            if (!coming.containsKey(TableKey.of(stored)) && isRemoved(stored.definition())) {
                tables.remove(TableKey.of(stored));
                tableRemovals.add(stored);
                log.removed().add("table " + name(stored));
            }
        }
        coming.forEach((key, part) -> planTable(key, part.value()));
    }

    private void planTable(TableKey key, TableDefinition coming) {
        TableDefinition stored = tables.get(key);
        if (stored == null) {
            log.added().add("table " + name(coming));
            tables.put(key, coming);
            tableWrites.add(coming);
            return;
        }
        TableDefinition merged = TableMerge.merge(stored, coming);
        if (!merged.equals(stored)) {
            if (TableMerge.noteColumns(stored, merged, name(stored), log)) {
                log.changed().add("table " + name(stored));
            }
            tables.put(key, merged);
            tableWrites.add(merged);
        }
    }

    /** Nothing is taken for gone when a part of the upload could not be read, as it may be that part. */
    private boolean isRemoved(String definition) {
        return rejected.isEmpty()
                && (mode == ImportMode.REPLACE || mode == ImportMode.MERGE && imported.contains(definition));
    }

    private void planDefinitions() {
        String defaultDefinition = defaultDefinition();
        Map<String, SchemaDefinition> coming = new LinkedHashMap<>();
        imported.forEach(name -> coming.put(name, new SchemaDefinition(null, name, null, null, null)));
        for (SchemaDefinition definition : document.definitions()) {
            String name = named(definition, defaultDefinition);
            coming.put(name, new SchemaDefinition(null, name, definition.description(), definition.dialect(),
                    definition.datasource()));
        }
        definitionWrites.addAll(log.put("definition", definitions.values(), coming.values(), SchemaDefinition::name,
                (stored, next) -> new SchemaDefinition(stored.id(), stored.name(),
                        TableMerge.or(next.description(), stored.description()),
                        TableMerge.or(next.dialect(), stored.dialect()),
                        TableMerge.or(next.datasource(), stored.datasource()))));
        if (mode == ImportMode.REPLACE && rejected.isEmpty()) {
            definitionRemovals.addAll(log.remove("definition", definitions.values(), coming.values(),
                    SchemaDefinition::name));
        } else {
            removePlaceholder(coming.keySet());
        }
    }

    /** A new group has one definition of its own name, which goes when others come and nothing was ever put into it. */
    private void removePlaceholder(Set<String> coming) {
        SchemaDefinition placeholder = definitions.get(before.name());
        boolean unused = placeholder != null && placeholder.dialect() == null && placeholder.datasource() == null
                && placeholder.description() == null && !coming.contains(before.name())
                && tables.values().stream().noneMatch(table -> table.definition().equals(before.name()));
        if (unused && !coming.isEmpty()) {
            definitionRemovals.add(placeholder);
        }
    }

    private void planRelationships(List<RelationshipCheck.Resolved> stored) {
        TableNames names = new TableNames(tables.values());
        Map<String, RelationshipCheck.Resolved> coming = new LinkedHashMap<>();
        for (Part<Relationship> part : document.relationships()) {
            RelationshipCheck.Outcome outcome = RelationshipCheck.check(part.value(), names, imported);
            if (outcome.problem() != null) {
                rejected.add(part.rejected(outcome.problem()));
            } else {
                coming.putIfAbsent(outcome.resolved().name(), outcome.resolved());
            }
        }
        List<RelationshipCheck.Resolved> alive = new ArrayList<>();
        for (RelationshipCheck.Resolved relationship : stored) {
            boolean wanted = mode != ImportMode.REPLACE || !rejected.isEmpty()
                    || coming.containsKey(relationship.name());
            if (wanted && RelationshipCheck.stands(relationship, tables)) {
                alive.add(relationship);
            } else {
                relationshipRemovals.add(relationship.value().id());
                log.removed().add("relationship " + relationship.name());
            }
        }
        relationshipWrites.addAll(log.put("relationship", alive, coming.values(), RelationshipCheck.Resolved::name,
                (known, next) -> known.value().type().equals(next.value().type()) ? known : next));
    }

    private void planWords() {
        TableNames names = new TableNames(tables.values());
        List<Synonym> synonyms = new ArrayList<>();
        for (Part<Synonym> part : document.synonyms()) {
            String problem = names.targetProblem(part.value().target());
            if (problem == null) {
                synonyms.add(part.value());
            } else {
                rejected.add(part.rejected(problem));
            }
        }
        List<Example> examples = values(document.examples());
        List<Directive> directives = values(document.directives());
        exampleWrites = log.put("example", before.examples(), examples, ImportPlan::name,
                (stored, next) -> new Example(stored.id(), stored.question(), next.query(), stored.dialect(),
                        TableMerge.or(next.explanation(), stored.explanation()), stored.feedbackId()));
        directiveWrites = log.put("directive", before.directives(), directives, Directive::key,
                (stored, next) -> new Directive(stored.id(), stored.key(), next.value(),
                        TableMerge.or(next.context(), stored.context()),
                        TableMerge.or(next.expression(), stored.expression())));
        synonymWrites = log.put("synonym", before.synonyms(), synonyms, ImportPlan::name, (stored, next) -> stored);
        if (mode == ImportMode.REPLACE && rejected.isEmpty()) {
            log.remove("example", before.examples(), examples, ImportPlan::name)
                    .forEach(gone -> exampleRemovals.add(gone.id()));
            log.remove("directive", before.directives(), directives, Directive::key)
                    .forEach(gone -> directiveRemovals.add(gone.id()));
            log.remove("synonym", before.synonyms(), synonyms, ImportPlan::name)
                    .forEach(gone -> synonymRemovals.add(gone.id()));
        }
    }

    /** Writes what was planned. */
    void write(UUID group, SchemaWriter writer) {
        definitionWrites.forEach(definition -> writer.putDefinition(group, definition));
        writer.delete("table_relationships", relationshipRemovals);
        writer.delete("table_definitions", tableRemovals.stream().map(TableDefinition::id).toList());
        writer.delete("schema_definitions", definitionRemovals.stream().map(SchemaDefinition::id).toList());
        writer.putTables(group, tableWrites);
        if (!relationshipWrites.isEmpty()) {
            Map<TableKey, UUID> ids = writer.tableIds(group);
            writer.putRelationships(group, relationshipWrites.stream()
                    .map(relationship -> new StoredRelationship(ids.get(TableKey.of(relationship.source())),
                            ids.get(TableKey.of(relationship.target())), relationship.value())).toList());
        }
        writer.delete("schema_examples", exampleRemovals);
        writer.delete("glossary_directives", directiveRemovals);
        writer.delete("synonyms", synonymRemovals);
        writer.putExamples(group, exampleWrites);
        writer.putDirectives(group, directiveWrites);
        writer.putSynonyms(group, synonymWrites);
    }

    /** Where tables go that do not say in which database they are. */
    private String defaultDefinition() {
        if (before.definitions().size() == 1) {
            return before.definitions().get(0).name();
        }
        return before.name();
    }

    private static String named(SchemaDefinition definition, String defaultDefinition) {
        return definition.name() == null ? defaultDefinition : definition.name();
    }

    private static TableDefinition inDefinition(TableDefinition table, String defaultDefinition) {
        return table.definition() != null ? table : table.in(defaultDefinition);
    }

    private String name(TableDefinition table) {
        return definitions.size() <= 1 && imported.size() <= 1 ? table.name()
                : table.definition() + "." + table.name();
    }

    private static String name(Example example) {
        return (example.dialect() == null ? "" : "(" + example.dialect() + ") ") + example.question();
    }

    private static String name(Synonym synonym) {
        return synonym.term() + " = " + synonym.target();
    }

    private static <T> List<T> values(Collection<Part<T>> parts) {
        return parts.stream().map(Part::value).toList();
    }
}
