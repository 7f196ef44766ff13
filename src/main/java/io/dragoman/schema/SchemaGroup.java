package io.dragoman.schema;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that is known of one logical group of databases, as one immutable snapshot. The same instance is handed out until
 * the group changes, so that what is compiled from it can be kept by identity.
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
public record SchemaGroup(UUID id, String name, String description, long version, List<SchemaDefinition> definitions,
        List<TableDefinition> tables, List<Relationship> relationships, List<Example> examples,
        List<Directive> directives, List<Synonym> synonyms) {

    /** Copies the lists. */
    public SchemaGroup {
        definitions = List.copyOf(definitions);
        tables = List.copyOf(tables);
        relationships = List.copyOf(relationships);
        examples = List.copyOf(examples);
        directives = List.copyOf(directives);
        synonyms = List.copyOf(synonyms);
    }

    /** The first table of that name, ignoring case; empty when there is none. */
    public Optional<TableDefinition> table(String tableName) {
        return tables.stream().filter(table -> table.name().equalsIgnoreCase(tableName)).findFirst();
    }

    /** The definition of that name; empty when there is none. */
    public Optional<SchemaDefinition> definition(String definitionName) {
        return definitions.stream().filter(definition -> definition.name().equals(definitionName)).findFirst();
    }
}
