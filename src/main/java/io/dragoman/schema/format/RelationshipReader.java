package io.dragoman.schema.format;

import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.SchemaLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads relationships in the spellings that are in use: {@code join_keys {source_key, target_key}} or a list of those,
 * {@code source_columns} and {@code target_columns}, or {@code from: orders.customer_id, to: customers.id}.
 */
final class RelationshipReader {

    private final FieldReader fields;
    private final List<Part<Relationship>> relationships = new ArrayList<>();

    RelationshipReader(FieldReader fields) {
        this.fields = fields;
    }

    List<Part<Relationship>> relationships() {
        return relationships;
    }

    void add(Node at, Relationship relationship) {
        relationships.add(FieldReader.part(at, relationship));
    }

    /**
     * Reads a list.
     *
     * @param list       null for none
     * @param source     the table that the list is written at; null when it is written beside the tables
     * @param definition of that table; null when not said
     */
    void readAll(Node list, String source, String definition) {
        if (list == null) {
            return;
        }
        if (list.kind() != Node.Kind.LIST) {
            fields.reject(list, "has to be a list of relationships");
            return;
        }
        for (Node node : list.items()) {
            if (node.kind() == Node.Kind.OBJECT) {
                read(node, source, definition);
            } else {
                fields.reject(node, "has to be an object");
            }
        }
    }

    private void read(Node node, String source, String definition) {
        int rejectedBefore = fields.rejected().size();
        List<String> sourceColumns = new ArrayList<>();
        List<String> targetColumns = new ArrayList<>();
        String from = end(node, sourceColumns, "from");
        String to = end(node, targetColumns, "to");
        if (from == null) {
            from = source != null && node.field("source_table") == null ? qualified(source, definition)
                    : fields.required(node, SchemaLimits.TARGET, "source_table", "from_table");
        }
        if (to == null) {
            to = fields.required(node, SchemaLimits.TARGET, "target_table", "to_table", "referenced_table",
                    "references_table", "references", "table");
        }
        columns(node, sourceColumns, "source_columns", "source_column", "from_columns", "from_column", "columns",
                "column", "source_key");
        columns(node, targetColumns, "target_columns", "target_column", "to_columns", "to_column",
                "referenced_columns", "referenced_column", "references_columns", "references_column", "target_key");
        joinKeys(node, sourceColumns, targetColumns);
        if (sourceColumns.isEmpty() && fields.rejected().size() == rejectedBefore) {
            fields.missing(node, "join_keys");
        }
        String type = fields.text(node, SchemaLimits.NAME, "type", "relationship_type", "cardinality");
        if (fields.rejected().size() == rejectedBefore) {
            add(node, new Relationship(null, from, sourceColumns, to, targetColumns, type));
        }
    }

    /** A {@code table.column} field, taken apart; null when there is none. */
    private String end(Node node, List<String> columns, String name) {
        String path = fields.text(node, SchemaLimits.TARGET, name);
        int dot = path == null ? -1 : path.lastIndexOf('.');
        if (dot <= 0) {
            return null;
        }
        columns.add(path.substring(dot + 1));
        return path.substring(0, dot);
    }

    private void columns(Node node, List<String> columns, String... names) {
        Node value = columns.isEmpty() ? node.field(names) : null;
        if (value != null && value.kind() == Node.Kind.LIST) {
            for (Node item : fields.items(value)) {
                String name = fields.text(item, SchemaLimits.NAME, true);
                if (name != null) {
                    columns.add(name);
                }
            }
        } else if (value != null) {
            String name = fields.text(value, SchemaLimits.NAME, true);
            if (name != null) {
                columns.add(name);
            }
        }
    }

    private void joinKeys(Node node, List<String> sourceColumns, List<String> targetColumns) {
        Node keys = node.field("join_keys", "join_key", "on");
        if (keys == null || !sourceColumns.isEmpty()) {
            return;
        }
        if (keys.kind() != Node.Kind.LIST && keys.kind() != Node.Kind.OBJECT) {
            fields.reject(keys, "has to be {source_key, target_key} or a list of those");
            return;
        }
        for (Node pair : keys.kind() == Node.Kind.LIST ? fields.items(keys) : List.of(keys)) {
            columnOf(pair, sourceColumns, "source_key", "source", "source_column");
            columnOf(pair, targetColumns, "target_key", "target", "target_column");
        }
    }

    private void columnOf(Node pair, List<String> columns, String... names) {
        String name = fields.required(pair, SchemaLimits.NAME, names);
        if (name != null) {
            columns.add(name);
        }
    }

    static String qualified(String table, String definition) {
        return definition == null ? table : definition + "." + table;
    }
}
