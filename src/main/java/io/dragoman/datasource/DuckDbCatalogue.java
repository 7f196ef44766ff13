package io.dragoman.datasource;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the catalogue of a DuckDB file. See duckdb.org/docs/stable/sql/meta/duckdb_table_functions. */
final class DuckDbCatalogue {

    private static final String RELATIONS = """
            select schema_name, table_name, comment, estimated_size as size from duckdb_tables()
            where database_name = current_database() and not internal and not temporary
            union all
            select schema_name, view_name, comment, null from duckdb_views()
            where database_name = current_database() and not internal and not temporary
            order by 1, 2 limit %d""";

    private static final String COLUMNS = """
            select schema_name, table_name, column_name, data_type, is_nullable, comment from duckdb_columns()
            where database_name = current_database() and not internal
            order by schema_name, table_name, column_index""";

    private static final String KEYS = """
            select schema_name, table_name, constraint_type, constraint_column_names, referenced_table,
                   referenced_column_names
            from duckdb_constraints() where database_name = current_database()
              and constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY') order by table_name, constraint_index""";

    private final CatalogueSession session;

    DuckDbCatalogue(CatalogueSession session) {
        this.session = session;
    }

    private record Table(String schema, String name, String comment, Long size) {

        String spelled() {
            return schema.equals("main") ? name : schema + "." + name;
        }

        String quoted() {
            return quote(schema) + "." + quote(name);
        }
    }

    private record Column(String table, String name, String type, boolean nullable, String comment) {
    }

    private record Key(String table, String schema, String kind, List<String> columns, String target,
            List<String> targetColumns) {
    }

    Connector.Catalogue read() throws SQLException {
        List<Table> tables = session.rows(RELATIONS.formatted(session.maxTables()), row -> new Table(row.getString(1),
                row.getString(2), row.getString(3), row.getObject(4) == null ? null : row.getLong(4)));
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        for (Column column : session.rows(COLUMNS, row -> new Column(spelled(row), row.getString(3), row.getString(4),
                row.getBoolean(5), row.getString(6)))) {
            columns.computeIfAbsent(column.table(), name -> new ArrayList<>()).add(column);
        }
        List<Key> keys = session.rows(KEYS, row -> new Key(spelled(row), row.getString(1), row.getString(3),
                names(row.getArray(4)), row.getString(5), names(row.getArray(6))));
        List<TableDefinition> definitions = new ArrayList<>();
        for (Table table : tables) {
            definitions.add(define(table, columns.getOrDefault(table.spelled(), List.of()), keys));
        }
        return new Connector.Catalogue(definitions, relationships(keys));
    }

    private TableDefinition define(Table table, List<Column> columns, List<Key> keys) throws SQLException {
        Long rowCount = session.rowsInTime("select count(*) from " + table.quoted(), row -> row.getLong(1))
                .map(counted -> counted.get(0)).orElse(table.size());
        Set<String> primary = new TreeSet<>();
        keys.stream().filter(key -> key.kind().equals("PRIMARY KEY") && key.table().equals(table.spelled()))
                .forEach(key -> primary.addAll(key.columns()));
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (Column column : columns) {
            boolean named = column.type().startsWith("ENUM(");
            String type = named ? "enum" : column.type().toLowerCase(Locale.ROOT);
            boolean text = named || DataType.of(type) == DataType.TEXT && !type.equals("uuid");
            List<String> values = text && session.sampleValues() ? distinct(table, column) : null;
            definitions.add(new ColumnDefinition(column.name(), type, column.comment(), column.nullable(),
                    primary.contains(column.name()), List.of(), values == null ? null : values.stream()
                            .filter(value -> value.length() <= CatalogueSession.LONGEST_SAMPLE).toList(),
                    values == null ? null : (long) values.size()));
        }
        return new TableDefinition(null, null, table.spelled(), table.comment(), List.of(), definitions, rowCount);
    }

    /** The distinct texts, null when there are too many or the time is over. */
    private List<String> distinct(Table table, Column column) throws SQLException {
        return session.rowsInTime("select distinct " + quote(column.name()) + "::varchar from " + table.quoted() + " where "
                        + quote(column.name()) + " is not null limit " + (session.maxDistinct() + 1), row -> row.getString(1))
                .filter(values -> values.size() <= session.maxDistinct())
                .map(values -> values.stream().sorted().toList()).orElse(null);
    }

    /** The foreign keys; DuckDB has them within a schema only. */
    private static List<Relationship> relationships(List<Key> keys) {
        List<Relationship> found = new ArrayList<>();
        for (Key key : keys) {
            if (key.kind().equals("FOREIGN KEY")) {
                boolean unique = keys.stream().anyMatch(other -> !other.kind().equals("FOREIGN KEY")
                        && other.table().equals(key.table()) && key.columns().containsAll(other.columns()));
                String target = key.schema().equals("main") ? key.target() : key.schema() + "." + key.target();
                found.add(new Relationship(null, key.table(), key.columns(), target, key.targetColumns(),
                        unique ? "one_to_one" : "many_to_one"));
            }
        }
        return found;
    }

    private static String spelled(ResultSet row) throws SQLException {
        return new Table(row.getString(1), row.getString(2), null, null).spelled();
    }

    private static List<String> names(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
