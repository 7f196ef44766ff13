package io.dragoman.schema.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads a folder of public questions with their gold tables, and the databases that they ask. */
final class OpenBenchmark {

    /** A question, its database and the tables that its gold query reads. */
    record Asked(String database, String question, List<String> tables) {
    }

    private static final int MOST_VALUES = 1000;

    private OpenBenchmark() {
    }

    static List<Asked> questions(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Asked> questions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = json.readTree(line);
            List<String> tables = new ArrayList<>();
            node.path("gold_tables").forEach(table -> tables.add(table.asText()));
            questions.add(new Asked(node.path("db").asText(), node.path("question").asText(), tables));
        }
        return questions;
    }

    /** One group a database, named after it. */
    static List<SchemaGroup> groups(Path folder, boolean sampleValues) throws IOException, SQLException {
        List<SchemaGroup> groups = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sqlite")).sorted().toList()) {
                groups.add(group(file, sampleValues));
            }
        }
        return groups;
    }

    private static SchemaGroup group(Path file, boolean sampleValues) throws SQLException {
        String name = file.getFileName().toString().replace(".sqlite", "");
        List<TableDefinition> tables = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&immutable=1")) {
            List<String> names = strings(connection,
                    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name", 1);
            for (String table : names) {
                tables.add(new TableDefinition(UUID.randomUUID(), name, table, null, List.of(),
                        columns(connection, table, sampleValues), null));
                relationships(connection, table, relationships);
            }
        }
        return new SchemaGroup(UUID.randomUUID(), name, null, 1,
                List.of(new SchemaDefinition(UUID.randomUUID(), name, null, "sqlite", null)), tables, relationships,
                List.of(), List.of(), List.of());
    }

    private static List<ColumnDefinition> columns(Connection connection, String table, boolean sampleValues)
            throws SQLException {
        List<ColumnDefinition> columns = new ArrayList<>();
        try (ResultSet info = connection.createStatement().executeQuery("pragma table_info(" + quoted(table) + ")")) {
            while (info.next()) {
                String column = info.getString("name");
                String type = info.getString("type");
                List<String> values = sampleValues && DataType.of(type) == DataType.TEXT
                        ? values(connection, table, column) : List.of();
                columns.add(new ColumnDefinition(column, type, null, true, info.getInt("pk") > 0, List.of(), values, null));
            }
        }
        return columns;
    }

    private static List<String> values(Connection connection, String table, String column) throws SQLException {
        try {
            List<String> values = strings(connection, "select distinct " + quoted(column) + " from " + quoted(table)
                    + " where " + quoted(column) + " is not null limit " + (MOST_VALUES + 1), 1);
            return values.size() > MOST_VALUES ? List.of() : values.stream().filter(v -> v != null && v.length() < 100).toList();
        } catch (SQLException undecodable) {
            return List.of();
        }
    }

    private static void relationships(Connection connection, String table, List<Relationship> all) throws SQLException {
        try (ResultSet keys = connection.createStatement().executeQuery("pragma foreign_key_list(" + quoted(table) + ")")) {
            while (keys.next()) {
                String to = keys.getString("to");
                all.add(new Relationship(UUID.randomUUID(), table, List.of(keys.getString("from")), keys.getString("table"),
                        List.of(to == null ? keys.getString("from") : to), "many_to_one"));
            }
        }
    }

    private static List<String> strings(Connection connection, String query, int column) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(column));
            }
        }
        return strings;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
