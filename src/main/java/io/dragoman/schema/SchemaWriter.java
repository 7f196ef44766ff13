package io.dragoman.schema;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes parts of schema groups to the database, within the caller's transaction. */
@Repository
class SchemaWriter {

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    SchemaWriter(JdbcTemplate batches) {
        this.jdbc = JdbcClient.create(batches);
        this.batches = batches;
    }

    /** Creates the group unless there is one of that name. */
    boolean createGroup(String name, String description) {
        return jdbc.sql("INSERT INTO schema_groups (name, description) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
                .params(name, description).update() == 1;
    }

    void putDefinition(UUID group, SchemaDefinition definition) {
        jdbc.sql("""
                INSERT INTO schema_definitions (schema_group_id, name, description, dialect, datasource)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (schema_group_id, name) DO UPDATE SET description = excluded.description,
                    dialect = excluded.dialect, datasource = excluded.datasource""")
                .params(group, definition.name(), definition.description(), definition.dialect(),
                        definition.datasource()).update();
    }

    /** Stores tables whose definitions are stored; those of the same definition and name are overwritten. */
    void putTables(UUID group, Collection<TableDefinition> tables) {
        batches.batchUpdate("""
                INSERT INTO table_definitions AS t
                    (schema_id, table_name, description, synonyms, columns, row_count, content_hash, search_text)
                SELECT id, ?, ?, ?::jsonb, ?::jsonb, ?, ?,
                       setweight(to_tsvector('english', ?), 'A') || setweight(to_tsvector('english', ?), 'B')
                       || setweight(to_tsvector('english', ?), 'C') || setweight(to_tsvector('english', ?), 'D')
                FROM schema_definitions WHERE schema_group_id = ? AND name = ?
                ON CONFLICT (schema_id, table_name) DO UPDATE SET description = excluded.description,
                    synonyms = excluded.synonyms, columns = excluded.columns, row_count = excluded.row_count,
                    content_hash = excluded.content_hash, search_text = excluded.search_text, updated_at = now()""",
                tables, BATCH, (statement, table) -> set(statement, table, group));
    }

    private static void set(PreparedStatement statement, TableDefinition table, UUID group) throws SQLException {
        statement.setString(1, table.name());
        statement.setString(2, table.description());
        statement.setString(3, SchemaRows.json(table.synonyms()));
        statement.setString(4, SchemaRows.json(table.columns()));
        statement.setObject(5, table.rowCount(), Types.BIGINT);
        statement.setString(6, TableContent.hash(table));
        List<String> texts = TableContent.searchTexts(table);
        for (int i = 0; i < texts.size(); i++) {
            statement.setString(7 + i, texts.get(i));
        }
        statement.setObject(11, group);
        statement.setString(12, table.definition());
    }

    /** The ids of the group's tables, by definition and name. */
    Map<TableKey, UUID> tableIds(UUID group) {
        return jdbc.sql("""
                SELECT d.name, t.table_name, t.id FROM table_definitions t
                JOIN schema_definitions d ON d.id = t.schema_id WHERE d.schema_group_id = ?""").param(group)
                .query((row, number) -> Map.entry(new TableKey(row.getString(1), row.getString(2)),
                        row.getObject(3, UUID.class)))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A table by its definition's and its own name. */
    record TableKey(String definition, String table) {

        static TableKey of(TableDefinition table) {
            return new TableKey(table.definition(), table.name());
        }
    }

    void putRelationships(UUID group, Collection<StoredRelationship> relationships) {
        batches.batchUpdate("""
                INSERT INTO table_relationships
                    (schema_group_id, source_table_id, target_table_id, relationship_type, join_keys)
                VALUES (?, ?, ?, ?, ?::jsonb)
                ON CONFLICT (source_table_id, target_table_id, join_keys)
                    DO UPDATE SET relationship_type = excluded.relationship_type""",
                relationships, BATCH, (statement, relationship) -> {
                    statement.setObject(1, group);
                    statement.setObject(2, relationship.source());
                    statement.setObject(3, relationship.target());
                    statement.setString(4, relationship.value().type());
                    statement.setString(5, SchemaRows.joinKeys(relationship.value()));
                });
    }

    /** A relationship with the ids of its tables. */
    record StoredRelationship(UUID source, UUID target, Relationship value) {
    }

    void putExamples(UUID group, Collection<Example> examples) {
        batches.batchUpdate("""
                INSERT INTO schema_examples (schema_group_id, question, query, dialect, explanation)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (schema_group_id, md5(question), coalesce(dialect, ''))
                    DO UPDATE SET query = excluded.query, explanation = excluded.explanation, feedback_id =
                        CASE WHEN schema_examples.query = excluded.query THEN schema_examples.feedback_id END""",
                examples, BATCH, (statement, example) -> strings(statement, group, example.question(),
                        example.query(), example.dialect(), example.explanation()));
    }

    void putDirectives(UUID group, Collection<Directive> directives) {
        batches.batchUpdate("""
                INSERT INTO glossary_directives
                    (schema_group_id, directive_key, directive_value, context, expression)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (schema_group_id, directive_key) DO UPDATE SET
                    directive_value = excluded.directive_value, context = excluded.context,
                    expression = excluded.expression""",
                directives, BATCH, (statement, directive) -> strings(statement, group, directive.key(),
                        directive.value(), directive.context(), directive.expression()));
    }

    void putSynonyms(UUID group, Collection<Synonym> synonyms) {
        batches.batchUpdate("""
                INSERT INTO synonyms (schema_group_id, term, target) VALUES (?, ?, ?)
                ON CONFLICT (schema_group_id, term, target) DO NOTHING""",
                synonyms, BATCH, (statement, synonym) -> strings(statement, group, synonym.term(), synonym.target()));
    }

    /** Deletes rows by id from one of this package's tables. */
    void delete(String table, Collection<UUID> ids) {
        batches.batchUpdate("DELETE FROM " + table + " WHERE id = ?", ids, BATCH,
                (statement, id) -> statement.setObject(1, id));
    }

    private static void strings(PreparedStatement statement, UUID group, String... values) throws SQLException {
        statement.setObject(1, group);
        for (int i = 0; i < values.length; i++) {
            statement.setString(2 + i, values[i]);
        }
    }
}
