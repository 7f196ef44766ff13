package io.dragoman.schema.search;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.dragoman.config.DragomanProperties;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.EmbeddingCache;
import io.dragoman.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** A search over given groups, with a real database and model, whose vectors are ready. */
final class SearchFixture implements AutoCloseable {

    private final JdbcTemplate database = new JdbcTemplate(TestDatabase.shared().dataSource());
    private final Map<String, SchemaGroup> groups = new HashMap<>();
    private final TableVectors vectors;
    private final SchemaSearch search;

    private SearchFixture(List<SchemaGroup> given, Embedder embedder) {
        given.forEach(group -> groups.put(group.name(), group));
        vectors = new TableVectors(embedder, new EmbeddingCache(database), MemoryVectorIndex::new);
        Snapshots snapshots = new Snapshots(name -> Optional.ofNullable(groups.get(name)),
                () -> groups.keySet().stream().sorted().toList());
        search = new SchemaSearch(snapshots, new Lexemes(database), vectors, new DragomanProperties.Retrieval(8, 0.2));
    }

    static SearchFixture of(List<SchemaGroup> groups, Embedder embedder) throws InterruptedException {
        SearchFixture fixture = new SearchFixture(groups, embedder);
        groups.forEach(group -> fixture.search.groupChanged(group.name()));
        if (!fixture.vectors.await(Duration.ofMinutes(5))) {
            throw new IllegalStateException("The vectors take too long");
        }
        return fixture;
    }

    static SearchFixture withoutVectors(List<SchemaGroup> groups) throws InterruptedException {
        return of(groups, new Embedder("none", null, 1, text -> new float[0], Caffeine.newBuilder().build()));
    }

    Retrieval search(String question, String group, Integer k, Double threshold) {
        return search.search(question, group, k, threshold);
    }

    SchemaSearch search() {
        return search;
    }

    TableVectors vectors() {
        return vectors;
    }

    void put(SchemaGroup group) {
        groups.put(group.name(), group);
    }

    void remove(SchemaGroup group) {
        groups.remove(group.name());
    }

    List<TableHit> vectorsAlone(String question, int k) {
        List<TableHit> hits = new ArrayList<>();
        Map<Object, TableHit> tables = new HashMap<>();
        groups.values().forEach(group -> group.tables().forEach(table -> tables.put(table.id(),
                new TableHit(table.id(), group.name(), table.definition(), table.name(), 0, List.of()))));
        vectors.nearest(question, List.copyOf(groups.values()), k).near().forEach(near -> hits.add(tables.get(near.table())));
        return hits;
    }

    @Override
    public void close() {
        vectors.close();
    }
}
