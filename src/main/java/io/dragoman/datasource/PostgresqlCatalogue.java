package io.dragoman.datasource;

import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.DataType;
import io.dragoman.schema.Relationship;
import io.dragoman.schema.TableDefinition;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads PostgreSQL's system catalogue: what the user may select from, outside of the system's own schemas. */
final class PostgresqlCatalogue {

    /** Larger tables are not counted row by row, nor searched for distinct values as a whole. */
    private static final long LARGE_TABLE_ROWS = 1_000_000;
    private static final long SAMPLED_ROWS = 200_000;

    private static final String TABLES = """
            select c.oid::bigint as id, n.nspname as schema, c.relname as name, c.relkind::text as kind,
                   c.reltuples::bigint as estimate, obj_description(c.oid, 'pg_class') as comment,
                   pg_table_is_visible(c.oid) as visible
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
              and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%%'
              and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') %s
            order by n.nspname, c.relname limit %d""";

    private static final String COLUMNS = """
            select a.attrelid::bigint as id, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
                   not a.attnotnull as nullable, col_description(a.attrelid, a.attnum) as comment,
                   coalesce(a.attnum = any (p.conkey), false) as key, t.typtype::text as typtype, t.typcategory::text as category
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
            left join pg_constraint p on p.conrelid = a.attrelid and p.contype = 'p'
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
              and c.relnamespace not in (select oid from pg_namespace
                                         where nspname in ('pg_catalog', 'information_schema', 'pg_toast'))
              and has_column_privilege(a.attrelid, a.attnum, 'SELECT')
            order by a.attrelid, a.attnum""";

    private static final String FOREIGN_KEYS = """
            select f.conrelid::bigint as source, f.confrelid::bigint as target,
                   array(select attname::text from unnest(f.conkey) with ordinality k(num, pos)
                         join pg_attribute on attrelid = f.conrelid and attnum = k.num order by k.pos) as source_columns,
                   array(select attname::text from unnest(f.confkey) with ordinality k(num, pos)
                         join pg_attribute on attrelid = f.confrelid and attnum = k.num order by k.pos) as target_columns,
                   exists (select 1 from pg_constraint u where u.conrelid = f.conrelid and u.contype in ('p', 'u')
                           and u.conkey <@ f.conkey) as source_unique
            from pg_constraint f where f.contype = 'f' and f.conparentid = 0 order by f.oid""";

    private final CatalogueSession session;
    private final String schema;

    /** @param schema the only schema to read; null for all */
    PostgresqlCatalogue(CatalogueSession session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    private record Table(long id, String schema, String name, boolean view, long estimate, String comment,
            boolean visible) {

        String spelled() {
            return visible ? name : schema + "." + name;
        }

        String quoted() {
            return quote(schema) + "." + quote(name);
        }
    }

    private record Column(long table, String name, String type, boolean nullable, String comment, boolean key,
            boolean text) {
    }

    Connector.Catalogue read() throws SQLException {
        String only = schema == null ? "" : "and n.nspname = '" + schema.replace("'", "''") + "'";
        Map<Long, Table> tables = new LinkedHashMap<>();
        for (Table table : session.rows(TABLES.formatted(only, session.maxTables()), PostgresqlCatalogue::table)) {
            tables.put(table.id(), table);
        }
        Map<Long, List<Column>> columns = new LinkedHashMap<>();
        for (Column column : session.rows(COLUMNS, PostgresqlCatalogue::column)) {
            columns.computeIfAbsent(column.table(), id -> new ArrayList<>()).add(column);
        }
        List<TableDefinition> definitions = new ArrayList<>();
        for (Table table : tables.values()) {
            definitions.add(define(table, columns.getOrDefault(table.id(), List.of())));
        }
        List<Relationship> relationships = new ArrayList<>();
        session.rows(FOREIGN_KEYS, row -> relationship(row, tables)).forEach(found -> found.ifPresent(relationships::add));
        return new Connector.Catalogue(definitions, relationships);
    }

    private TableDefinition define(Table table, List<Column> columns) throws SQLException {
        Long rowCount = rowCount(table);
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (Column column : columns) {
            List<String> values = null;
            if (column.text() && session.sampleValues()) {
                values = distinct(table, column, rowCount);
            }
            boolean complete = values != null && !large(rowCount);
            definitions.add(new ColumnDefinition(column.name(), column.type(), column.comment(), column.nullable(),
                    column.key(), List.of(), shortOnly(values), complete ? (long) values.size() : null));
        }
        return new TableDefinition(null, null, table.spelled(), table.comment(), List.of(), definitions, rowCount);
    }

    private Long rowCount(Table table) throws SQLException {
        if (large(table.estimate())) {
            return table.estimate();
        }
        return session.rowsInTime("select count(*) from " + table.quoted(), row -> row.getLong(1))
                .map(counted -> counted.get(0)).orElse(table.estimate() < 0 ? null : (Long) table.estimate());
    }

    /** The distinct values, null when there are too many or the time is over. */
    private List<String> distinct(Table table, Column column, Long rowCount) throws SQLException {
        String name = quote(column.name());
        String source = rowCount == null || large(rowCount)
                ? "(select " + name + " from " + table.quoted() + " limit " + SAMPLED_ROWS + ") sampled"
                : table.quoted();
        Optional<List<String>> values = session.rowsInTime("select distinct " + name + "::text as value from " + source
                + " where " + name + " is not null limit " + (session.maxDistinct() + 1), row -> row.getString(1));
        return values.filter(found -> found.size() <= session.maxDistinct())
                .map(found -> found.stream().sorted().toList()).orElse(null);
    }

    private static List<String> shortOnly(List<String> values) {
        return values == null ? null
                : values.stream().filter(value -> value.length() <= CatalogueSession.LONGEST_SAMPLE).toList();
    }

    private static boolean large(Long rows) {
        return rows != null && rows > LARGE_TABLE_ROWS;
    }

    private static Table table(ResultSet row) throws SQLException {
        return new Table(row.getLong("id"), row.getString("schema"), row.getString("name"),
                row.getString("kind").equals("v"), row.getLong("estimate"), row.getString("comment"),
                row.getBoolean("visible"));
    }

    private static Column column(ResultSet row) throws SQLException {
        String type = row.getString("type");
        boolean text = DataType.of(type) == DataType.TEXT && !type.equals("uuid") || row.getString("typtype").equals("e");
        return new Column(row.getLong("id"), row.getString("name"), row.getString("typtype").equals("e") ? "enum" : type,
                row.getBoolean("nullable"), row.getString("comment"), row.getBoolean("key"), text);
    }

    private static Optional<Relationship> relationship(ResultSet row, Map<Long, Table> tables) throws SQLException {
        Table source = tables.get(row.getLong("source"));
        Table target = tables.get(row.getLong("target"));
        if (source == null || target == null) {
            return Optional.empty();
        }
        return Optional.of(new Relationship(null, source.spelled(), names(row.getArray("source_columns")),
                target.spelled(), names(row.getArray("target_columns")),
                row.getBoolean("source_unique") ? "one_to_one" : "many_to_one"));
    }

    private static List<String> names(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
