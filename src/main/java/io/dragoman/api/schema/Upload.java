package io.dragoman.api.schema;

import io.dragoman.api.schema.RelationshipCalls.JoinKey;
import java.util.List;

/**
 * What an uploaded schema looks like in JSON; for the description of the API. It is read by
 * {@link io.dragoman.schema.format.SchemaFormat}, which knows more spellings.
 *
 * @param schemaGroupName the group; may be given as a parameter instead
 */
record Upload(String schemaGroupName, SchemaData schemaData) {

    record SchemaData(String definition, String dialect, String datasource, String description, List<Table> tables,
            List<TableLink> relationships, List<SampleQuery> examples, List<GlossaryWord> directives, List<Word> synonyms) {
    }

    record Table(String name, String description, List<String> synonyms, List<Column> columns) {
    }

    record Column(String name, String type, String description, Boolean primaryKey, Boolean nullable,
            List<String> synonyms, List<String> sampleValues) {
    }

    record TableLink(String sourceTable, String targetTable, String relationshipType, List<JoinKey> joinKeys) {
    }

    record SampleQuery(String question, String query, String dialect, String explanation) {
    }

    record GlossaryWord(String directiveKey, String directiveValue, String context, String expression) {
    }

    record Word(String term, String target) {
    }
}
