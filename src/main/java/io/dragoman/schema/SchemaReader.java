package io.dragoman.schema;

import io.dragoman.security.CurrentCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads schema groups from the database: a whole group in seven queries, however large it is. */
@Repository
class SchemaReader {

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    SchemaReader(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** A group's identity and the number of its present state. */
    record Version(UUID id, String name, long version) {
    }

    /** All groups, by name. */
    List<Version> versions() {
        return jdbc.sql("SELECT id, name, version FROM schema_groups ORDER BY name")
                .query((row, number) -> new Version(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)))
                .list();
    }

    /**
     * The group of that id or unique name.
     *
     * @throws io.dragoman.failure.FailureException when there is none
     */
    GroupKey resolve(String idOrName) {
        return find(idOrName).orElseThrow(() -> GroupKey.notFound(idOrName));
    }

    /** The group of that id or unique name; empty when there is none that the present caller sees. */
    Optional<GroupKey> find(String idOrName) {
        if (SchemaLimits.problem(idOrName, SchemaLimits.NAME) != null) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT id, name FROM schema_groups WHERE name = :key OR id::text = lower(:key)")
                .param("key", idOrName)
                .query((row, number) -> new GroupKey(row.getObject(1, UUID.class), row.getString(2))).optional()
                .filter(key -> CurrentCall.current().sees(key.name()));
    }

    /** The whole group as of one moment; empty when there is none of that id. */
    Optional<SchemaGroup> load(UUID id) {
        return snapshot.execute(status -> loadNow(id));
    }

    /** As {@link #load}, within the caller's transaction. */
    Optional<SchemaGroup> loadNow(UUID id) {
        return jdbc.sql("SELECT name, description, version FROM schema_groups WHERE id = ?").param(id)
                .query((row, number) -> new SchemaGroup(id, row.getString(1), row.getString(2), row.getLong(3),
                        definitions(id), tables(id), relationships(id), examples(id), directives(id), synonyms(id)))
                .optional();
    }

    private List<SchemaDefinition> definitions(UUID group) {
        return jdbc.sql("""
                SELECT id, name, description, dialect, datasource FROM schema_definitions
                WHERE schema_group_id = ? ORDER BY seq""").param(group).query(SchemaRows::definition).list();
    }

    private List<TableDefinition> tables(UUID group) {
        return jdbc.sql("""
                SELECT t.id, d.name AS definition, t.table_name, t.description, t.synonyms, t.columns, t.row_count
                FROM table_definitions t JOIN schema_definitions d ON d.id = t.schema_id
                WHERE d.schema_group_id = ? ORDER BY d.seq, t.table_name""")
                .param(group).query(SchemaRows::table).list();
    }

    private List<Relationship> relationships(UUID group) {
        return jdbc.sql("""
                SELECT r.id, s.table_name AS source_table, t.table_name AS target_table, r.join_keys,
                       r.relationship_type
                FROM table_relationships r
                JOIN table_definitions s ON s.id = r.source_table_id
                JOIN table_definitions t ON t.id = r.target_table_id
                WHERE r.schema_group_id = ? ORDER BY r.seq""")
                .param(group).query(SchemaRows::relationship).list();
    }

    /** The group's relationships with the definitions of their tables. */
    List<RelationshipCheck.Resolved> resolvedRelationships(SchemaGroup group) {
        Map<UUID, TableDefinition> tables = new HashMap<>();
        group.tables().forEach(table -> tables.put(table.id(), table));
        return jdbc.sql("""
                SELECT r.id, s.table_name AS source_table, t.table_name AS target_table, r.join_keys,
                       r.relationship_type, r.source_table_id, r.target_table_id
                FROM table_relationships r
                JOIN table_definitions s ON s.id = r.source_table_id
                JOIN table_definitions t ON t.id = r.target_table_id
                WHERE r.schema_group_id = ? ORDER BY r.seq""").param(group.id())
                .query((row, number) -> new RelationshipCheck.Resolved(
                        tables.get(row.getObject("source_table_id", UUID.class)),
                        tables.get(row.getObject("target_table_id", UUID.class)),
                        SchemaRows.relationship(row, number))).list();
    }

    private List<Example> examples(UUID group) {
        return jdbc.sql("""
                SELECT id, question, query, dialect, explanation, feedback_id FROM schema_examples
                WHERE schema_group_id = ? ORDER BY seq""").param(group).query(SchemaRows::example).list();
    }

    private List<Directive> directives(UUID group) {
        return jdbc.sql("""
                SELECT id, directive_key, directive_value, context, expression FROM glossary_directives
                WHERE schema_group_id = ? ORDER BY seq""").param(group).query(SchemaRows::directive).list();
    }

    private List<Synonym> synonyms(UUID group) {
        return jdbc.sql("SELECT id, term, target FROM synonyms WHERE schema_group_id = ? ORDER BY seq")
                .param(group).query(SchemaRows::synonym).list();
    }
}
