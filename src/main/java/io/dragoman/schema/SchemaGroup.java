package io.dragoman.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * All that is known of one logical group of databases, as one immutable snapshot. The same instance is handed out until
 * the group changes, so that what is compiled from it can be kept by identity. Looking a table up by name takes the same
 * time however many there are.
 */
public final class SchemaGroup {

    private final UUID id;
    private final String name;
    private final String description;
    private final long version;
    private final List<SchemaDefinition> definitions;
    private final List<TableDefinition> tables;
    private final List<Relationship> relationships;
    private final List<Example> examples;
    private final List<Directive> directives;
    private final List<Synonym> synonyms;
    /** Made when it is first needed. */
    private volatile NameIndex index;

    /**
     * A snapshot. Copies the lists.
     *
     * @param id            the stored id
     * @param name          unique over all groups
     * @param description   what the group is about; null when nobody said
     * @param version       grows with every change of the group or of anything in it
     * @param definitions   the databases of the group, at least one
     * @param tables        ordered by definition, then name
     * @param relationships in no particular order
     * @param examples      in the order they were added
     * @param directives    in the order they were added
     * @param synonyms      in the order they were added
     */
    public SchemaGroup(UUID id, String name, String description, long version, List<SchemaDefinition> definitions,
            List<TableDefinition> tables, List<Relationship> relationships, List<Example> examples,
            List<Directive> directives, List<Synonym> synonyms) {
        this.id = id;
        this.name = name;
        this.description = description;
        this.version = version;
        this.definitions = List.copyOf(definitions);
        this.tables = List.copyOf(tables);
        this.relationships = List.copyOf(relationships);
        this.examples = List.copyOf(examples);
        this.directives = List.copyOf(directives);
        this.synonyms = List.copyOf(synonyms);
    }

    /** The stored id. */
    public UUID id() {
        return id;
    }

    /** The name, unique over all groups. */
    public String name() {
        return name;
    }

    /** What the group is about; null when nobody said. */
    public String description() {
        return description;
    }

    /** Grows with every change of the group or of anything in it. */
    public long version() {
        return version;
    }

    /** The databases of the group, at least one. */
    public List<SchemaDefinition> definitions() {
        return definitions;
    }

    /** All tables, ordered by definition, then name. */
    public List<TableDefinition> tables() {
        return tables;
    }

    /** All relationships, in no particular order. */
    public List<Relationship> relationships() {
        return relationships;
    }

    /** The examples, in the order they were added. */
    public List<Example> examples() {
        return examples;
    }

    /** The directives, in the order they were added. */
    public List<Directive> directives() {
        return directives;
    }

    /** The synonyms, in the order they were added. */
    public List<Synonym> synonyms() {
        return synonyms;
    }

    /** The first table of that name, ignoring case; empty when there is none. */
    public Optional<TableDefinition> table(String tableName) {
        return index().named(tableName).findFirst();
    }

    /** The first table of that name, ignoring case, in that definition; empty when there is none. */
    public Optional<TableDefinition> table(String definitionName, String tableName) {
        return index().named(tableName).filter(table -> table.definition().equals(definitionName)).findFirst();
    }

    /** The first table that is spelled exactly so; empty when there is none. */
    public Optional<TableDefinition> tableSpelled(String tableName) {
        return index().named(tableName).filter(table -> table.name().equals(tableName)).findFirst();
    }

    /** The first table whose name ends in a dot and this, ignoring case, as {@code sales.orders} does in {@code orders}. */
    public Optional<TableDefinition> tableWithin(String unqualifiedName) {
        return index().ending(unqualifiedName).findFirst();
    }

    /** The names of all tables, as they are spelled. */
    public Set<String> tableNames() {
        return index().tableNames();
    }

    /** The names of the columns of all tables, as they are spelled. */
    public Set<String> columnNames() {
        return index().columnNames();
    }

    /** The relationships that a table, by its name ignoring case, is the source of. */
    public Stream<Relationship> relationshipsFrom(String tableName) {
        return index().from(tableName);
    }

    /** The same group with only the tables that are spelled so, and the relationships between them. */
    public SchemaGroup part(Set<String> tableNames) {
        return new SchemaGroup(id, name, description, version, definitions, index().spelled(tableNames),
                index().between(tableNames), examples, directives, synonyms);
    }

    /** The definition of that name; empty when there is none. */
    public Optional<SchemaDefinition> definition(String definitionName) {
        return definitions.stream().filter(definition -> definition.name().equals(definitionName)).findFirst();
    }

    private NameIndex index() {
        NameIndex known = index;
        if (known == null) {
            known = new NameIndex(tables, relationships);
            index = known;
        }
        return known;
    }
}
