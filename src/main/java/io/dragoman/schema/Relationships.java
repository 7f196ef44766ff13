package io.dragoman.schema;

import io.dragoman.failure.FailureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The relationships between the tables of schema groups. Thread-safe. */
@Service
public class Relationships extends GroupEntries<Relationship> {

    private final SchemaReader reader;

    Relationships(JdbcClient jdbc, GroupTransaction transaction, SchemaReader reader) {
        super(jdbc, transaction, reader, "relationship", "table_relationships", """
                SELECT g.id AS group_id, g.name AS group_name, e.id, s.table_name AS source_table,
                    t.table_name AS target_table, e.join_keys, e.relationship_type
                FROM table_relationships e JOIN schema_groups g ON g.id = e.schema_group_id
                JOIN table_definitions s ON s.id = e.source_table_id
                JOIN table_definitions t ON t.id = e.target_table_id""", SchemaRows::relationship);
        this.reader = reader;
    }

    @Override
    Map<String, Object> columns(GroupKey group, Relationship entry) {
        RelationshipCheck.Resolved resolved = resolve(group, entry);
        Map<String, Object> columns = new HashMap<>();
        columns.put("source_table_id", resolved.source().id());
        columns.put("target_table_id", resolved.target().id());
        columns.put("relationship_type", resolved.value().type());
        columns.put("join_keys", SchemaRows.joinKeys(resolved.value()));
        return columns;
    }

    @Override
    String name(Relationship entry) {
        return entry.sourceTable() + " -> " + entry.targetTable();
    }

    private RelationshipCheck.Resolved resolve(GroupKey group, Relationship entry) {
        SchemaLimits.required("source_table", entry.sourceTable(), SchemaLimits.TARGET);
        SchemaLimits.required("target_table", entry.targetTable(), SchemaLimits.TARGET);
        RelationshipCheck.Outcome outcome = RelationshipCheck.check(entry,
                new TableNames(reader.loadNow(group.id()).orElseThrow().tables()), Set.of());
        if (outcome.problem() != null) {
            throw FailureException.invalid(outcome.field(), "The relationship " + outcome.problem() + ".");
        }
        return outcome.resolved();
    }
}
