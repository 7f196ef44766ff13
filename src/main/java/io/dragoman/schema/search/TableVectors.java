package io.dragoman.schema.search;

import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.VectorIndex.Near;
import io.dragoman.schema.search.VectorIndex.TableVector;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.EmbeddingCache;
import io.dragoman.schema.search.embedding.EmbeddingException;
import io.dragoman.schema.search.embedding.EmbeddingProgress;
import io.dragoman.security.CurrentCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the vector index up with the schema groups, in the background: what has a vector in the cache is taken from there,
 * the rest is embedded, by one server for all. Until a group's vectors are there, its last ones are searched, or none. Thread-safe.
 */
class TableVectors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableVectors.class);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int LOG_EVERY = 1_000;
    private static final int LONGEST_QUESTION = 1_000;

    private final Embedder embedder;
    private final EmbeddingCache cache;
    private final IntFunction<VectorIndex> indexes;
    private final ScheduledThreadPoolExecutor worker;
    private final AtomicInteger tasks = new AtomicInteger();
    private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();
    private final Map<UUID, SchemaGroup> indexed = new ConcurrentHashMap<>();
    private final Map<UUID, int[]> done = new ConcurrentHashMap<>();
    private final Map<UUID, Gained> gained = new ConcurrentHashMap<>();
    private volatile VectorIndex index;
    private volatile String problem;

    /** The tables that a snapshot has and the indexed one has not. */
    private record Gained(SchemaGroup group, SchemaGroup known, Set<UUID> tables) {
    }

    /**
     * Prepares, but does nothing until the first group comes.
     *
     * @param indexes makes the index for a number of dimensions
     */
    TableVectors(Embedder embedder, EmbeddingCache cache, IntFunction<VectorIndex> indexes) {
        this.embedder = embedder;
        this.cache = cache;
        this.indexes = indexes;
        worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "table-vectors");
            thread.setDaemon(true);
            return thread;
        });
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * The tables near a question.
     *
     * @param near       best first
     * @param unembedded tables of the groups searched that are so new that they have no vector yet
     * @param reason     why vectors were left out for some or all groups; null when they were not
     */
    record Found(List<Near> near, Set<UUID> unembedded, String reason) {

        private static Found none(String reason) {
            return new Found(List.of(), Set.of(), reason);
        }
    }

    /** Searches the groups' vectors, and sees to those that are missing or behind. */
    Found nearest(String question, List<SchemaGroup> groups, int k) {
        if (!embedder.enabled()) {
            return Found.none("no embedding model is configured; searched by words alone");
        }
        int without = 0;
        Set<UUID> unembedded = new HashSet<>();
        for (SchemaGroup group : groups) {
            SchemaGroup known = indexed.get(group.id());
            if (known != group) {
                update(group);
                if (known == null) {
                    without += group.tables().isEmpty() ? 0 : 1;
                } else {
                    unembedded.addAll(newIn(group, known));
                }
            }
        }
        String reason = without == 0 ? null : reason(without);
        if (index == null || without == groups.size()) {
            return Found.none(reason);
        }
        try {
            UUID only = groups.size() == 1 ? groups.get(0).id() : null;
            return new Found(index.nearest(embedder.question(beginning(question)), only, k), unembedded, reason);
        } catch (EmbeddingException e) {
            return Found.none(e.getMessage() + "; searched by words alone");
        }
    }

    /** Whether all tables of the groups have vectors, and those of the present. */
    boolean upWith(List<SchemaGroup> groups) {
        return embedder.enabled() && groups.stream().allMatch(group -> indexed.get(group.id()) == group);
    }

    /** The tables that a group has gained since it was indexed; worked out once a snapshot. */
    private Set<UUID> newIn(SchemaGroup group, SchemaGroup known) {
        Gained last = gained.get(group.id());
        if (last == null || last.group() != group || last.known() != known) {
            Set<UUID> tables = new HashSet<>();
            group.tables().forEach(table -> tables.add(table.id()));
            known.tables().forEach(table -> tables.remove(table.id()));
            last = new Gained(group, known, tables);
            gained.put(group.id(), last);
        }
        return last.tables();
    }

    /** Sentence models read some hundred tokens; the rest would only cost time. */
    private static String beginning(String question) {
        return question.length() > LONGEST_QUESTION ? question.substring(0, LONGEST_QUESTION) : question;
    }

    private String reason(int without) {
        EmbeddingProgress progress = progress();
        return progress.problem() != null ? progress.problem() + "; searched by words alone"
                : "the tables of " + without + " schema group(s) are still being embedded (" + progress.embedded() + " of "
                        + progress.tables() + "); searched them by words alone";
    }

    /** Brings a group's vectors up in the background; does nothing when that is under way or done. */
    void update(SchemaGroup group) {
        if (embedder.enabled() && indexed.get(group.id()) != group && waiting.add(group.id())) {
            done.putIfAbsent(group.id(), new int[] {0, group.tables().size()});
            worker.execute(() -> run(group));
        }
    }

    /** Lets go of cached vectors that no table has had for a month. */
    void prune() {
        int pruned = cache.prune();
        if (pruned > 0) {
            LOG.info("Forgot {} embeddings that no table has any more", pruned);
        }
    }

    /** Runs something, on behalf of the server, before the work that comes later. */
    void inBackground(Runnable task) {
        tasks.incrementAndGet();
        worker.execute(() -> {
            try {
                CurrentCall.asServer(task);
            } catch (RuntimeException e) {
                LOG.warn("The search could not be prepared in the background; it will be when it is asked", e);
            } finally {
                tasks.decrementAndGet();
            }
        });
    }

    /** Forgets the groups that are not among those given. */
    void retain(Set<UUID> groups) {
        for (UUID group : List.copyOf(indexed.keySet())) {
            if (!groups.contains(group)) {
                indexed.remove(group);
                gained.remove(group);
                done.remove(group);
                if (index != null) {
                    index.remove(group);
                }
            }
        }
    }

    /** How far it has come. */
    EmbeddingProgress progress() {
        int embedded = done.values().stream().mapToInt(counts -> counts[0]).sum();
        int tables = done.values().stream().mapToInt(counts -> counts[1]).sum();
        String kind = index == null ? null : index instanceof PgvectorIndex ? "pgvector" : "memory";
        return new EmbeddingProgress(embedder.modelId(), kind, embedded, tables, busy(), problem);
    }

    private boolean busy() {
        return tasks.get() > 0 || !waiting.isEmpty() || worker.getActiveCount() > 0;
    }

    private void run(SchemaGroup group) {
        try {
            waiting.remove(group.id());
            bring(group);
            problem = null;
        } catch (EmbeddingException e) {
            later(group, e.getMessage());
        } catch (RuntimeException e) {
            if (worker.isShutdown()) {
                return;
            }
            LOG.warn("The vectors of schema group {} cannot be brought up", group.name(), e);
            later(group, "the vectors of schema group " + group.name() + " cannot be stored");
        }
    }

    private void later(SchemaGroup group, String why) {
        problem = why;
        if (!worker.isShutdown() && waiting.add(group.id())) {
            LOG.warn("Trying again in {} s: {}", RETRY.toSeconds(), why);
            worker.schedule(() -> run(group), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void bring(SchemaGroup group) {
        Map<UUID, String> hashes = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (TableDefinition table : group.tables()) {
            TableText text = TableText.of(table);
            hashes.put(table.id(), text.hash());
            texts.put(text.hash(), text.text());
        }
        Map<String, float[]> vectors = new HashMap<>(cache.find(embedder.modelId(), texts.keySet()));
        texts.keySet().removeAll(vectors.keySet());
        int[] counts = {hashes.size() - texts.size(), hashes.size()};
        done.put(group.id(), counts);
        embed(group, texts, vectors, counts);
        cache.link(embedder.modelId(), hashes);
        List<TableVector> all = new ArrayList<>();
        hashes.forEach((table, hash) -> all.add(new TableVector(table, vectors.get(hash))));
        if (!all.isEmpty() && index == null) {
            index = indexes.apply(all.get(0).vector().length);
        }
        if (index != null) {
            index.replace(group.id(), all);
        }
        counts[0] = counts[1];
        indexed.put(group.id(), group);
        gained.remove(group.id());
    }

    private void embed(SchemaGroup group, Map<String, String> missing, Map<String, float[]> vectors, int[] counts) {
        List<String> hashes = List.copyOf(missing.keySet());
        long start = System.nanoTime();
        for (int from = 0; from < hashes.size(); from += embedder.batch()) {
            List<String> part = hashes.subList(from, Math.min(hashes.size(), from + embedder.batch()));
            vectors.putAll(cache.findOrMake(embedder.modelId(), part, unknown -> embedder.texts(unknown.stream().map(missing::get)
                    .toList())));
            counts[0] += part.size();
            if (from / LOG_EVERY != (from + part.size()) / LOG_EVERY) {
                LOG.info("Embedding schema group {}: {} of {} tables", group.name(), counts[0], counts[1]);
            }
        }
        if (!hashes.isEmpty()) {
            LOG.info("Embedded {} texts of schema group {} with {} in {} ms", hashes.size(), group.name(),
                    embedder.modelId(), (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** Waits until nothing is under way; for tests. Returns false when it takes longer. */
    boolean await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (busy()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
