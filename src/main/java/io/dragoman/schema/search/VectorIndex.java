package io.dragoman.schema.search;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Finds the tables whose vectors are nearest to a question's. Cosine similarity. All vectors have the index's number of
 * dimensions. Thread-safe.
 */
interface VectorIndex {

    /**
     * A table with its vector.
     *
     * @param vector need not be normalised; not changed afterwards
     */
    record TableVector(UUID table, float[] vector) {
    }

    /**
     * A table found.
     *
     * @param similarity the cosine, from -1 to 1
     */
    record Near(UUID group, UUID table, float similarity) {
    }

    /** Makes the given vectors the group's only ones. Searches see all of them or none. */
    void replace(UUID group, Collection<TableVector> vectors);

    /** Forgets a group; does nothing when it has no vectors. */
    void remove(UUID group);

    /**
     * The nearest tables, best first.
     *
     * @param question must have the index's number of dimensions
     * @param group    only tables of this group; null for all
     * @param k        at most so many
     */
    List<Near> nearest(float[] question, UUID group, int k);
}
