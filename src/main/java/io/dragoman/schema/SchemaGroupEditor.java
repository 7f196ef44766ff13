package io.dragoman.schema;

import io.dragoman.failure.FailureException;
import io.dragoman.security.CurrentCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Lists, creates, renames, describes and deletes schema groups, and describes what is in them. Thread-safe. */
@Service
public class SchemaGroupEditor {

    private static final String KIND = "schema group";

    private final JdbcClient jdbc;
    private final GroupTransaction transaction;
    private final SchemaReader reader;
    private final SchemaWriter writer;

    SchemaGroupEditor(JdbcClient jdbc, GroupTransaction transaction, SchemaReader reader, SchemaWriter writer) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * A group in a list.
     *
     * @param id          the stored id
     * @param name        unique
     * @param description null when nobody said
     * @param version     grows with every change
     * @param tableCount  how many tables it has
     * @param definitions the names of its databases
     * @param updatedAt   when it last changed
     */
    public record Summary(UUID id, String name, String description, long version, long tableCount,
            List<String> definitions, Instant updatedAt) {
    }

    /**
     * What to say of a table or column; null leaves what is there, an empty text or list removes it.
     *
     * @param description what it is
     * @param synonyms    other words for it
     * @param columns     for a table: the same of its columns, by name
     */
    public record Wording(String description, List<String> synonyms, Map<String, Wording> columns) {
    }

    /** A part of the groups that the present caller sees, by name. */
    public Slice<Summary> list(int limit, int offset) {
        String[] seen = seen();
        List<Summary> items = jdbc.sql("""
                SELECT g.id, g.name, g.description, g.version, g.updated_at,
                       (SELECT count(*) FROM table_definitions t JOIN schema_definitions d ON d.id = t.schema_id
                        WHERE d.schema_group_id = g.id) AS tables,
                       ARRAY(SELECT d.name FROM schema_definitions d WHERE d.schema_group_id = g.id ORDER BY d.seq)
                           AS definitions
                FROM schema_groups g WHERE CAST(? AS text[]) IS NULL OR g.name = ANY (?)
                ORDER BY g.name LIMIT ? OFFSET ?""").params(seen, seen, limit, offset)
                .query((row, number) -> new Summary(row.getObject("id", UUID.class), row.getString("name"),
                        row.getString("description"), row.getLong("version"), row.getLong("tables"),
                        List.of((String[]) row.getArray("definitions").getArray()),
                        row.getTimestamp("updated_at").toInstant())).list();
        return new Slice<>(items, jdbc.sql("SELECT count(*) FROM schema_groups WHERE CAST(? AS text[]) IS NULL"
                + " OR name = ANY (?)").params(seen, seen).query(Long.class).single());
    }

    /** The names of the groups that the present caller sees; null for all. */
    static String[] seen() {
        Set<String> names = CurrentCall.current().schemaGroups();
        return names == null ? null : names.toArray(String[]::new);
    }

    /**
     * Creates an empty group.
     *
     * @throws FailureException when the name cannot be one, or is taken
     */
    public GroupKey create(String name, String description) {
        String newName = newName("name", name);
        String text = SchemaLimits.optional("description", description, SchemaLimits.TEXT);
        return transaction.inTransaction(() -> {
            if (!writer.createGroup(newName, text)) {
                throw FailureException.nameTaken(KIND, newName);
            }
            GroupKey key = reader.resolve(newName);
            writer.putDefinition(key.id(), new SchemaDefinition(null, newName, null, null, null));
            transaction.announce(newName);
            return key;
        });
    }

    /**
     * Renames and describes a group.
     *
     * @param name        null leaves it
     * @param description null leaves it, empty removes it
     * @throws FailureException when there is no such group, or the name cannot be one, or is taken
     */
    public GroupKey change(String idOrName, String name, String description) {
        String newName = name == null ? null : newName("name", name);
        String text = SchemaLimits.optional("description", description, SchemaLimits.TEXT);
        return transaction.change(reader.resolve(idOrName), key -> {
            if (description != null) {
                jdbc.sql("UPDATE schema_groups SET description = ? WHERE id = ?").params(text, key.id()).update();
            }
            if (newName == null || newName.equals(key.name())) {
                return key;
            }
            try {
                jdbc.sql("UPDATE schema_groups SET name = ? WHERE id = ?").params(newName, key.id()).update();
            } catch (DuplicateKeyException e) {
                throw FailureException.nameTaken(KIND, newName);
            }
            transaction.announce(newName);
            return new GroupKey(key.id(), newName);
        });
    }

    /**
     * Deletes a group with everything in it.
     *
     * @throws FailureException when there is no such group
     */
    public void delete(String idOrName) {
        transaction.change(reader.resolve(idOrName),
                key -> jdbc.sql("DELETE FROM schema_groups WHERE id = ?").param(key.id()).update());
    }

    /**
     * Says what a table and its columns are.
     *
     * @param table its id, its name, or {@code definition.table}
     * @return the table as it is now
     * @throws FailureException when there is no such group, table or column, or a text is too long
     */
    public TableDefinition describe(String group, String table, Wording wording) {
        return transaction.change(reader.resolve(group), key -> {
            SchemaGroup stored = reader.loadNow(key.id()).orElseThrow();
            TableDefinition before = stored.tables().stream()
                    .filter(candidate -> candidate.id().toString().equals(table)).findFirst()
                    .orElseGet(() -> new TableNames(stored.tables()).table(table, Set.of()));
            if (before == null) {
                throw FailureException.notFound("table", table);
            }
            TableDefinition after = new TableDefinition(before.id(), before.definition(), before.name(),
                    description("description", wording, before.description()),
                    synonyms("synonyms", wording, before.synonyms()), columns(before, wording), before.rowCount());
            writer.putTables(key.id(), List.of(after));
            return after;
        });
    }

    private static List<ColumnDefinition> columns(TableDefinition table, Wording wording) {
        Map<String, Wording> wordings = new LinkedHashMap<>();
        if (wording.columns() != null) {
            wording.columns().forEach((name, text) -> {
                if (table.column(name).isEmpty()) {
                    throw FailureException.notFound("column", table.name() + "." + name);
                }
                wordings.put(name.toLowerCase(Locale.ROOT), text);
            });
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            Wording text = wordings.get(column.name().toLowerCase(Locale.ROOT));
            String at = "columns." + column.name() + ".";
            columns.add(text == null ? column : new ColumnDefinition(column.name(), column.type(),
                    description(at + "description", text, column.description()), column.nullable(),
                    column.primaryKey(), synonyms(at + "synonyms", text, column.synonyms()), column.sampleValues(),
                    column.distinctCount()));
        }
        return columns;
    }

    private static String description(String field, Wording wording, String stored) {
        return wording.description() == null ? stored
                : SchemaLimits.optional(field, wording.description(), SchemaLimits.TEXT);
    }

    private static List<String> synonyms(String field, Wording wording, List<String> stored) {
        return wording.synonyms() == null ? stored : SchemaLimits.words(field, wording.synonyms());
    }

    /** A name for a group, checked; one that reads as a UUID would be taken for an id. */
    static String newName(String field, String name) {
        String taken = SchemaLimits.required(field, name, SchemaLimits.NAME);
        try {
            UUID.fromString(taken);
        } catch (IllegalArgumentException e) {
            CurrentCall.current().requireSight(taken);
            return taken;
        }
        throw FailureException.invalid(field, "A name that reads as an id is not possible, and there is no schema group"
                + " of that id.");
    }
}
