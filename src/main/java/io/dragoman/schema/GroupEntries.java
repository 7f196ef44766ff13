package io.dragoman.schema;

import io.dragoman.failure.FailureException;
import io.dragoman.security.CurrentCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What curators keep in lists beside the tables of a schema group. Every change counts the group's version up.
 *
 * @param <T> the record of one entry
 */
public abstract class GroupEntries<T> {

    private final JdbcClient jdbc;
    private final GroupTransaction transaction;
    private final SchemaReader reader;
    private final String kind;
    private final String select;
    private final String table;
    private final RowMapper<T> mapper;

    /**
     * @param kind   what an entry is called in messages
     * @param table  the entries' table, which gets the alias {@code e}
     * @param select the columns (and joins) that {@code mapper} reads
     */
    GroupEntries(JdbcClient jdbc, GroupTransaction transaction, SchemaReader reader, String kind, String table,
            String select, RowMapper<T> mapper) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.reader = reader;
        this.kind = kind;
        this.table = table;
        this.select = select;
        this.mapper = mapper;
    }

    /**
     * An entry and the group it belongs to.
     *
     * @param group which group
     * @param value the entry
     */
    public record Owned<T>(GroupKey group, T value) {
    }

    /**
     * A part of the entries that the present caller sees, in the order they were added.
     *
     * @param group its id or name; null for all groups
     * @throws FailureException when there is no such group
     */
    public Slice<Owned<T>> list(String group, int limit, int offset) {
        UUID id = group == null ? null : reader.resolve(group).id();
        String[] seen = SchemaGroupEditor.seen();
        List<Owned<T>> items = jdbc.sql(select
                + " WHERE (CAST(:group AS uuid) IS NULL OR e.schema_group_id = :group)"
                + " AND (CAST(:seen AS text[]) IS NULL OR g.name = ANY (:seen))"
                + " ORDER BY e.seq LIMIT :limit OFFSET :offset")
                .param("group", id).param("seen", seen, Types.ARRAY).param("limit", limit).param("offset", offset).query(this::owned).list();
        long total = jdbc.sql("SELECT count(*) FROM " + table + " e JOIN schema_groups g ON g.id = e.schema_group_id"
                + " WHERE (CAST(:group AS uuid) IS NULL OR e.schema_group_id = :group)"
                + " AND (CAST(:seen AS text[]) IS NULL OR g.name = ANY (:seen))").param("group", id)
                .param("seen", seen, Types.ARRAY).query(Long.class).single();
        return new Slice<>(items, total);
    }

    /**
     * The entry of that id.
     *
     * @throws FailureException when there is none
     */
    public Owned<T> get(String id) {
        return jdbc.sql(select + " WHERE e.id = ?").param(uuid(id)).query(this::owned).optional()
                .filter(entry -> CurrentCall.current().sees(entry.group().name()))
                .orElseThrow(() -> FailureException.notFound(kind, id));
    }

    /**
     * Adds an entry to a group.
     *
     * @param group its id or name
     * @param entry its id is not read
     * @throws FailureException when there is no such group, a field cannot be taken, or the same entry is there already
     */
    public Owned<T> create(String group, T entry) {
        return write(reader.resolve(group), UUID.randomUUID(), entry, this::insert);
    }

    /**
     * Replaces an entry.
     *
     * @throws FailureException when there is none of that id, a field cannot be taken, or another entry is the same
     */
    public Owned<T> update(String id, T entry) {
        return write(get(id).group(), uuid(id), entry, this::replace);
    }

    /**
     * Deletes an entry.
     *
     * @throws FailureException when there is none of that id
     */
    public void delete(String id) {
        transaction.change(get(id).group(), group -> {
            if (jdbc.sql("DELETE FROM " + table + " WHERE id = ?").param(uuid(id)).update() == 0) {
                throw FailureException.notFound(kind, id);
            }
            return null;
        });
    }

    /**
     * The entry's columns and values, without {@code id} and {@code schema_group_id}, in their stored spelling.
     *
     * @throws FailureException when a field cannot be taken
     */
    abstract Map<String, Object> columns(GroupKey group, T entry);

    /** What the entry is called in the message that another is the same. */
    abstract String name(T entry);

    private Owned<T> write(GroupKey group, UUID id, T entry, Statement statement) {
        return transaction.change(group, key -> {
            Map<String, Object> columns = columns(key, entry);
            try {
                if (statement.run(key, id, columns) == 0) {
                    throw FailureException.notFound(kind, id.toString());
                }
            } catch (DuplicateKeyException e) {
                throw FailureException.nameTaken(kind, name(entry));
            }
            return get(id.toString());
        });
    }

    private interface Statement {

        int run(GroupKey group, UUID id, Map<String, Object> columns);
    }

    private int insert(GroupKey group, UUID id, Map<String, Object> columns) {
        String names = String.join(", ", columns.keySet());
        String values = String.join(", ", columns.keySet().stream().map(GroupEntries::parameter).toList());
        return jdbc.sql("INSERT INTO " + table + " (id, schema_group_id, " + names + ") VALUES (:id, :group, " + values
                + ")").param("id", id).param("group", group.id()).params(columns).update();
    }

    private int replace(GroupKey group, UUID id, Map<String, Object> columns) {
        String sets = String.join(", ", columns.keySet().stream().map(name -> name + " = " + parameter(name)).toList());
        return jdbc.sql("UPDATE " + table + " SET " + sets + " WHERE id = :id").param("id", id).params(columns)
                .update();
    }

    private static String parameter(String column) {
        return column.equals("join_keys") ? "CAST(:join_keys AS jsonb)" : ":" + column;
    }

    private Owned<T> owned(ResultSet row, int number) throws SQLException {
        return new Owned<>(new GroupKey(row.getObject("group_id", UUID.class), row.getString("group_name")),
                mapper.mapRow(row, number));
    }

    private UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw FailureException.notFound(kind, id);
        }
    }
}
