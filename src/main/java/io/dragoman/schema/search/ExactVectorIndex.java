package io.dragoman.schema.search;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares the question with every vector, in memory. The vectors lie in blocks, dimension by dimension, so that the inner
 * loop adds a multiple of one array to another: the form that the JIT compiler turns into vector instructions, which it
 * does not do for a sum of products because that would change the order of the additions.
 */
class ExactVectorIndex implements VectorIndex {

    /** One block's sums stay in the first-level cache. */
    private static final int BLOCK = 512;

    private final int dimensions;
    private final Map<UUID, Matrix> matrices = new ConcurrentHashMap<>();

    ExactVectorIndex(int dimensions) {
        this.dimensions = dimensions;
    }

    @Override
    public void replace(UUID group, Collection<TableVector> vectors) {
        if (vectors.isEmpty()) {
            matrices.remove(group);
        } else {
            matrices.put(group, Matrix.of(vectors, dimensions));
        }
    }

    @Override
    public void remove(UUID group) {
        matrices.remove(group);
    }

    @Override
    public List<Near> nearest(float[] question, UUID group, int k) {
        float[] unit = unit(question, dimensions);
        Best best = new Best(k);
        if (group == null) {
            matrices.forEach((id, matrix) -> matrix.search(unit, id, best));
        } else if (matrices.get(group) != null) {
            matrices.get(group).search(unit, group, best);
        }
        return best.inOrder();
    }

    /** The vector at length one; the zero vector stays as it is. */
    static float[] unit(float[] vector, int dimensions) {
        if (vector.length != dimensions) {
            throw new IllegalArgumentException("The vector has " + vector.length + " dimensions, not " + dimensions);
        }
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float factor = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        float[] unit = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            unit[i] = vector[i] * factor;
        }
        return unit;
    }

    /** The vectors of one group. {@code blocks[b][d * rows + r]} is dimension d of the block's row r. */
    private record Matrix(UUID[] tables, float[][] blocks) {

        static Matrix of(Collection<TableVector> vectors, int dimensions) {
            int size = vectors.size();
            UUID[] tables = new UUID[size];
            float[][] blocks = new float[(size + BLOCK - 1) / BLOCK][];
            Iterator<TableVector> all = vectors.iterator();
            for (int b = 0; b < blocks.length; b++) {
                int rows = Math.min(BLOCK, size - b * BLOCK);
                float[] block = new float[rows * dimensions];
                for (int r = 0; r < rows; r++) {
                    TableVector next = all.next();
                    tables[b * BLOCK + r] = next.table();
                    float[] unit = unit(next.vector(), dimensions);
                    for (int d = 0; d < dimensions; d++) {
                        block[d * rows + r] = unit[d];
                    }
                }
                blocks[b] = block;
            }
            return new Matrix(tables, blocks);
        }

        void search(float[] question, UUID group, Best best) {
            float[] sums = new float[Math.min(BLOCK, tables.length)];
            for (int b = 0; b < blocks.length; b++) {
                float[] block = blocks[b];
                int rows = block.length / question.length;
                Arrays.fill(sums, 0, rows, 0);
                for (int d = 0; d < question.length; d++) {
                    addMultiple(sums, question[d], block, d * rows, rows);
                }
                for (int r = 0; r < rows; r++) {
                    if (best.admits(sums[r])) {
                        best.add(new Near(group, tables[b * BLOCK + r], sums[r]));
                    }
                }
            }
        }

        private static void addMultiple(float[] sums, float factor, float[] block, int from, int rows) {
            for (int r = 0; r < rows; r++) {
                sums[r] += factor * block[from + r];
            }
        }
    }

    /** The k best so far, kept sorted: k is small, and few candidates are admitted. */
    private static final class Best {
        private final Near[] found;
        private int size;

        Best(int k) {
            found = new Near[k];
        }

        boolean admits(float similarity) {
            return size < found.length || found.length > 0 && similarity > found[size - 1].similarity();
        }

        void add(Near near) {
            int at = size < found.length ? size++ : size - 1;
            while (at > 0 && found[at - 1].similarity() < near.similarity()) {
                found[at] = found[at - 1];
                at--;
            }
            found[at] = near;
        }

        List<Near> inOrder() {
            return List.of(Arrays.copyOf(found, size));
        }
    }
}
