package io.dragoman.offline;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads a SQLite database's catalogue and sample values into a schema group in memory. */
final class SqliteSchemas {

    private static final int MOST_VALUES = 1000;

    private SqliteSchemas() {
    }

    static SchemaGroup read(Connection connection, String name) throws SQLException {
        List<TableDefinition> tables = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        for (String table : strings(connection, "select name from sqlite_master where type='table' and name not like 'sqlite_%' order by name")) {
            tables.add(table(connection, name, table));
        }
        for (TableDefinition table : tables) {
            relationships.addAll(keys(connection, table, tables));
        }
        return new SchemaGroup(UUID.randomUUID(), name, null, 1, List.of(new SchemaDefinition(null, name, null, "sqlite", name)),
                tables, relationships, List.of(), List.of(), List.of());
    }

    private static TableDefinition table(Connection connection, String database, String table) throws SQLException {
        List<ColumnDefinition> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma table_info(" + quote(table) + ")")) {
            while (result.next()) {
                columns.add(new ColumnDefinition(result.getString("name"), result.getString("type"), null,
                        result.getInt("notnull") == 0, result.getInt("pk") > 0, List.of(), List.of(), null));
            }
        }
        List<ColumnDefinition> filled = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            DataType type = column.dataType();
            List<String> values = List.of();
            if (type == DataType.TEXT || type == DataType.OTHER) {
                String q = quote(column.name());
                values = strings(connection, "select distinct " + q + " from " + quote(table) + " where " + q + " is not null limit "
                        + (MOST_VALUES + 1));
                if (values.size() > MOST_VALUES) {
                    values = List.of();
                }
            }
            filled.add(new ColumnDefinition(column.name(), column.type(), null, column.nullable(), column.primaryKey(), List.of(),
                    values, null));
        }
        return new TableDefinition(UUID.randomUUID(), database, table, null, List.of(), filled, null);
    }

    private static List<Relationship> keys(Connection connection, TableDefinition table, List<TableDefinition> tables)
            throws SQLException {
        Map<Integer, List<String[]>> byId = new LinkedHashMap<>();
        Map<Integer, String> targets = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma foreign_key_list(" + quote(table.name()) + ")")) {
            while (result.next()) {
                int id = result.getInt("id");
                String target = result.getString("table");
                String to = result.getString("to");
                if (to == null) {
                    to = tables.stream().filter(t -> t.name().equalsIgnoreCase(target)).flatMap(t -> t.columns().stream())
                            .filter(ColumnDefinition::primaryKey).map(ColumnDefinition::name).findFirst().orElse("?");
                }
                targets.put(id, target);
                byId.computeIfAbsent(id, key -> new ArrayList<>()).add(new String[] {result.getString("from"), to});
            }
        }
        List<Relationship> found = new ArrayList<>();
        byId.forEach((id, pairs) -> found.add(new Relationship(null, table.name(), pairs.stream().map(p -> p[0]).toList(),
                targets.get(id), pairs.stream().map(p -> p[1]).toList(), "many_to_one")));
        return found;
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
