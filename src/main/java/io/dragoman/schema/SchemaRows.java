package io.dragoman.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How the records of this package are written in rows: lists as JSON in the wire format's spelling. */
final class SchemaRows {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {
    };
    private static final TypeReference<List<ColumnDefinition>> COLUMNS = new TypeReference<>() {
    };
    private static final TypeReference<List<JoinKey>> JOIN_KEYS = new TypeReference<>() {
    };

    private SchemaRows() {
    }

    /** One pair of columns of a relationship. */
    record JoinKey(String sourceKey, String targetKey) {
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String joinKeys(Relationship relationship) {
        List<JoinKey> keys = new ArrayList<>();
        for (int i = 0; i < relationship.sourceColumns().size(); i++) {
            keys.add(new JoinKey(relationship.sourceColumns().get(i), relationship.targetColumns().get(i)));
        }
        return json(keys);
    }

    static SchemaDefinition definition(ResultSet row, int number) throws SQLException {
        return new SchemaDefinition(row.getObject("id", UUID.class), row.getString("name"),
                row.getString("description"), row.getString("dialect"), row.getString("datasource"));
    }

    static TableDefinition table(ResultSet row, int number) throws SQLException {
        long rowCount = row.getLong("row_count");
        Long counted = row.wasNull() ? null : rowCount;
        return new TableDefinition(row.getObject("id", UUID.class), row.getString("definition"),
                row.getString("table_name"), row.getString("description"), read(row.getString("synonyms"), STRINGS),
                read(row.getString("columns"), COLUMNS), counted);
    }

    static Relationship relationship(ResultSet row, int number) throws SQLException {
        List<JoinKey> keys = read(row.getString("join_keys"), JOIN_KEYS);
        return new Relationship(row.getObject("id", UUID.class), row.getString("source_table"),
                keys.stream().map(JoinKey::sourceKey).toList(), row.getString("target_table"),
                keys.stream().map(JoinKey::targetKey).toList(), row.getString("relationship_type"));
    }

    static Example example(ResultSet row, int number) throws SQLException {
        return new Example(row.getObject("id", UUID.class), row.getString("question"), row.getString("query"),
                row.getString("dialect"), row.getString("explanation"), row.getObject("feedback_id", UUID.class));
    }

    static Directive directive(ResultSet row, int number) throws SQLException {
        return new Directive(row.getObject("id", UUID.class), row.getString("directive_key"),
                row.getString("directive_value"), row.getString("context"), row.getString("expression"));
    }

    static Synonym synonym(ResultSet row, int number) throws SQLException {
        return new Synonym(row.getObject("id", UUID.class), row.getString("term"), row.getString("target"));
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored schema row cannot be read", e);
        }
    }
}
