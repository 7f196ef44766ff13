package io.dragoman.schema.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Searches vectors in memory. Few are all compared with the question. Of many, short codes say which could be near, and
 * only those are compared (see {@link QuantizedVectors}), so that the similarities told are always exact.
 */
class MemoryVectorIndex implements VectorIndex {

    /** Comparing fewer vectors takes no longer than choosing candidates among them. */
    private static final int MANY = 500;
    /** Preparing the question for a group's codes takes as long as comparing so many vectors. */
    private static final int FEW = 32;
    /** So many candidates are compared for each table asked for, and no fewer than {@link #LEAST_CANDIDATES}. */
    private static final int CANDIDATES = 3;
    private static final int LEAST_CANDIDATES = 100;

    private final int dimensions;
    private final int many;
    private final Map<UUID, QuantizedVectors> vectors = new ConcurrentHashMap<>();

    MemoryVectorIndex(int dimensions) {
        this(dimensions, MANY);
    }

    /**
     * An index without vectors.
     *
     * @param many from so many vectors on, only candidates are compared
     */
    MemoryVectorIndex(int dimensions, int many) {
        this.dimensions = dimensions;
        this.many = many;
    }

    @Override
    public void replace(UUID group, Collection<TableVector> replacing) {
        if (replacing.isEmpty()) {
            vectors.remove(group);
        } else {
            vectors.put(group, QuantizedVectors.of(group, replacing, dimensions));
        }
    }

    @Override
    public void remove(UUID group) {
        vectors.remove(group);
    }

    @Override
    public List<Near> nearest(float[] question, UUID group, int k) {
        float[] unit = unit(question, dimensions);
        List<QuantizedVectors> searched = searched(group);
        Nearest nearest = new Nearest(k);
        if (searched.stream().mapToInt(QuantizedVectors::size).sum() < many) {
            for (QuantizedVectors each : searched) {
                each.compareAll(unit, nearest);
            }
        } else {
            for (Nearest.Place candidate : candidates(unit, searched, k)) {
                candidate.vectors().compare(unit, candidate.row(), nearest);
            }
        }
        return nearest.inOrder().stream().map(place -> place.vectors().near(place)).toList();
    }

    private static List<Nearest.Place> candidates(float[] unit, List<QuantizedVectors> searched, int k) {
        Nearest candidates = new Nearest(Math.max(LEAST_CANDIDATES, CANDIDATES * k));
        for (QuantizedVectors each : searched) {
            if (each.size() < FEW) {
                each.compareAll(unit, candidates);
            } else {
                each.estimateAll(unit, candidates);
            }
        }
        return candidates.inAnyOrder();
    }

    private List<QuantizedVectors> searched(UUID group) {
        if (group == null) {
            return new ArrayList<>(vectors.values());
        }
        QuantizedVectors only = vectors.get(group);
        return only == null ? List.of() : List.of(only);
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
}
