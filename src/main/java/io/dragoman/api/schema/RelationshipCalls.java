package io.dragoman.api.schema;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.GroupEntries.Owned;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.Relationships;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What {@code /relationships} does. */
@Component("relationshipCalls")
final class RelationshipCalls extends EntryCalls<Relationship, RelationshipCalls.View> {

    RelationshipCalls(Relationships relationships) {
        super(relationships);
    }

    /** A relationship on the wire. */
    record View(UUID id, UUID schemaGroupId, String schemaGroupName, String sourceTable, List<String> sourceColumns,
            String targetTable, List<String> targetColumns, String type) {
    }

    /** A pair of columns that are equal in joined rows. */
    record JoinKey(String sourceKey, String targetKey) {
    }

    /** A relationship to be, its columns as two lists or as join keys; null fields of a change stay as they are. */
    record Body(@JsonAlias({"schema_group", "schema_group_name"}) String schemaGroupId, String sourceTable,
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> sourceColumns,
            String targetTable,
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> targetColumns,
            @JsonAlias("relationship_type") String type,
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<JoinKey> joinKeys) {

        List<String> sources() {
            return joinKeys == null ? sourceColumns : joinKeys.stream().map(JoinKey::sourceKey).toList();
        }

        List<String> targets() {
            return joinKeys == null ? targetColumns : joinKeys.stream().map(JoinKey::targetKey).toList();
        }
    }

    public View create(Body body) {
        return add(body.schemaGroupId(), new Relationship(null, named("source_table", body.sourceTable()),
                columns("source_columns", body.sources()), named("target_table", body.targetTable()),
                columns("target_columns", body.targets()), body.type()));
    }

    public View change(@Header("id") String id, Body body) {
        Relationship stored = stored(id);
        return replace(id, new Relationship(null, or(body.sourceTable(), stored.sourceTable()),
                columns("source_columns", or(body.sources(), stored.sourceColumns())),
                or(body.targetTable(), stored.targetTable()),
                columns("target_columns", or(body.targets(), stored.targetColumns())),
                or(body.type(), stored.type())));
    }

    @Override
    View view(Owned<Relationship> entry) {
        Relationship relationship = entry.value();
        return new View(relationship.id(), entry.group().id(), entry.group().name(), relationship.sourceTable(),
                relationship.sourceColumns(), relationship.targetTable(), relationship.targetColumns(),
                relationship.type());
    }

    private static String named(String field, String table) {
        if (table == null || table.isBlank()) {
            throw FailureException.invalid(field, "The field '" + field + "' is missing.");
        }
        return table;
    }

    private static List<String> columns(String field, List<String> columns) {
        if (columns == null || columns.isEmpty() || columns.stream().anyMatch(name -> name == null || name.isBlank())) {
            throw FailureException.invalid(field, "The field '" + field + "' is missing or has an empty entry.");
        }
        return columns;
    }
}
