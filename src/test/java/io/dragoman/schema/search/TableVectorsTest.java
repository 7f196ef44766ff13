package io.dragoman.schema.search;

import static io.dragoman.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import io.dragoman.schema.search.embedding.Embedder;
import io.dragoman.schema.search.embedding.EmbeddingCache;
import io.dragoman.schema.search.embedding.EmbeddingProgress;
import io.dragoman.storage.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class TableVectorsTest {

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    private final CountingModel model = new CountingModel();
    private final SchemaGroup weather = stored(Shop.weather());

    @Test
    void aRestartEmbedsNothingAgain() throws InterruptedException {
        try (TableVectors first = vectors("test/a")) {
            bring(first, weather);
        }
        assertThat(model.embedded).hasSize(2);

        try (TableVectors second = vectors("test/a")) {
            bring(second, weather);

            assertThat(model.embedded).hasSize(2);
            assertThat(second.nearest("rain", List.of(weather), 5).near()).hasSize(2);
            assertThat(second.progress()).isEqualTo(new EmbeddingProgress("test/a", "memory", 2, 2, false, null));
        }
    }

    @Test
    void twoServersEmbedTheSameNewTablesOnceBetweenThem() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        model.gate = gate;
        try (TableVectors first = vectors("test/a"); TableVectors second = vectors("test/a")) {
            first.update(weather);
            second.update(weather);
            eventually(() -> first.progress().tables() > 0 && second.progress().tables() > 0);
            gate.countDown();

            assertThat(first.await(Duration.ofSeconds(60)) && second.await(Duration.ofSeconds(60))).isTrue();
            assertThat(first.nearest("rain", List.of(weather), 5).near()).hasSize(2);
            assertThat(second.nearest("rain", List.of(weather), 5).near()).hasSize(2);
        }
        assertThat(model.embedded).hasSize(2);
    }

    @Test
    void onlyWhatChangedIsEmbedded() throws InterruptedException {
        try (TableVectors vectors = vectors("test/a")) {
            bring(vectors, weather);
            List<TableDefinition> tables = new ArrayList<>(weather.tables());
            tables.add(Shop.table("weather", "earthquakes", null, Shop.column("magnitude")));

            bring(vectors, with(weather, tables));

            assertThat(model.embedded).hasSize(3);
            assertThat(model.embedded.get(2)).contains("earthquakes");
        }
    }

    @Test
    void valuesAndCountsDoNotMakeATableChange() throws InterruptedException {
        try (TableVectors vectors = vectors("test/a")) {
            bring(vectors, weather);
            List<TableDefinition> tables = weather.tables().stream().map(table -> new TableDefinition(table.id(),
                    table.definition(), table.name(), table.description(), table.synonyms(), table.columns(), 5L)).toList();

            bring(vectors, with(weather, tables));

            assertThat(model.embedded).hasSize(2);
        }
    }

    @Test
    void anotherModelEmbedsAllAgainWhileSearchGoesOn() throws InterruptedException {
        try (TableVectors vectors = vectors("test/a")) {
            bring(vectors, weather);
        }
        CountDownLatch gate = new CountDownLatch(1);
        model.gate = gate;
        try (TableVectors vectors = vectors("test/b")) {
            vectors.update(weather);

            TableVectors.Found meanwhile = vectors.nearest("rain", List.of(weather), 5);
            assertThat(meanwhile.near()).isEmpty();
            assertThat(meanwhile.reason()).contains("still being embedded").contains("of 2");
            assertThat(vectors.progress().running()).isTrue();

            gate.countDown();
            assertThat(vectors.await(Duration.ofSeconds(60))).isTrue();
            assertThat(vectors.nearest("rain", List.of(weather), 5).reason()).isNull();
            assertThat(jdbc.queryForList("select distinct model from table_embeddings", String.class)).containsExactly("test/b");
        }
        assertThat(model.embedded).hasSize(4);
    }

    @Test
    void aModelThatFailsLeavesWordsAndSaysWhy() {
        model.failure = new IllegalStateException("secret-key refused");
        try (TableVectors vectors = vectors("test/a")) {
            vectors.update(weather);
            eventually(() -> vectors.progress().problem() != null);

            TableVectors.Found found = vectors.nearest("rain", List.of(weather), 5);

            assertThat(found.near()).isEmpty();
            assertThat(found.reason()).contains("does not answer", "words alone").doesNotContain("secret");
        }
    }

    @Test
    void forgetsDeletedGroups() throws InterruptedException {
        try (TableVectors vectors = vectors("test/a")) {
            bring(vectors, weather);

            vectors.retain(Set.of());

            assertThat(vectors.progress().tables()).isZero();
        }
    }

    @Test
    void prunesOldVectorsThatNoTableHas() throws InterruptedException {
        try (TableVectors vectors = vectors("test/a")) {
            bring(vectors, weather);
        }
        jdbc.update("update embeddings set created_at = now() - interval '31 days'");
        assertThat(new EmbeddingCache(jdbc).prune()).isZero();
        jdbc.update("delete from schema_groups");
        assertThat(new EmbeddingCache(jdbc).prune()).isEqualTo(2);
    }

    private TableVectors vectors(String modelId) {
        return new TableVectors(new Embedder(modelId, model, 1, text -> model.embed(text).content().vector(),
            Caffeine.newBuilder().build()),
                new EmbeddingCache(jdbc), MemoryVectorIndex::new);
    }

    private static void bring(TableVectors vectors, SchemaGroup group) throws InterruptedException {
        vectors.update(group);
        assertThat(vectors.await(Duration.ofSeconds(60))).isTrue();
    }

    private static SchemaGroup with(SchemaGroup group, List<TableDefinition> tables) {
        return new SchemaGroup(group.id(), group.name(), null, group.version() + 1, group.definitions(), tables,
                group.relationships(), List.of(), List.of(), List.of());
    }

    private SchemaGroup stored(SchemaGroup group) {
        jdbc.update("insert into schema_groups (id, name) values (?, ?)", group.id(), group.name());
        jdbc.update("insert into schema_definitions (id, schema_group_id, name) values (?, ?, ?)",
                group.definitions().get(0).id(), group.id(), group.definitions().get(0).name());
        for (TableDefinition table : group.tables()) {
            jdbc.update("insert into table_definitions (id, schema_id, table_name, content_hash, search_text) "
                    + "values (?, ?, ?, repeat('0', 64), '')", table.id(), group.definitions().get(0).id(), table.name());
        }
        return group;
    }

    /** A model of three dimensions that remembers what it was asked. */
    private static final class CountingModel implements EmbeddingModel {
        private final List<String> embedded = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile RuntimeException failure;

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            if (failure != null) {
                throw failure;
            }
            List<Embedding> vectors = new ArrayList<>();
            for (TextSegment text : texts) {
                if (text.text().contains(":")) {
                    await();
                    embedded.add(text.text());
                }
                vectors.add(Embedding.from(new float[] {1, text.text().length() % 7, text.text().length() % 11}));
            }
            return Response.from(vectors);
        }

        private void await() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
