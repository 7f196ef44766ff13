package io.dragoman.schema.search;

import io.dragoman.schema.search.VectorIndex.Near;
import io.dragoman.schema.search.VectorIndex.TableVector;
import java.util.Collection;
import java.util.UUID;

/**
 * The vectors of one group, each with a code of one bit a dimension: on which side of the group's mean it lies. A code is
 * compared with the question by counting bits, in a thirtieth of the memory that the vectors take, and estimates the cosine
 * without bias (RaBitQ, Gao and Long 2024; without its rotation, as no dimension of a sentence model stands out).
 */
class QuantizedVectors {

    /** The question keeps so many bits a dimension: more do not bring the estimate nearer. */
    private static final int PLANES = 4;
    private static final int LEVELS = (1 << PLANES) - 1;

    private final UUID group;
    private final UUID[] tables;
    private final float[][] units;
    private final float[] mean;
    private final int words;
    /** {@link #words} a row. */
    private final long[] codes;
    private final int[] ones;
    /** By row, what the distance from the mean adds to the cosine: {@code base + scale * (question on the code's corner)}. */
    private final float[] base;
    private final float[] scale;

    private QuantizedVectors(UUID group, int size, int dimensions) {
        this.group = group;
        tables = new UUID[size];
        units = new float[size][];
        mean = new float[dimensions];
        words = (dimensions + Long.SIZE - 1) / Long.SIZE;
        codes = new long[size * words];
        ones = new int[size];
        base = new float[size];
        scale = new float[size];
    }

    static QuantizedVectors of(UUID group, Collection<TableVector> vectors, int dimensions) {
        QuantizedVectors quantized = new QuantizedVectors(group, vectors.size(), dimensions);
        int row = 0;
        for (TableVector vector : vectors) {
            quantized.tables[row] = vector.table();
            quantized.units[row] = MemoryVectorIndex.unit(vector.vector(), dimensions);
            for (int d = 0; d < dimensions; d++) {
                quantized.mean[d] += quantized.units[row][d] / vectors.size();
            }
            row++;
        }
        for (row = 0; row < quantized.size(); row++) {
            quantized.encode(row);
        }
        return quantized;
    }

    private void encode(int row) {
        double squares = 0;
        double sizes = 0;
        double onMean = 0;
        for (int d = 0; d < mean.length; d++) {
            double away = units[row][d] - mean[d];
            squares += away * away;
            sizes += Math.abs(away);
            onMean += away * mean[d];
            if (away > 0) {
                codes[row * words + d / Long.SIZE] |= 1L << d % Long.SIZE;
                ones[row]++;
            }
        }
        base[row] = (float) onMean;
        scale[row] = sizes == 0 ? 0 : (float) (squares / sizes);
    }

    int size() {
        return tables.length;
    }

    Near near(Nearest.Place place) {
        return new Near(group, tables[place.row()], place.similarity());
    }

    void compareAll(float[] question, Nearest nearest) {
        for (int row = 0; row < tables.length; row++) {
            compare(question, row, nearest);
        }
    }

    void compare(float[] question, int row, Nearest nearest) {
        float similarity = dot(question, units[row]);
        if (similarity > nearest.least()) {
            nearest.add(this, row, similarity);
        }
    }

    /** Estimates how similar each vector is. */
    void estimateAll(float[] question, Nearest nearest) {
        float[] away = new float[mean.length];
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        float sum = 0;
        for (int d = 0; d < away.length; d++) {
            away[d] = question[d] - mean[d];
            least = Math.min(least, away[d]);
            most = Math.max(most, away[d]);
            sum += away[d];
        }
        float step = (most - least) / LEVELS;
        long[] planes = planes(away, least, step);
        float same = dot(question, mean);
        for (int row = 0; row < ones.length; row++) {
            float onCorner = 2 * (least * ones[row] + step * common(planes, row * words)) - sum;
            float similarity = same + base[row] + scale[row] * onCorner;
            if (similarity > nearest.least()) {
                nearest.add(this, row, similarity);
            }
        }
    }

    /** The levels of the question's dimensions, bit by bit: {@link #PLANES} words for each of a code. */
    private long[] planes(float[] away, float least, float step) {
        long[] planes = new long[words * PLANES];
        for (int d = 0; d < away.length; d++) {
            int level = step == 0 ? 0 : Math.round((away[d] - least) / step);
            for (int plane = 0; plane < PLANES; plane++) {
                planes[d / Long.SIZE * PLANES + plane] |= (long) (level >> plane & 1) << d % Long.SIZE;
            }
        }
        return planes;
    }

    /** The sum of the question's levels where the code has ones. */
    private int common(long[] planes, int from) {
        int first = 0;
        int second = 0;
        int third = 0;
        int fourth = 0;
        for (int word = 0; word < words; word++) {
            long code = codes[from + word];
            first += Long.bitCount(planes[word * PLANES] & code);
            second += Long.bitCount(planes[word * PLANES + 1] & code);
            third += Long.bitCount(planes[word * PLANES + 2] & code);
            fourth += Long.bitCount(planes[word * PLANES + 3] & code);
        }
        return first + 2 * second + 4 * third + 8 * fourth;
    }

    /** Eight sums at a time, which need not wait for each other. */
    private static float dot(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = 0;
        for (; i < one.length - 7; i += 8) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
            e += one[i + 4] * other[i + 4];
            f += one[i + 5] * other[i + 5];
            g += one[i + 6] * other[i + 6];
            h += one[i + 7] * other[i + 7];
        }
        for (; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return a + b + (c + d) + (e + f) + (g + h);
    }
}
