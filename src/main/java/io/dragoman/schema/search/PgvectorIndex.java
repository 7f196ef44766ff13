package io.dragoman.schema.search;

import com.pgvector.PGvector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Searches vectors in PostgreSQL by pgvector's HNSW index (Malkov and Yashunin 2018). There is one table a number of
 * dimensions, created when it is first needed; deleting a table definition deletes its vector. On Camel 4.19 and later the
 * component {@code camel-pgvector} could take this class's place.
 */
class PgvectorIndex implements VectorIndex {

    /** The most that pgvector indexes. */
    static final int MOST_DIMENSIONS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(PgvectorIndex.class);
    /** Candidates looked at; what recall this gives is in docs/Retrieval.md. */
    private static final int EF_SEARCH = 200;

    private final JdbcTemplate database;
    private final TransactionTemplate transaction;
    private final String model;
    private final int dimensions;
    private final String table;
    private final boolean iterates;

    private PgvectorIndex(JdbcTemplate database, TransactionTemplate transaction, String model, int dimensions,
            boolean iterates) {
        this.database = database;
        this.transaction = transaction;
        this.model = model;
        this.dimensions = dimensions;
        this.iterates = iterates;
        table = "table_vectors_" + dimensions;
    }

    /** Whether the server has the extension and lets us use it. */
    static boolean available(JdbcTemplate database) {
        if (Boolean.TRUE.equals(database.queryForObject(
                "select exists (select from pg_extension where extname = 'vector')", Boolean.class))) {
            return true;
        }
        if (Boolean.FALSE.equals(database.queryForObject(
                "select exists (select from pg_available_extensions where name = 'vector')", Boolean.class))) {
            return false;
        }
        try {
            database.execute("create extension if not exists vector");
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The server has pgvector, but the user may not create the extension; vectors are searched in memory");
            return false;
        }
    }

    /** Opens the table for vectors of so many dimensions, and creates it where it is missing. */
    static PgvectorIndex open(JdbcTemplate database, TransactionTemplate transaction, String model, int dimensions) {
        String version = database.queryForObject("select extversion from pg_extension where extname = 'vector'",
                String.class);
        String[] parts = version.split("\\.");
        boolean iterates = Integer.parseInt(parts[0]) > 0 || Integer.parseInt(parts[1]) >= 8;
        PgvectorIndex index = new PgvectorIndex(database, transaction, model, dimensions, iterates);
        transaction.executeWithoutResult(status -> index.create());
        return index;
    }

    private void create() {
        database.queryForList("select pg_advisory_xact_lock(hashtext(?))", table);
        database.execute("create table if not exists " + table + " ("
                + "table_id uuid primary key references table_definitions (id) on delete cascade, group_id uuid not null, "
                + "model text not null, digest bigint not null, embedding vector(" + dimensions + ") not null)");
        database.execute("create index if not exists " + table + "_group on " + table + " (group_id)");
        database.execute("create index if not exists " + table + "_nearest on " + table
                + " using hnsw (embedding vector_cosine_ops)");
    }

    @Override
    public void replace(UUID group, Collection<TableVector> vectors) {
        transaction.executeWithoutResult(status -> {
            Map<UUID, Long> stored = new HashMap<>();
            database.query("select table_id, digest from " + table + " where group_id = ? and model = ?", row -> {
                stored.put(row.getObject(1, UUID.class), row.getLong(2));
            }, group, model);
            List<Object[]> changed = new ArrayList<>();
            Set<UUID> gone = new HashSet<>(stored.keySet());
            for (TableVector vector : vectors) {
                long digest = digest(vector.vector());
                gone.remove(vector.table());
                if (!Long.valueOf(digest).equals(stored.get(vector.table()))) {
                    changed.add(new Object[] {group, model, digest, new PGvector(vector.vector()), vector.table()});
                }
            }
            database.batchUpdate("delete from " + table + " where table_id = ?",
                    gone.stream().map(id -> new Object[] {id}).toList());
            // A table that was deleted meanwhile is passed over.
            database.batchUpdate("insert into " + table + " (group_id, model, digest, embedding, table_id) "
                    + "select ?, ?, ?, ?, id from table_definitions where id = ? on conflict (table_id) do update set "
                    + "group_id = excluded.group_id, model = excluded.model, digest = excluded.digest, "
                    + "embedding = excluded.embedding", changed);
        });
    }

    @Override
    public void remove(UUID group) {
        database.update("delete from " + table + " where group_id = ?", group);
    }

    @Override
    public List<Near> nearest(float[] question, UUID group, int k) {
        if (question.length != dimensions) {
            throw new IllegalArgumentException("The vector has " + question.length + " dimensions, not " + dimensions);
        }
        return database.execute((ConnectionCallback<List<Near>>) connection -> search(connection, question, group, k));
    }

    private List<Near> search(Connection connection, float[] question, UUID group, int k) throws SQLException {
        String settings = "set hnsw.ef_search = " + Math.max(EF_SEARCH, Math.min(1_000, 2 * k)) + "; "
                + (iterates ? "set hnsw.iterative_scan = strict_order; " : "");
        String query = settings + "select group_id, table_id, 1 - (embedding <=> ?) from " + table + " where model = ? "
                + (group == null ? "" : "and group_id = ? ") + "order by embedding <=> ? limit ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            PGvector vector = new PGvector(question);
            int parameter = 1;
            statement.setObject(parameter++, vector);
            statement.setString(parameter++, model);
            if (group != null) {
                statement.setObject(parameter++, group);
            }
            statement.setObject(parameter++, vector);
            statement.setInt(parameter, k);
            boolean rows = statement.execute();
            while (!rows) {
                rows = statement.getMoreResults();
            }
            List<Near> near = new ArrayList<>();
            try (ResultSet found = statement.getResultSet()) {
                while (found.next()) {
                    near.add(new Near(found.getObject(1, UUID.class), found.getObject(2, UUID.class), found.getFloat(3)));
                }
            }
            return near;
        }
    }

    private static long digest(float[] vector) {
        CRC32 crc = new CRC32();
        for (float value : vector) {
            crc.update(Float.floatToIntBits(value) >>> 16);
            crc.update(Float.floatToIntBits(value) >>> 8);
            crc.update(Float.floatToIntBits(value));
        }
        return crc.getValue() << 32 | Arrays.hashCode(vector) & 0xffffffffL;
    }
}
