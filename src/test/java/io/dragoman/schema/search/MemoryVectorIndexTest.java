package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.dragoman.schema.search.VectorIndex.Near;
import io.dragoman.schema.search.VectorIndex.TableVector;
import io.dragoman.schema.search.embedding.LocalModelFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Vectors in memory")
class MemoryVectorIndexTest {

    private static final int ALL = Integer.MAX_VALUE;

    private abstract static class InMemory extends VectorIndexContract {

        @Override
        List<UUID> tables(UUID group, int count) {
            return Stream.generate(UUID::randomUUID).limit(count).toList();
        }
    }

    @Nested
    class AsConfigured extends InMemory {

        @Override
        VectorIndex index() {
            return new MemoryVectorIndex(DIMENSIONS);
        }
    }

    @Nested
    class ComparingAll extends InMemory {

        @Override
        VectorIndex index() {
            return new MemoryVectorIndex(DIMENSIONS, ALL);
        }
    }

    @Nested
    class ComparingCandidates extends InMemory {

        @Override
        VectorIndex index() {
            return new MemoryVectorIndex(DIMENSIONS, 0);
        }

        @Test
        void findsAlmostAllOfTheHundredNearestOfTenThousand() {
            UUID group = UUID.randomUUID();
            List<TableVector> vectors = clustered(tables(group, 10_000));
            List<float[]> questions = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                questions.add(near(vectors.get(i * 37).vector()));
            }
            assertThat(recall(group, vectors, questions, 100)).isGreaterThanOrEqualTo(0.98);
        }

        @Test
        void takesLessTimeThanComparingAll() {
            UUID group = UUID.randomUUID();
            List<TableVector> vectors = random(tables(group, 20_000));
            VectorIndex candidates = index();
            VectorIndex all = new MemoryVectorIndex(DIMENSIONS, ALL);
            candidates.replace(group, vectors);
            all.replace(group, vectors);
            float[] question = noise();
            long comparingCandidates = Long.MAX_VALUE;
            long comparingAll = Long.MAX_VALUE;
            for (int round = 0; round < 400 && (round < 20 || 2 * comparingCandidates > comparingAll); round++) {
                comparingCandidates = Math.min(comparingCandidates, time(candidates, question, group));
                comparingAll = Math.min(comparingAll, time(all, question, group));
            }
            assertThat(2 * comparingCandidates).as("twice the fastest of many tries, in ns").isLessThanOrEqualTo(comparingAll);
        }

        private static long time(VectorIndex index, float[] question, UUID group) {
            long start = System.nanoTime();
            index.nearest(question, group, 100);
            return System.nanoTime() - start;
        }
    }

    /** A model's vectors are not spread as evenly as random ones. */
    @Test
    void findsAlmostAllOfTheNearestAmongRealVectors() {
        EmbeddingModel model = LocalModelFixture.model();
        List<String> things = List.of("customer", "invoice", "ship", "hospital", "teacher", "flight", "recipe", "battery",
                "contract", "concert", "river", "payment", "machine", "voter", "patent");
        List<String> columns = List.of("city, name", "amount, due date", "state, owner", "start, end", "weight, colour",
                "e-mail, phone", "rating, review", "latitude, longitude");
        List<String> kinds = List.of("history", "detail", "price", "audit", "type", "note");
        List<TableVector> vectors = new ArrayList<>();
        for (String thing : things) {
            for (String kind : kinds) {
                for (String column : columns) {
                    vectors.add(new TableVector(UUID.randomUUID(), embed(model, thing + " " + kind + ": id, " + column)));
                }
            }
        }
        Random random = new Random(5);
        List<float[]> questions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            questions.add(embed(model, "What " + columns.get(random.nextInt(columns.size())) + " has the "
                    + things.get(random.nextInt(things.size())) + " with the most " + kinds.get(random.nextInt(kinds.size())) + "?"));
        }
        assertThat(recall(UUID.randomUUID(), vectors, questions, 100)).isGreaterThanOrEqualTo(0.98);
        assertThat(recall(UUID.randomUUID(), vectors, questions, 20)).isGreaterThanOrEqualTo(0.98);
    }

    private static float[] embed(EmbeddingModel model, String text) {
        return model.embed(text).content().vector();
    }

    /** The part of the k nearest that comparing candidates finds. Of equally near ones it does not matter which. */
    private static double recall(UUID group, List<TableVector> vectors, List<float[]> questions, int k) {
        VectorIndex all = new MemoryVectorIndex(vectors.get(0).vector().length, ALL);
        VectorIndex candidates = new MemoryVectorIndex(vectors.get(0).vector().length, 0);
        all.replace(group, vectors);
        candidates.replace(group, vectors);
        double found = 0;
        for (float[] question : questions) {
            float least = all.nearest(question, group, k).get(k - 1).similarity() - 1e-5f;
            List<Near> near = candidates.nearest(question, group, k);
            found += near.stream().filter(table -> table.similarity() >= least).count();
        }
        return found / k / questions.size();
    }
}
