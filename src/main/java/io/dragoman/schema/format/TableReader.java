package io.dragoman.schema.format;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads tables with their columns, and the foreign keys that are written at them. */
final class TableReader {

    /** Schemas that databases look in anyway, so that queries need not name them. */
    private static final Set<String> SEARCHED_SCHEMAS = Set.of("public", "main", "dbo");

    private final FieldReader fields;
    private final RelationshipReader relationships;
    private final List<Part<TableDefinition>> tables = new ArrayList<>();

    TableReader(FieldReader fields, RelationshipReader relationships) {
        this.fields = fields;
        this.relationships = relationships;
    }

    List<Part<TableDefinition>> tables() {
        return tables;
    }

    /** Reads a list of tables, or an object of tables by name. */
    void readAll(Node all, String definition, String schema) {
        String prefix = schema == null || SEARCHED_SCHEMAS.contains(schema.toLowerCase(Locale.ROOT)) ? ""
                : schema + ".";
        if (all.kind() != Node.Kind.LIST && all.kind() != Node.Kind.OBJECT) {
            fields.reject(all, "has to be a list of tables");
            return;
        }
        if (all.items().size() + all.fields().size() + tables.size() > SchemaLimits.TABLES) {
            fields.reject(all, "has more than " + SchemaLimits.TABLES + " tables");
            return;
        }
        all.items().forEach(table -> read(table, null, definition, prefix));
        all.fields().forEach((name, table) -> read(table, name, definition, prefix));
    }

    private void read(Node node, String key, String definition, String prefix) {
        if (node.kind() != Node.Kind.OBJECT) {
            fields.reject(node, "has to be an object with a name and columns");
            return;
        }
        int rejectedBefore = fields.rejected().size();
        String name = name(node, key);
        String stated = fields.text(node, SchemaLimits.NAME, "definition", "database");
        String description = fields.text(node, SchemaLimits.TEXT, "description", "comment");
        List<String> synonyms = fields.words(node, "synonyms", "aliases");
        Long rowCount = fields.count(node, "row_count", "rows");
        List<ColumnDefinition> columns = columns(node, name == null ? null : prefix + name, definition);
        if (fields.rejected().size() == rejectedBefore) {
            tables.add(FieldReader.part(node, new TableDefinition(null, stated == null ? definition : stated,
                    prefix + name, description, synonyms, columns, rowCount)));
        }
        if (name != null) {
            relationships.readAll(node.field("relationships", "foreign_keys"), prefix + name, definition);
        }
    }

    private String name(Node node, String key) {
        if (key == null || node.field("name", "table_name", "table") != null) {
            return fields.required(node, SchemaLimits.NAME, "name", "table_name", "table");
        }
        return keyName(node, key);
    }

    private String keyName(Node node, String key) {
        String problem = key.isBlank() ? "has an empty name" : SchemaLimits.problem(key, SchemaLimits.NAME);
        if (problem != null) {
            fields.reject(node, "has a name that " + problem);
            return null;
        }
        return key.strip();
    }

    private List<ColumnDefinition> columns(Node table, String tableName, String definition) {
        Node all = table.field("columns", "fields");
        if (all == null) {
            fields.missing(table, "columns");
            return List.of();
        }
        if (all.kind() != Node.Kind.LIST && all.kind() != Node.Kind.OBJECT) {
            fields.reject(all, "has to be a list of columns");
            return List.of();
        }
        if (all.items().size() + all.fields().size() > SchemaLimits.COLUMNS) {
            fields.reject(all, "has more than " + SchemaLimits.COLUMNS + " columns");
            return List.of();
        }
        Set<String> keys = primaryKey(table);
        Set<String> seen = new HashSet<>();
        List<ColumnDefinition> columns = new ArrayList<>();
        List<Node> nodes = all.kind() == Node.Kind.LIST ? all.items() : List.copyOf(all.fields().values());
        for (Node node : nodes) {
            ColumnDefinition column = column(node, all.kind() == Node.Kind.OBJECT, keys, tableName, definition);
            if (column != null && !seen.add(column.name().toLowerCase(Locale.ROOT))) {
                fields.reject(node, "is column '" + column.name() + "' for the second time");
            } else if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    private ColumnDefinition column(Node node, boolean named, Set<String> keys, String tableName, String definition) {
        if (named && node.isScalar()) {
            String name = keyName(node, node.key());
            return name == null ? null : new ColumnDefinition(name, fields.text(node, SchemaLimits.TEXT, true), null,
                    !keys.contains(name), keys.contains(name), List.of(), List.of(), null);
        }
        if (node.kind() != Node.Kind.OBJECT) {
            fields.reject(node, "has to be an object with a name and a type");
            return null;
        }
        String name = named && node.field("name", "column_name") == null ? keyName(node, node.key())
                : fields.required(node, SchemaLimits.NAME, "name", "column_name");
        if (name == null) {
            return null;
        }
        boolean primaryKey = fields.flag(node, keys.contains(name), "primary_key", "is_primary_key", "pk");
        Node samples = node.field("sample_values", "samples", "values");
        if (tableName != null) {
            reference(node, tableName, name, definition);
        }
        return new ColumnDefinition(name, fields.text(node, SchemaLimits.TEXT, "type", "data_type"),
                fields.text(node, SchemaLimits.TEXT, "description", "comment"),
                fields.flag(node, !primaryKey, "nullable", "is_nullable"), primaryKey,
                fields.words(node, "synonyms", "aliases"),
                samples == null ? List.of() : fields.scalars(samples, SchemaLimits.TEXT, true),
                fields.count(node, "distinct_count"));
    }

    /** A column's {@code foreign_key: table.column}, or {@code {table, column}}. */
    private void reference(Node column, String tableName, String name, String definition) {
        Node reference = column.field("foreign_key", "references");
        if (reference == null || reference.kind() == Node.Kind.BOOLEAN) {
            return;
        }
        String target = reference.kind() == Node.Kind.OBJECT
                ? fields.required(reference, SchemaLimits.TARGET, "table", "target_table") + "."
                        + fields.required(reference, SchemaLimits.NAME, "column", "target_column")
                : fields.text(reference, SchemaLimits.TARGET, true);
        String path = target == null ? "" : target.replace('(', '.').replace(")", "").replace(" ", "");
        int dot = path.lastIndexOf('.');
        if (dot <= 0 || dot == path.length() - 1) {
            fields.reject(reference, "has to read table.column");
            return;
        }
        relationships.add(reference, new Relationship(null, RelationshipReader.qualified(tableName, definition),
                List.of(name), path.substring(0, dot), List.of(path.substring(dot + 1)), null));
    }

    private Set<String> primaryKey(Node table) {
        Node key = table.field("primary_key", "primary_keys");
        if (key == null) {
            return Set.of();
        }
        return Set.copyOf(key.kind() == Node.Kind.LIST ? fields.scalars(key, SchemaLimits.NAME, true)
                : fields.words(table, "primary_key", "primary_keys"));
    }
}
