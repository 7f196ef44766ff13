package io.dragoman.offline;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads any database's catalogue, through the driver's metadata, and sample values into a schema group in memory. */
final class JdbcSchemas {

    private static final int MOST_VALUES = 1000;

    private JdbcSchemas() {
    }

    static SchemaGroup read(Connection connection, String name, String dialect) throws SQLException {
        DatabaseMetaData catalogue = connection.getMetaData();
        List<TableDefinition> tables = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        String schema = dialect.equals("duckdb") ? "main" : "public";
        List<String> names = new ArrayList<>();
        try (ResultSet result = catalogue.getTables(null, schema, "%", null)) {
            while (result.next()) {
                if (result.getString("TABLE_TYPE").contains("TABLE")) {
                    names.add(result.getString("TABLE_NAME"));
                }
            }
        }
        for (String table : names) {
            tables.add(table(connection, name, schema, table));
            relationships.addAll(keys(catalogue, schema, table));
        }
        return new SchemaGroup(UUID.randomUUID(), name, null, 1, List.of(new SchemaDefinition(null, name, null, dialect, name)),
                tables, relationships, List.of(), List.of(), List.of());
    }

    private static TableDefinition table(Connection connection, String database, String schema, String table) throws SQLException {
        Set<String> primary = new HashSet<>();
        try (ResultSet result = connection.getMetaData().getPrimaryKeys(null, schema, table)) {
            while (result.next()) {
                primary.add(result.getString("COLUMN_NAME"));
            }
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        try (ResultSet result = connection.getMetaData().getColumns(null, schema, table, "%")) {
            while (result.next()) {
                String column = result.getString("COLUMN_NAME");
                String type = result.getString("TYPE_NAME");
                columns.add(new ColumnDefinition(column, type, null, true, primary.contains(column), List.of(), List.of(), null));
            }
        }
        List<ColumnDefinition> filled = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            boolean text = column.dataType() == DataType.TEXT || column.dataType() == DataType.OTHER;
            filled.add(new ColumnDefinition(column.name(), column.type(), null, true, column.primaryKey(), List.of(),
                    text ? values(connection, table, column.name()) : List.of(), null));
        }
        return new TableDefinition(UUID.randomUUID(), database, table, null, List.of(), filled, null);
    }

    private static List<String> values(Connection connection, String table, String column) throws SQLException {
        List<String> values = new ArrayList<>();
        String name = quote(column);
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery("select distinct " + name
                + "::text from " + quote(table) + " where " + name + " is not null limit " + (MOST_VALUES + 1))) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values.size() > MOST_VALUES ? List.of() : values;
    }

    private static List<Relationship> keys(DatabaseMetaData catalogue, String schema, String table) throws SQLException {
        Map<String, List<String[]>> byName = new LinkedHashMap<>();
        Map<String, String> targets = new LinkedHashMap<>();
        try (ResultSet result = catalogue.getImportedKeys(null, schema, table)) {
            while (result.next()) {
                String key = result.getString("FK_NAME");
                targets.put(key, result.getString("PKTABLE_NAME"));
                byName.computeIfAbsent(key, k -> new ArrayList<>()).add(new String[] {result.getString("FKCOLUMN_NAME"), result.getString("PKCOLUMN_NAME")});
            }
        } catch (SQLFeatureNotSupportedException e) {
            return List.of();
        }
        List<Relationship> found = new ArrayList<>();
        byName.forEach((key, pairs) -> found.add(new Relationship(null, table, pairs.stream().map(pair -> pair[0]).toList(),
                targets.get(key), pairs.stream().map(pair -> pair[1]).toList(), "many_to_one")));
        return found;
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
