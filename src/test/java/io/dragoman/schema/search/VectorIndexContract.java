package io.dragoman.schema.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dragoman.schema.search.VectorIndex.Near;
import io.dragoman.schema.search.VectorIndex.TableVector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every vector index must do. */
abstract class VectorIndexContract {

    static final int DIMENSIONS = 384;

    private final Random random = new Random(7);

    /** An index without vectors. */
    abstract VectorIndex index();

    /** The id of a table that the index can have a vector of, in the group. */
    abstract List<UUID> tables(UUID group, int count);

    @Test
    void ordersByCosineWhateverTheLengths() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        List<UUID> tables = tables(group, 3);
        index.replace(group, List.of(new TableVector(tables.get(0), vector(10, 0)),
                new TableVector(tables.get(1), vector(0.1f, 0.1f)), new TableVector(tables.get(2), vector(-1, 0))));

        List<Near> near = index.nearest(vector(3, 0), group, 3);

        assertThat(near).extracting(Near::table).containsExactlyElementsOf(tables);
        assertThat(near.get(0).similarity()).isCloseTo(1, within(1e-5f));
        assertThat(near.get(1).similarity()).isCloseTo((float) Math.sqrt(0.5), within(1e-5f));
        assertThat(near.get(2).similarity()).isCloseTo(-1, within(1e-5f));
        assertThat(near).extracting(Near::group).containsOnly(group);
    }

    @Test
    void searchesOneGroupOrAll() {
        VectorIndex index = index();
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        UUID inOne = tables(one, 1).get(0);
        UUID inOther = tables(other, 1).get(0);
        index.replace(one, List.of(new TableVector(inOne, vector(1, 0))));
        index.replace(other, List.of(new TableVector(inOther, vector(0, 1))));

        assertThat(index.nearest(vector(0, 1), one, 5)).extracting(Near::table).containsExactly(inOne);
        assertThat(index.nearest(vector(0, 1), null, 5)).extracting(Near::table).containsExactly(inOther, inOne);
        assertThat(index.nearest(vector(0, 1), UUID.randomUUID(), 5)).isEmpty();
    }

    @Test
    void replacingForgetsWhatWasThere() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        List<UUID> tables = tables(group, 3);
        index.replace(group, List.of(new TableVector(tables.get(0), vector(1, 0)), new TableVector(tables.get(1), vector(0, 1))));
        index.replace(group, List.of(new TableVector(tables.get(1), vector(1, 0)), new TableVector(tables.get(2), vector(0, 1))));

        assertThat(index.nearest(vector(1, 0), group, 5)).extracting(Near::table)
                .containsExactly(tables.get(1), tables.get(2));
        index.remove(group);
        assertThat(index.nearest(vector(1, 0), null, 5)).isEmpty();
    }

    @Test
    void findsNoMoreThanAskedFor() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        index.replace(group, random(tables(group, 50)));

        assertThat(index.nearest(noise(), group, 7)).hasSize(7);
        assertThat(index.nearest(noise(), group, 80)).hasSize(50);
    }

    @Test
    void refusesVectorsOfAnotherModel() {
        VectorIndex index = index();

        assertThatThrownBy(() -> index.nearest(new float[] {1, 2}, null, 1)).hasMessageContaining("dimensions");
    }

    @Test
    void agreesWithComparingEveryVector() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        List<TableVector> vectors = clustered(tables(group, 1_000));
        index.replace(group, vectors);
        double recall = 0;
        int questions = 50;
        for (int i = 0; i < questions; i++) {
            float[] question = near(vectors.get(random.nextInt(vectors.size())).vector());
            Set<UUID> exact = new HashSet<>(bruteForce(vectors, question, 10));
            recall += index.nearest(question, null, 10).stream().filter(near -> exact.contains(near.table())).count() / 10.0;
        }
        assertThat(recall / questions).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void searchesWhileVectorsAreReplaced() throws InterruptedException {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        List<UUID> tables = tables(group, 40);
        index.replace(group, random(tables));
        AtomicBoolean ended = new AtomicBoolean();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Thread searching = new Thread(() -> {
            while (!ended.get()) {
                sizes.add(index.nearest(noise(), group, 100).size());
            }
        });
        searching.start();
        for (int i = 0; i < 20 || sizes.size() < 5 && searching.isAlive(); i++) {
            index.replace(group, random(tables));
        }
        ended.set(true);
        searching.join();

        assertThat(sizes).isNotEmpty().containsOnly(40);
    }

    @Test
    void findsWhatAnUpdateAddsAndMovesAmongMany() {
        VectorIndex index = index();
        UUID group = UUID.randomUUID();
        List<TableVector> vectors = new ArrayList<>(clustered(tables(group, 1_200)));
        index.replace(group, vectors.subList(0, 1_100));
        float[] moved = noise();
        vectors.set(7, new TableVector(vectors.get(7).table(), moved));
        UUID gone = vectors.remove(0).table();
        index.replace(group, vectors);

        assertThat(index.nearest(moved, group, 1)).extracting(Near::table).containsExactly(vectors.get(6).table());
        for (TableVector added : vectors.subList(1_099, 1_199)) {
            assertThat(index.nearest(added.vector(), null, 1)).extracting(Near::table).containsExactly(added.table());
        }
        assertThat(index.nearest(noise(), group, 1_200)).extracting(Near::table).doesNotContain(gone);
    }

    List<TableVector> random(List<UUID> tables) {
        return tables.stream().map(table -> new TableVector(table, noise())).toList();
    }

    /** Tables are about some tens of subjects, as in real schemas. */
    List<TableVector> clustered(List<UUID> tables) {
        List<float[]> subjects = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            subjects.add(noise());
        }
        return tables.stream().map(table -> new TableVector(table, near(subjects.get(random.nextInt(40))))).toList();
    }

    float[] near(float[] vector) {
        float[] moved = noise();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = vector[i] + 0.7f * moved[i];
        }
        return moved;
    }

    float[] noise() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float[] vector(float x, float y) {
        float[] vector = new float[DIMENSIONS];
        vector[0] = x;
        vector[DIMENSIONS - 1] = y;
        return vector;
    }

    static List<UUID> bruteForce(List<TableVector> vectors, float[] question, int k) {
        float[] unit = MemoryVectorIndex.unit(question, question.length);
        return vectors.stream().sorted((a, b) -> Double.compare(dot(b.vector(), unit), dot(a.vector(), unit))).limit(k)
                .map(TableVector::table).toList();
    }

    private static double dot(float[] vector, float[] question) {
        float[] unit = MemoryVectorIndex.unit(vector, vector.length);
        double sum = 0;
        for (int i = 0; i < unit.length; i++) {
            sum += (double) unit[i] * question[i];
        }
        return sum;
    }
}
