package io.dragoman.datasource;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the schema of a SQLite file. As a column's declaration does not bind its values, what it says is compared with the
 * values themselves. See sqlite.org/datatype3.html and sqlite.org/foreignkeys.html.
 */
final class SqliteCatalogue {

    /** So many rows tell what types the values of a column have. */
    private static final int PROBED_ROWS = 1_000;

    private final CatalogueSession session;

    SqliteCatalogue(CatalogueSession session) {
        this.session = session;
    }

    private record Column(String name, String declaredType, boolean notNull, int keyPosition) {
    }

    private record ForeignKeyPart(int id, String target, String from, String to) {
    }

    Connector.Catalogue read() throws SQLException {
        List<String> names = session.rows("select name from pragma_table_list where schema = 'main'"
                + " and type in ('table', 'view', 'virtual') and name not like 'sqlite\\_%' escape '\\' order by name"
                + " limit " + session.maxTables(), row -> row.getString(1));
        Map<String, List<Column>> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<TableDefinition> tables = new ArrayList<>();
        for (String name : names) {
            Optional<List<Column>> read = columns(name);
            if (read.isPresent()) {
                columns.put(name, read.get());
                tables.add(define(name, read.get()));
            }
        }
        Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(name -> spelling.put(name, name));
        List<Relationship> relationships = new ArrayList<>();
        for (String name : columns.keySet()) {
            relationships.addAll(foreignKeys(name, columns, spelling));
        }
        return new Connector.Catalogue(tables, relationships);
    }

    /** The columns; empty for a view whose tables are gone and for a virtual table whose module is not there. */
    private Optional<List<Column>> columns(String table) throws SQLException {
        return session.rowsInTime("select name, type, \"notnull\", pk from pragma_table_xinfo(" + text(table)
                + ") where hidden <> 1", row -> new Column(row.getString(1), row.getString(2), row.getBoolean(3),
                row.getInt(4))).filter(found -> !found.isEmpty());
    }

    private TableDefinition define(String table, List<Column> columns) throws SQLException {
        Long rowCount = session.rowsInTime("select count(*) from " + name(table), row -> row.getLong(1))
                .map(counted -> counted.get(0)).orElse(null);
        List<String> types = valueTypes(table, columns);
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String type = type(column.declaredType(), types.get(i));
            List<String> values = session.sampleValues() && DataType.of(type) == DataType.TEXT
                    ? distinct(table, column) : null;
            definitions.add(new ColumnDefinition(column.name(), type, null, !column.notNull() && column.keyPosition() == 0,
                    column.keyPosition() > 0, List.of(), values == null ? null : values.stream()
                            .filter(value -> value.length() <= CatalogueSession.LONGEST_SAMPLE).toList(),
                    values == null ? null : (long) values.size()));
        }
        return new TableDefinition(null, null, table, null, List.of(), definitions, rowCount);
    }

    /** For each column what its first values are: text, integer, real or blob when all are; null when mixed or none. */
    private List<String> valueTypes(String table, List<Column> columns) throws SQLException {
        String kinds = columns.stream().map(column -> "nullif(typeof(" + name(column.name()) + "), 'null')")
                .map(type -> "min(" + type + "), max(" + type + ")").collect(Collectors.joining(", "));
        Optional<List<List<String>>> read = session.rowsInTime("select " + kinds + " from (select * from " + name(table)
                + " limit " + PROBED_ROWS + ")", row -> {
            List<String> types = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String least = row.getString(2 * i + 1);
                String greatest = row.getString(2 * i + 2);
                boolean numbers = "integer".equals(least) && "real".equals(greatest);
                types.add(numbers ? "real" : Objects.equals(least, greatest) ? least : null);
            }
            return types;
        });
        List<String> unknown = new ArrayList<>(Collections.nCopies(columns.size(), null));
        return read.map(rows -> rows.get(0)).orElse(unknown);
    }

    /** The declared type where it says what the values are; what the values are where it does not, or is wrong. */
    private static String type(String declared, String ofValues) {
        DataType said = DataType.of(declared);
        if (ofValues == null) {
            return declared == null || declared.isBlank() ? null : declared.toLowerCase(Locale.ROOT);
        }
        boolean silent = said == DataType.OTHER;
        boolean textDeclaredNumber = said.numeric() && ofValues.equals("text");
        return silent || textDeclaredNumber ? ofValues : declared.toLowerCase(Locale.ROOT);
    }

    /** The distinct texts, null when there are too many or the time is over. */
    private List<String> distinct(String table, Column column) throws SQLException {
        String name = name(column.name());
        return session.rowsInTime("select distinct " + name + " from " + name(table) + " where " + name
                        + " is not null limit " + (session.maxDistinct() + 1), row -> row.getString(1))
                .filter(values -> values.size() <= session.maxDistinct())
                .map(values -> values.stream().sorted().toList()).orElse(null);
    }

    private List<Relationship> foreignKeys(String table, Map<String, List<Column>> columns,
            Map<String, String> spelling) throws SQLException {
        Map<Integer, List<ForeignKeyPart>> keys = new LinkedHashMap<>();
        session.rows("select id, \"table\", \"from\", \"to\" from pragma_foreign_key_list(" + text(table)
                + ") order by id, seq", row -> new ForeignKeyPart(row.getInt(1), row.getString(2), row.getString(3),
                row.getString(4))).forEach(part -> keys.computeIfAbsent(part.id(), id -> new ArrayList<>()).add(part));
        List<Relationship> found = new ArrayList<>();
        for (List<ForeignKeyPart> parts : keys.values()) {
            String target = parts.get(0).target();
            if (!columns.containsKey(target)) {
                continue;
            }
            List<String> from = parts.stream().map(part -> spelled(columns.get(table), part.from())).toList();
            List<String> to = parts.stream().allMatch(part -> part.to() == null) ? primaryKey(columns.get(target))
                    : parts.stream().map(part -> spelled(columns.get(target), part.to())).toList();
            if (from.size() == to.size() && from.stream().allMatch(Objects::nonNull)
                    && to.stream().allMatch(Objects::nonNull)) {
                boolean unique = from.containsAll(primaryKey(columns.get(table)))
                        && !primaryKey(columns.get(table)).isEmpty();
                found.add(new Relationship(null, spelling.get(table), from, spelling.get(target), to,
                        unique ? "one_to_one" : "many_to_one"));
            }
        }
        return found;
    }

    private static List<String> primaryKey(List<Column> columns) {
        return columns.stream().filter(column -> column.keyPosition() > 0)
                .sorted(Comparator.comparingInt(Column::keyPosition)).map(Column::name).toList();
    }

    /** The column as the table spells it; null when there is none of that name. */
    private static String spelled(List<Column> columns, String name) {
        return columns.stream().map(Column::name).filter(column -> column.equalsIgnoreCase(name)).findFirst().orElse(null);
    }

    private static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
