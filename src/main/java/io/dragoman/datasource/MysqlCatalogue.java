package io.dragoman.datasource;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the catalogue of the database that a MySQL URL names. */
final class MysqlCatalogue {

    /** Larger tables are not counted row by row, nor searched for distinct values as a whole. */
    private static final long LARGE_TABLE_ROWS = 1_000_000;
    private static final long SAMPLED_ROWS = 200_000;

    private static final String TABLES = """
            select table_name, table_type, table_rows, table_comment from information_schema.tables
            where table_schema = database() order by table_name limit %d""";

    private static final String COLUMNS = """
            select table_name, column_name, column_type, data_type, is_nullable, column_key, column_comment
            from information_schema.columns where table_schema = database() order by table_name, ordinal_position""";

    private static final String FOREIGN_KEYS = """
            select k.constraint_name, k.table_name, k.column_name, k.referenced_table_name, k.referenced_column_name
            from information_schema.key_column_usage k
            where k.table_schema = database() and k.referenced_table_schema = database()
            order by k.table_name, k.constraint_name, k.ordinal_position""";

    private static final String UNIQUE = """
            select table_name, index_name, column_name from information_schema.statistics
            where table_schema = database() and non_unique = 0 order by table_name, index_name, seq_in_index""";

    private final CatalogueSession session;

    MysqlCatalogue(CatalogueSession session) {
        this.session = session;
    }

    private record Table(String name, boolean view, Long estimate, String comment) {
    }

    private record Column(String table, String name, String type, String dataType, boolean nullable, boolean key,
            String comment) {
    }

    private record KeyPart(String name, String table, String column, String target, String targetColumn) {
    }

    Connector.Catalogue read() throws SQLException {
        List<Table> tables = session.rows(TABLES.formatted(session.maxTables()), row -> new Table(row.getString(1),
                row.getString(2).contains("VIEW"), row.getObject(3) == null ? null : row.getLong(3), row.getString(4)));
        Map<String, List<Column>> columns = new LinkedHashMap<>();
        for (Column column : session.rows(COLUMNS, row -> new Column(row.getString(1), row.getString(2), row.getString(3),
                row.getString(4), row.getString(5).equals("YES"), row.getString(6).equals("PRI"), row.getString(7)))) {
            columns.computeIfAbsent(column.table(), name -> new ArrayList<>()).add(column);
        }
        List<TableDefinition> definitions = new ArrayList<>();
        for (Table table : tables) {
            definitions.add(define(table, columns.getOrDefault(table.name(), List.of())));
        }
        return new Connector.Catalogue(definitions, relationships());
    }

    private TableDefinition define(Table table, List<Column> columns) throws SQLException {
        Long rowCount = large(table.estimate()) ? table.estimate()
                : session.rowsInTime("select count(*) from " + quote(table.name()), row -> row.getLong(1))
                        .map(counted -> counted.get(0)).orElse(table.estimate());
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (Column column : columns) {
            boolean named = column.dataType().equals("enum") || column.dataType().equals("set");
            boolean text = named || DataType.of(column.type()) == DataType.TEXT;
            List<String> values = text && session.sampleValues() ? distinct(table, column, rowCount) : null;
            boolean complete = values != null && !large(rowCount);
            definitions.add(new ColumnDefinition(column.name(), named ? column.dataType() : column.type(),
                    blankAsNull(column.comment()), column.nullable(), column.key(), List.of(),
                    values == null ? null
                            : values.stream().filter(value -> value.length() <= CatalogueSession.LONGEST_SAMPLE).toList(),
                    complete ? (long) values.size() : null));
        }
        return new TableDefinition(null, null, table.name(), table.view() ? null : blankAsNull(table.comment()), List.of(),
                definitions, rowCount);
    }

    /** The distinct values, null when there are too many or the time is over. */
    private List<String> distinct(Table table, Column column, Long rowCount) throws SQLException {
        String name = quote(column.name());
        String source = rowCount == null || large(rowCount)
                ? "(select " + name + " from " + quote(table.name()) + " limit " + SAMPLED_ROWS + ") sampled"
                : quote(table.name());
        return session.rowsInTime("select distinct " + name + " from " + source + " where " + name + " is not null limit "
                        + (session.maxDistinct() + 1), row -> row.getString(1))
                .filter(found -> found.size() <= session.maxDistinct())
                .map(found -> found.stream().sorted().toList()).orElse(null);
    }

    private List<Relationship> relationships() throws SQLException {
        Map<String, List<String>> unique = new LinkedHashMap<>();
        session.rows(UNIQUE, row -> List.of(row.getString(1), row.getString(2), String.valueOf(row.getString(3))))
                .forEach(part -> unique.computeIfAbsent(part.get(0) + "\0" + part.get(1), key -> new ArrayList<>())
                        .add(part.get(2)));
        Map<String, List<KeyPart>> keys = new LinkedHashMap<>();
        session.rows(FOREIGN_KEYS, row -> new KeyPart(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                row.getString(5))).forEach(part -> keys.computeIfAbsent(part.table() + "\0" + part.name(),
                        key -> new ArrayList<>()).add(part));
        List<Relationship> found = new ArrayList<>();
        for (List<KeyPart> parts : keys.values()) {
            String table = parts.get(0).table();
            List<String> from = parts.stream().map(KeyPart::column).toList();
            boolean one = unique.entrySet().stream().anyMatch(index -> index.getKey().startsWith(table + "\0")
                    && from.containsAll(index.getValue()));
            found.add(new Relationship(null, table, from, parts.get(0).target(),
                    parts.stream().map(KeyPart::targetColumn).toList(), one ? "one_to_one" : "many_to_one"));
        }
        return found;
    }

    private static boolean large(Long rows) {
        return rows != null && rows > LARGE_TABLE_ROWS;
    }

    private static String blankAsNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
