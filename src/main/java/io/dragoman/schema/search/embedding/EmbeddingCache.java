package io.dragoman.schema.search.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps vectors in the database by model and content hash, and which table has which. Thread-safe. */
@Repository
public class EmbeddingCache {

    private static final int CHUNK = 2_000;

    /** The class of the locks, one a model, under which servers make vectors one after the other. */
    private static final int TURNS = 0x656d6264;

    private final JdbcTemplate database;
    private final TransactionTemplate transaction;

    /** Keeps vectors in that database. */
    public EmbeddingCache(JdbcTemplate database) {
        this.database = database;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database.getDataSource()));
    }

    /** The vectors that are known, by content hash. */
    public Map<String, float[]> find(String model, Collection<String> hashes) {
        Map<String, float[]> found = new HashMap<>();
        List<String> all = List.copyOf(hashes);
        for (int from = 0; from < all.size(); from += CHUNK) {
            String[] part = all.subList(from, Math.min(all.size(), from + CHUNK)).toArray(String[]::new);
            database.query("select content_hash, vector from embeddings where model = ? and content_hash = any(?)",
                    row -> {
                        found.put(row.getString(1), floats(row.getBytes(2)));
                    }, model, part);
        }
        return found;
    }

    /**
     * The vectors of those hashes; those that nobody knows are made and kept. Servers do so one after the other, so that what one
     * makes the others find.
     *
     * @param make gives the vectors of hashes, in their order; it holds a connection while it does
     */
    public Map<String, float[]> findOrMake(String model, List<String> hashes, Function<List<String>, List<float[]>> make) {
        return transaction.execute(status -> {
            database.query("select pg_advisory_xact_lock(?, hashtext(?))", row -> { }, TURNS, model);
            Map<String, float[]> vectors = find(model, hashes);
            List<String> unknown = hashes.stream().filter(hash -> !vectors.containsKey(hash)).toList();
            if (!unknown.isEmpty()) {
                List<float[]> made = make.apply(unknown);
                Map<String, float[]> fresh = new HashMap<>();
                for (int i = 0; i < unknown.size(); i++) {
                    fresh.put(unknown.get(i), made.get(i));
                }
                save(model, fresh);
                vectors.putAll(fresh);
            }
            return vectors;
        });
    }

    private void save(String model, Map<String, float[]> vectors) {
        List<Object[]> rows = vectors.entrySet().stream()
                .map(entry -> new Object[] {model, entry.getKey(), bytes(entry.getValue())}).toList();
        database.batchUpdate("insert into embeddings (model, content_hash, vector) values (?, ?, ?) "
                + "on conflict do nothing", rows);
    }

    /** Notes which vectors tables have; tables that are gone meanwhile are passed over. */
    public void link(String model, Map<UUID, String> hashes) {
        UUID[] tables = hashes.keySet().toArray(UUID[]::new);
        String[] values = hashes.values().toArray(String[]::new);
        database.update("insert into table_embeddings (table_id, model, content_hash) "
                + "select l.table_id, ?, l.content_hash from unnest(?::uuid[], ?::text[]) l(table_id, content_hash) "
                + "join table_definitions t on t.id = l.table_id "
                + "on conflict (table_id) do update set model = excluded.model, content_hash = excluded.content_hash "
                + "where (table_embeddings.model, table_embeddings.content_hash) "
                + "is distinct from (excluded.model, excluded.content_hash)", model, tables, values);
    }

    /** Forgets vectors that no table has had for a month. Returns how many. */
    public int prune() {
        return database.update("delete from embeddings e where created_at < now() - interval '30 days' and not exists "
                + "(select from table_embeddings t where t.model = e.model and t.content_hash = e.content_hash)");
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    private static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
